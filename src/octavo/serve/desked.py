"""What the editor's desk, the log of public acts and the privacy page are given to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from octavo.actions.desk import Room
from octavo.actions.newsletters import Kept
from octavo.actions.webhooks import Told
from octavo.domain.account import Account
from octavo.domain.article import ArticleCard
from octavo.domain.brief import KeptBrief
from octavo.domain.edition import Pin
from octavo.domain.feed import Feed
from octavo.domain.hashtag import HashtagRule, HashtagUse
from octavo.domain.job import JobRow
from octavo.domain.publisher import Publisher
from octavo.domain.story import Story
from octavo.ports.spending import Spent
from octavo.serve.fields import shown
from octavo.serve.frame import Frame
from octavo.store.ledger import Entry

_FRAME = "What is around the content."
_PROBLEM = "What is wrong with what was sent; empty at first."
_TABS = "The pages of the desk this reader may see."
_MORE = "Path of the next page, empty at the end."


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of the desk."""

    path: str = shown("Its path.")
    label: str = shown("Its name.")
    here: bool = shown("Whether it is the page shown.")


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that somebody should look at."""

    said: str = shown("What it is, in a sentence.")
    path: str = shown("Where to do something about it.")
    label: str = shown("What is done there.")


@dataclass(frozen=True, slots=True)
class Deed:
    """One act of somebody with a role."""

    at: datetime = shown("When.")
    who: str = shown("The name of who did it; empty where readers do not see it.")
    what: str = shown("What was done, in words.")
    subject: str = shown("What it was done to.")
    path: str = shown("Where that is; empty where it has no page.")
    note: str = shown("The reason given.")


@dataclass(frozen=True, slots=True)
class DeskPage:
    """The editor's desk: what needs attention, in one screen."""

    template: ClassVar[str] = "pages/desk.html"
    frame: Frame = shown(_FRAME)
    problem: str = shown(_PROBLEM)
    tabs: Sequence[Tab] = shown(_TABS)
    needs: Sequence[Need] = shown("What needs attention, most urgent first.")
    numbers: Sequence[tuple[str, str]] = shown("(what, how much) of what is kept and what was spent.")
    deeds: Sequence[Deed] = shown("What was done last, the newest first.")


@dataclass(frozen=True, slots=True)
class DeskFeedsPage:
    """The feeds, how they do, and what can be done with them."""

    template: ClassVar[str] = "pages/desk_feeds.html"
    frame: Frame = shown(_FRAME)
    problem: str = shown(_PROBLEM)
    tabs: Sequence[Tab] = shown(_TABS)
    feeds: Sequence[Feed] = shown("The feeds of this page of the list.")
    names: Mapping[str, str] = shown("The publishers' names by their ids.")
    filters: Sequence[Tab] = shown("Which feeds can be listed.")
    asked: str = shown("What was looked for.")
    given: str = shown("The address that was typed.")
    checked: str = shown("What a look at a feed found, in a sentence; empty when none was looked at.")
    more: str = shown(_MORE)


@dataclass(frozen=True, slots=True)
class DeskNewslettersPage:
    """The newsletters that come in by mail: their addresses, who sends them, and what waits for an editor."""

    template: ClassVar[str] = "pages/desk_newsletters.html"
    frame: Frame = shown(_FRAME)
    problem: str = shown(_PROBLEM)
    tabs: Sequence[Tab] = shown(_TABS)
    on: bool = shown("Whether newsletters can come in.")
    newsletters: Sequence[Kept] = shown("Every newsletter, the newest first.")
    given: Mapping[str, str] = shown("What was in the form that was sent.")


@dataclass(frozen=True, slots=True)
class DeskPublishersPage:
    """The publishers, to choose one."""

    template: ClassVar[str] = "pages/desk_publishers.html"
    frame: Frame = shown(_FRAME)
    problem: str = shown(_PROBLEM)
    tabs: Sequence[Tab] = shown(_TABS)
    publishers: Sequence[tuple[Publisher, str, int]] = shown("(publisher, what was decided, its articles), by name.")
    asked: str = shown("What was looked for.")
    more: str = shown(_MORE)


