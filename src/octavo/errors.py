"""Every error Octavo raises on purpose, on one page.

OctavoError
├── InputError                  a person gave us something we cannot take       exit 2, HTTP 422
│   ├── UnusableUrl             not an address we may or can fetch
│   ├── NotAFeed                the bytes at an address are no feed, and link to none
│   └── UnreadableFile          a file that is missing, or is not what it should be
├── SignInRequired              nobody knows who asks                           HTTP 401
├── NotAllowed                  this person, or this request, may not           HTTP 403
│   └── VerifyAgain             not before proving once more who they are       HTTP 403
├── Conflict                    taken, or changed by somebody else meanwhile    HTTP 409
├── NotFound                    nothing kept under that name                    exit 4, HTTP 404
├── SlowDown                    too many requests from one reader               HTTP 429
├── NoRoom                      as much is kept of something as may be          HTTP 503
├── FetchError                  could not get a URL                             retry: later
│   ├── HostBusy                429 or 503                                      retry: when it says
│   ├── Gone                    410                                             retry: never
│   ├── Forbidden               401, 403, or robots.txt says no                 retry: never
│   ├── TooLarge                more bytes than the cap                         retry: never
│   └── UnsafeAddress           not a public address                            retry: never
├── UnreadableFeed              bytes that are no feed                          retry: later
├── NotAnArticle                a page with no article in it                    retry: never
├── UnusablePicture             bytes that are no picture we show               retry: never
├── ModelError                  no text from a language model                   retry: later
│   ├── ModelOff                there is no model                               retry: never
│   ├── ModelRefused            it will not answer                              retry: never
│   ├── ModelBusy               today's budget is spent, or too many ask        retry: later
│   └── TranslatorError         a translator gave no sentences                  retry: later
│       └── TranslatorOff       nobody translates these languages here          retry: never
├── SpeakerError                what reads aloud gave no sound                  retry: later
│   └── SpeakerOff              nobody reads aloud here                         retry: never
├── MailError                   a message could not be handed to a mail server  retry: later
│   ├── MailOff                 no mail is sent here                            retry: never
│   └── MailRefused             no server will take it as it is                 retry: never
├── MailUnwanted                a mail a newsletter's address does not take     LMTP 550, 450
├── StoreError                  the database cannot do what was asked           exit 5, HTTP 503
│   ├── StoreBusy               another writer holds it                         retry: later
│   ├── StoreFull               no room left on the disk
│   ├── VectorsAway             the engine of vectors does not do as asked      retry: later
│   └── WrongSchema             the database is newer than this program         refuse to start
├── CrewFailed                  the processes that share work out have failed   exit 5
└── SettingsError               a setting that makes no sense                   exit 3, refuse to start

Messages are for people: one sentence naming the thing, and the next step where there is one.
"""

from datetime import datetime
from typing import Literal

Retry = Literal["never", "later"]

FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, RuntimeError, SyntaxError,
          TypeError, ValueError)  # fmt: skip
"""What code raises on data nobody foresaw. Caught around one feed, one page, one article, so that it is set aside with
a reason and stops nothing else; a fault of the machine (a full disk, a closed connection) is none of these."""


class OctavoError(Exception):
    """Anything Octavo says is wrong; `str(error)` is fit to show to a person.

    A message that is shown on pages has its `values` apart, so that it can be translated: ("at most {n}", n=3).
    """

    retry: Retry = "never"
    exit_code = 1

    def __init__(self, message: str = "", **values: object) -> None:
        super().__init__(message.format(**values) if values else message)
        self.message = message
        self.values = values


class InputError(OctavoError):
    """A person gave us something we cannot take."""

    exit_code = 2


class UnusableUrl(InputError):
    """Not an address Octavo may or can fetch."""


class NotAFeed(InputError):
    """The bytes at an address are no feed, and link to none."""


class UnreadableFile(InputError):
    """A file that is missing, or is not what it should be."""


class SignInRequired(OctavoError):
    """Only somebody who is signed in may ask for this."""


class NotAllowed(OctavoError):
    """This person may not do that, or the request did not come from this site's own pages."""


class VerifyAgain(NotAllowed):
    """Only somebody may do this who has proved a short while ago who they are."""


class Conflict(OctavoError):
    """What is asked for is taken, or was changed by somebody else meanwhile."""


