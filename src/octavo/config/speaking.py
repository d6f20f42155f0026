"""Settings of what reads aloud, and of the podcast that is made with it."""

from pydantic import Field

from octavo.config.groups import Keyed


class SpeechSettings(Keyed):
    """The podcast of the briefing, where `speaker` names what reads it (see `docs/howto/listen.md`)."""

    editions: tuple[str, ...] = Field(
        (), description="Editions that have a podcast, such as en-gb; none: `edition`, or else every edition with news."
    )
    hour: int = Field(6, ge=0, le=23, description="Hour from which a day's episode is made, where the edition is read.")
    days: int = Field(14, ge=1, le=365, description="Days an episode is kept.")
    pace: int = Field(160, ge=80, le=400, description="For espeak: words a minute.")
    address: str = Field(
        "",
        pattern=r"^$|^https?://[^\s/@?#]+(/[^\s@?#]*)?$",
        description="For openai: where its server is, up to what comes before /audio/speech: http://127.0.0.1:8880/v1.",
    )
    model: str = Field("", description="For openai: what its server calls the model.")
    voice: str = Field("", description="For openai: what its server calls the voice.")
    languages: tuple[str, ...] = Field(
        (),
        description="For openai: languages its voice reads, such as en, de; none: it is asked to read all.",
    )
    whole_s: float = Field(60.0, gt=0, description="Seconds for one line.")