@dataclass(frozen=True, slots=True)
class DeskPublisherPage:
    """One publisher: its facts, how much of it is shown, its ledger."""

    template: ClassVar[str] = "pages/desk_publisher.html"
    frame: Frame = shown(_FRAME)
    problem: str = shown(_PROBLEM)
    tabs: Sequence[Tab] = shown(_TABS)
    publisher: Publisher = shown("The publisher.")
    facts: Sequence[tuple[str, str, str]] = shown("(name of the fact, in words, its value), as a form.")
    policies: Sequence[tuple[str, str]] = shown("(policy, in words) there are.")
    kinds: Sequence[str] = shown("Kinds of publishers.")
    default: str = shown("How much is shown where a publisher has no policy of its own.")
    rights: Sequence[tuple[str, int]] = shown("(what its pages say of rights, on how many of the newest articles).")
    feeds: Sequence[Feed] = shown("Its feeds.")
    ledger: Sequence[tuple[Entry, str]] = shown("(entry, what it is) of its ledger, the newest first.")
    entries: Sequence[tuple[str, str]] = shown("(kind, in words) of entries in the ledger.")


@dataclass(frozen=True, slots=True)
class DeskStoriesPage:
    """What editors decided on the front page, and the stories they hold."""

    template: ClassVar[str] = "pages/desk_stories.html"
    frame: Frame = shown(_FRAME)
    problem: str = shown(_PROBLEM)
    tabs: Sequence[Tab] = shown(_TABS)
    pins: Sequence[tuple[Pin, Story]] = shown("(what was decided, the story) for this edition.")
    held: Sequence[Story] = shown("The stories editors hold, those held last first.")
    given: str = shown("The story that was typed.")


@dataclass(frozen=True, slots=True)
class DeskStoryPage:
    """One story: pin or bury it, merge it with another, take it apart."""

    template: ClassVar[str] = "pages/desk_story.html"
    frame: Frame = shown(_FRAME)
    problem: str = shown(_PROBLEM)
    tabs: Sequence[Tab] = shown(_TABS)
    story: Story = shown("The story.")
    name: str = shown("What names the story in addresses.")
    cards: Sequence[ArticleCard] = shown("Its articles, the newest first.")
    pin: Pin | None = shown("What was decided on it for this edition; None for nothing.")
    held: bool = shown("Whether an editor holds it.")
    deeds: Sequence[Deed] = shown("What editors did with it, the newest first.")
    given: Mapping[str, str] = shown("What was in the form that was sent.")


@dataclass(frozen=True, slots=True)
class DeskHashtagsPage:
    """What editors decided on hashtags."""

    template: ClassVar[str] = "pages/desk_hashtags.html"
    frame: Frame = shown(_FRAME)
    problem: str = shown(_PROBLEM)
    tabs: Sequence[Tab] = shown(_TABS)
    rules: Sequence[HashtagRule] = shown("What was decided, the latest first.")
    rising: Sequence[HashtagUse] = shown("The hashtags that rise.")
    given: Mapping[str, str] = shown("What was in the form that was sent.")


@dataclass(frozen=True, slots=True)
class DeskBriefsPage:
    """What readers reported of what AI features said."""

    template: ClassVar[str] = "pages/desk_briefs.html"
    frame: Frame = shown(_FRAME)
    problem: str = shown(_PROBLEM)
    tabs: Sequence[Tab] = shown(_TABS)
    briefs: Sequence[KeptBrief] = shown("What was reported, the newest report first.")


@dataclass(frozen=True, slots=True)
class DeskJobsPage:
    """The worker's queue, and its quarantine."""

    template: ClassVar[str] = "pages/desk_jobs.html"
    frame: Frame = shown(_FRAME)
    problem: str = shown(_PROBLEM)
    tabs: Sequence[Tab] = shown(_TABS)
    waiting: Sequence[JobRow] = shown("The jobs that wait, are put off or run, oldest first.")
    failed: Sequence[JobRow] = shown("The jobs in quarantine, oldest first.")
    may_run: bool = shown("Whether this reader may have jobs done again.")


@dataclass(frozen=True, slots=True)
class DeskStoragePage:
    """How much room things take."""

    template: ClassVar[str] = "pages/desk_storage.html"
    frame: Frame = shown(_FRAME)
    problem: str = shown(_PROBLEM)
    tabs: Sequence[Tab] = shown(_TABS)
    room: Room | None = shown("What was measured last; None when nothing was.")
    folders: Sequence[tuple[str, int, str]] = shown("(what, how many files or 0, how much room, in words).")
    counts: Sequence[tuple[str, int]] = shown("(what, how many) of what is kept.")
    free: str = shown("How much room is left on the disk, in words.")


@dataclass(frozen=True, slots=True)
class AskedModel:
    """One language model this instance may ask."""

    name: str = shown("What it is called here.")
    model: str = shown("What its server calls it.")
    address: str = shown("Where its server is; empty for one that runs here.")
    bounds: Sequence[str] = shown("What it may take in a day, in words.")


