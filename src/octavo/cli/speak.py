"""octavo speak: an article, or an edition's briefing, read aloud into a file."""

from pathlib import Path
from typing import Annotated

import typer

from octavo import app as wiring
from octavo.cli.main import load_settings
from octavo.cli.related import find_article
from octavo.domain.ids import EditionKey
from octavo.domain.speech import Script
from octavo.errors import InputError, NotFound, SpeakerOff, UnreadableFile
from octavo.ports.tools import Tools
from octavo.store import starter


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(speak)


def speak(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="An article's address or id, or an edition such as en-gb.")],
    file: Annotated[Path | None, typer.Argument(help="Where to write the MP3 file.")] = None,
    text: Annotated[bool, typer.Option("--text", help="Print what would be said; nobody has to read it.")] = False,
) -> None:
    """Have an article or an edition's briefing read aloud, by what the setting `speaker` names."""
    with wiring.open_tools(load_settings(context)) as tools:
        script = _script(tools, what)
        if text:
            typer.echo("\n".join(line.text for line in script.lines))
            return
        if not tools.speaker.voice:
            raise SpeakerOff("nobody reads aloud here: set speaker to espeak or openai, or give --text")
        if file is None:
            raise InputError("name the file to write, such as briefing.mp3, or give --text")
        recording = tools.speaker.record(script.lines)
        try:
            file.write_bytes(recording.data)
        except OSError as error:
            raise UnreadableFile(f"{file} cannot be written: {error.strerror}") from error
    typer.echo(
        f"{file}: {recording.seconds:.0f} seconds, {len(recording.data) / 1000:.0f} kB, read by {tools.speaker.voice}"
    )


def _script(tools: Tools, what: str) -> Script:
    if EditionKey(what) in starter.read(tools.settings.data_dir).editions:
        script = tools.scripts.briefing(EditionKey(what))
    else:
        with tools.database.read() as view:
            found = find_article(view, what)
        script = tools.scripts.article(found)
    if script is None:
        raise NotFound(f"there is nothing to be read aloud of {what}")
    return script
