"""octavo mail test|status: whether mail arrives, and what waits to be sent."""

from datetime import timedelta
from typing import Annotated

import typer

from octavo import app as wiring
from octavo.cli.main import load_settings
from octavo.cli.output import as_json
from octavo.domain.mail import Message, read_address
from octavo.errors import MailError
from octavo.store import mail_outbox

mail_app = typer.Typer(no_args_is_help=True, help="Mail: a test message, and what waits to be sent.")

_LATELY = timedelta(days=1)
_REASONS = 5


@mail_app.command()
def test(context: typer.Context, address: Annotated[str, typer.Argument(help="Where to send it.")]) -> None:
    """Send one message at once, and say what the server said. Exit code 1 when it did not take it."""
    settings, to = load_settings(context), read_address(address)
    mailer = wiring.make_mailer(settings)
    now = wiring.clock()
    text = (
        f"This is the test message that was asked for on {now:%Y-%m-%d at %H:%M} (UTC).\n\n"
        f"It was sent by Octavo at {settings.web.public_url}: its mail leaves as it should.\n"
        "Look at its source in your mail program: SPF, DKIM and DMARC should all say pass.\n"
    )
    try:
        sent = mailer.send(Message(to, "A test message from Octavo", text, f"test {to} {now.isoformat()}"))
    except MailError as error:
        typer.echo(f"octavo: {error}{f' ({error.told})' if error.told else ''}", err=True)
        raise typer.Exit(1) from error
    finally:
        mailer.close()
    typer.echo(f"taken: {sent.told or 'no answer to show'}\nMessage-ID: {sent.message_id}")


@mail_app.command()
def status(context: typer.Context, json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Say how many letters wait, why, and which were given up in the last day."""
    with wiring.open_tools(load_settings(context)) as tools, tools.database.read() as view:
        waiting, since = mail_outbox.waiting(view), tools.now() - _LATELY
        found = {
            "mail": "on" if tools.mailer.on else "off",
            "waiting": waiting.count,
            "since": waiting.since.isoformat(timespec="seconds") if waiting.since else "",
            "last said": waiting.told,
            "sent in a day": mail_outbox.sent_since(view, since),
            "given up": mail_outbox.dropped_since(view, since, _REASONS),
        }
    if json:
        as_json(found)
        return
    for name, value in found.items():
        shown = "; ".join(value) if isinstance(value, list) else str(value)
        typer.echo(f"{name}: {shown or 'none'}")