@dataclass(frozen=True, slots=True)
class OtherServer:
    """A server from which somebody follows, or on which something was decided."""

    host: str = shown("Its name.")
    followers: int = shown("How many follow from there.")
    decided: str = shown("What was decided on it, in words; empty for nothing.")
    failing_since: datetime | None = shown("Since when it takes nothing that is sent there.")
    note: str = shown("Why it was decided.")


@dataclass(frozen=True, slots=True)
class DeskFediversePage:
    """Who follows from other servers, and what is decided on those."""

    template: ClassVar[str] = "pages/desk_fediverse.html"
    frame: Frame = shown(_FRAME)
    problem: str = shown(_PROBLEM)
    tabs: Sequence[Tab] = shown(_TABS)
    actors: Sequence[tuple[str, int]] = shown("(name, how many follow) of every edition and hashtag that is followed.")
    servers: Sequence[OtherServer] = shown("The servers.")
    given: Mapping[str, str] = shown("What was in the form that was sent.")


@dataclass(frozen=True, slots=True)
class DeskModelsPage:
    """The language models, and what they took."""

    template: ClassVar[str] = "pages/desk_models.html"
    frame: Frame = shown(_FRAME)
    problem: str = shown(_PROBLEM)
    tabs: Sequence[Tab] = shown(_TABS)
    models: Sequence[AskedModel] = shown("The models, in the order they are asked.")
    spent: Sequence[Spent] = shown("What each took on each of the last days, the newest first.")


@dataclass(frozen=True, slots=True)
class DeskLogPage:
    """What those with a role did, and the command line in their place."""

    template: ClassVar[str] = "pages/desk_log.html"
    frame: Frame = shown(_FRAME)
    problem: str = shown(_PROBLEM)
    tabs: Sequence[Tab] = shown(_TABS)
    deeds: Sequence[Deed] = shown("The acts, the newest first.")
    more: str = shown(_MORE)


@dataclass(frozen=True, slots=True)
class Invitation:
    """One invitation that waits to be used."""

    name: str = shown("What it is taken back by.")
    role: str = shown("What it makes of somebody, in words.")
    note: str = shown("For whom it is.")
    until: datetime = shown("Until when it is good.")


@dataclass(frozen=True, slots=True)
class DeskAccountsPage:
    """Who has an account here, and who may have one."""

    template: ClassVar[str] = "pages/desk_accounts.html"
    frame: Frame = shown(_FRAME)
    problem: str = shown(_PROBLEM)
    tabs: Sequence[Tab] = shown(_TABS)
    accounts: Sequence[Account] = shown("The accounts, where this reader may see them.")
    invitations: Sequence[Invitation] = shown("The invitations that wait, the newest first.")
    roles: Sequence[tuple[str, str]] = shown("(role, in words) that this reader may give.")
    manages: bool = shown("Whether this reader may change accounts.")
    secret: str = shown("An address that is shown this once; empty for none.")
    more: str = shown(_MORE)


@dataclass(frozen=True, slots=True)
class DeskWebhooksPage:
    """The webhooks, what each was told, and a form for another."""

    template: ClassVar[str] = "pages/desk_webhooks.html"
    frame: Frame = shown(_FRAME)
    problem: str = shown(_PROBLEM)
    tabs: Sequence[Tab] = shown(_TABS)
    hooks: Sequence[Told] = shown("(hook, messages) of each webhook: what it was told last, the newest first.")
    kinds: Sequence[tuple[str, str]] = shown("(kind, in words) of what a webhook can be told of.")
    words: Mapping[str, str] = shown("The kinds in words, by their names.")
    secret: str = shown("A secret that is shown this once; empty for none.")
    given: Mapping[str, str] = shown("What was in the form that was sent.")


@dataclass(frozen=True, slots=True)
class DeedsPage:
    """What editors decided that changes what readers see."""

    template: ClassVar[str] = "pages/deeds.html"
    frame: Frame = shown(_FRAME)
    deeds: Sequence[Deed] = shown("What was decided, the newest first; without names.")
    more: str = shown(_MORE)


@dataclass(frozen=True, slots=True)
class PrivacyPage:
    """What this instance knows of its readers, and for how long."""

    template: ClassVar[str] = "pages/privacy.html"
    frame: Frame = shown(_FRAME)
    parts: Sequence[tuple[str, str, Sequence[str]]] = shown("(id, heading, sentences) of what it does with what.")
    contact: str = shown("How to reach those who run the instance; empty when they did not say.")