class NotFound(OctavoError):
    """Nothing is kept under that name."""

    exit_code = 4


class SlowDown(OctavoError):
    """Too many requests from one reader."""


class NoRoom(OctavoError):
    """As much is kept of something as the instance's settings allow."""


class FetchError(OctavoError):
    """A URL could not be fetched; `retry` says whether trying later makes sense."""

    retry: Retry = "later"

    def __init__(self, message: str, *, url: str, status: int | None = None) -> None:
        super().__init__(message)
        self.url = url
        self.status = status


class HostBusy(FetchError):
    """429 or 503; `until` is what Retry-After said, when it said anything (RFC 9110 §10.2.3).

    `asked` is False when the host had said so to an earlier request, and was not asked again for this one.
    """

    def __init__(
        self, message: str, *, url: str, status: int, until: datetime | None = None, asked: bool = True
    ) -> None:
        super().__init__(message, url=url, status=status)
        self.until = until
        self.asked = asked


class Gone(FetchError):
    """410: the publisher withdrew it for good."""

    retry: Retry = "never"


class Forbidden(FetchError):
    """401 or 403, or robots.txt says no."""

    retry: Retry = "never"


class TooLarge(FetchError):
    """More bytes than the cap, before or after decompression."""

    retry: Retry = "never"


class UnsafeAddress(FetchError):
    """The name leads to an address that is not public."""

    retry: Retry = "never"


class UnreadableFeed(OctavoError):
    """The bytes are no feed of any kind Octavo knows."""

    retry: Retry = "later"


class NotAnArticle(OctavoError):
    """The page holds no article."""


class UnusablePicture(OctavoError):
    """The bytes at an address are no picture that is shown, or there are none to be had just now."""


class ModelError(OctavoError):
    """A language model gave no text, or none that is one; `wait_s` says how many seconds asking again is no use."""

    retry: Retry = "later"

    def __init__(self, message: str = "", *, wait_s: float = 0.0) -> None:
        super().__init__(message)
        self.wait_s = wait_s


class ModelOff(ModelError):
    """There is no language model here."""

    retry = "never"


class ModelRefused(ModelError):
    """A language model will not answer this."""

    retry = "never"


class ModelBusy(ModelError):
    """Today's budget for language models is spent, or too many ask at once."""


class TranslatorError(ModelError):
    """What translates on this machine gave no sentences, or none that are any."""


class TranslatorOff(TranslatorError):
    """Nobody translates from this language into that one here."""

    retry = "never"


class SpeakerError(OctavoError):
    """What reads aloud gave no sound, or none that is one."""

    retry: Retry = "later"


class SpeakerOff(SpeakerError):
    """Nobody reads aloud here."""

    retry = "never"


class MailError(OctavoError):
    """A message was not taken by a mail server; `told` is what the server said, if it said anything.

    `of_one` is whether it said so of this one message: then it may well take others.
    """

    retry: Retry = "later"

    def __init__(self, message: str, *, told: str = "", of_one: bool = False) -> None:
        super().__init__(message)
        self.told = told
        self.of_one = of_one


class MailOff(MailError):
    """No mail is sent here."""

    retry = "never"


class MailRefused(MailError):
    """A message that no server will take: its address is none, or the server said never."""

    retry = "never"


class MailUnwanted(OctavoError):
    """A mail that the address of a newsletter does not take; `reply` begins what a mail server is told."""

    def __init__(self, message: str, reply: str = "550 5.7.1") -> None:
        super().__init__(message)
        self.reply = reply


class StoreError(OctavoError):
    """The database cannot do what was asked."""

    exit_code = 5


class StoreBusy(StoreError):
    """Another writer holds the database."""

    retry: Retry = "later"


class StoreFull(StoreError):
    """No room is left on the disk."""


class VectorsAway(StoreError):
    """The engine that holds the vectors beside the database does not answer, or does not do as asked."""

    retry: Retry = "later"


class WrongSchema(StoreError):
    """The database is newer than this program."""


class CrewFailed(OctavoError):
    """The machines or processes that work is spread over cannot be reached, or came to grief over it."""

    exit_code = 5


class SettingsError(OctavoError):
    """A setting that makes no sense; Octavo refuses to start."""

    exit_code = 3
