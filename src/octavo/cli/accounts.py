"""octavo accounts list|add|follows|follow|promote|invite|invitations|uninvite|reset."""

from pathlib import Path
from typing import Annotated

import typer

from octavo import app as wiring
from octavo.accounts.permissions import OPERATOR
from octavo.actions import accounts
from octavo.cli.batches import read_file
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, as_table
from octavo.domain.account import Account, Person, Role
from octavo.domain.ids import EditionKey
from octavo.errors import InputError
from octavo.ports.tools import Tools
from octavo.serve import editions, followed
from octavo.serve.address import origin_of
from octavo.store import accounts as account_store
from octavo.store import starter

accounts_app = typer.Typer(no_args_is_help=True, help="Who has an account here, and who may have one.")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Name = Annotated[str, typer.Argument(help="The account's name.")]
AsRole = Annotated[Role, typer.Option(help="What the account may do.")]


@accounts_app.command("list")
def listed(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many at most.")] = 1000,
    json: Json = False,
) -> None:
    """List the accounts, the first made first."""
    with wiring.open_tools(load_settings(context)) as tools, tools.database.read() as view:
        found = account_store.listed(view, limit)
    if json:
        as_json([_described(one) for one in found])
    else:
        rows = [(one.name, one.role, one.standing, one.email, one.created_at.date().isoformat()) for one in found]
        as_table(("name", "role", "standing", "e-mail", "since"), rows)


@accounts_app.command()
def add(
    context: typer.Context,
    name: Name,
    role: AsRole = Role.READER,
    email: Annotated[str, typer.Option(help="E-mail address, if there is one.")] = "",
    password: Annotated[
        str,
        typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for if left out."),
    ] = "",
) -> None:
    """Make an account. The first one may well be yours: --role owner."""
    with wiring.open_tools(load_settings(context)) as tools:
        made = accounts.add(tools, OPERATOR, accounts.Wanted(name, password, email), role)
    typer.echo(f"{made.name} is here now, as {made.role}")


@accounts_app.command()
def follows(
    context: typer.Context, name: Name, edition: Annotated[str, typer.Option(help="Whose pages.")] = ""
) -> None:
    """Print all that somebody follows and searches for as OPML: feeds of this site."""
    with wiring.open_tools(load_settings(context)) as tools:
        person = _named(tools, name)
        plans = starter.read(tools.settings.data_dir).editions
        key = EditionKey(edition) if edition else editions.choose(plans, "", tools.settings.edition)
        if key not in plans:
            raise InputError(f"there is no edition {key}: there are {', '.join(sorted(plans))}")
        with tools.database.read() as view:
            written = followed.write_followed(view, person.id, origin_of(tools.settings.web), key, {})
    typer.echo(written.decode(), nl=False)


@accounts_app.command()
def follow(
    context: typer.Context, name: Name, file: Annotated[Path, typer.Argument(help="A subscription list (OPML).")]
) -> None:
    """Let somebody follow what a subscription list names, as far as it is read here."""
    data = read_file(file)
    with wiring.open_tools(load_settings(context)) as tools:
        done = followed.bring(tools, Person(_named(tools, name)), origin_of(tools.settings.web), data)
    typer.echo(f"{done.follows} followed, {done.searches} searches kept, {done.feeds} feeds read")
    for one in done.unknown:
        typer.echo(f"not read here: {one.url}")


@accounts_app.command()
def promote(
    context: typer.Context,
    name: Name,
    role: Annotated[Role, typer.Argument(help="owner, editor, moderator or reader.")],
    note: Annotated[str, typer.Option(help="Why, for the log.")] = "",
) -> None:
    """Give somebody a role, or take it away: `promote ada reader`."""
    with wiring.open_tools(load_settings(context)) as tools:
        account = _named(tools, name)
        done = accounts.give_role(tools, OPERATOR, account.id, role, note)
    typer.echo(f"{done.name} is {done.role} now")


@accounts_app.command()
def invite(
    context: typer.Context,
    role: AsRole = Role.READER,
    note: Annotated[str, typer.Option(help="For whom it is, for the log.")] = "",
) -> None:
    """Print an address that makes one account, within two weeks."""
    with wiring.open_tools(load_settings(context)) as tools:
        token = accounts.invite(tools, OPERATOR, role, note)
        typer.echo(f"{origin_of(tools.settings.web)}/sign-up?ticket={token}")


@accounts_app.command()
def invitations(context: typer.Context, json: Json = False) -> None:
    """List the invitations that wait to be used, the newest first."""
    with wiring.open_tools(load_settings(context)) as tools:
        found = accounts.invitations(tools, OPERATOR)
    rows = [(one.key.hex()[:12], one.given["role"], one.given["note"], one.expires_at.isoformat()) for one in found]
    if json:
        as_json([dict(zip(("name", "role", "note", "expires_at"), row, strict=True)) for row in rows])
    else:
        as_table(("name", "role", "for", "good until"), rows)


@accounts_app.command()
def uninvite(
    context: typer.Context, name: Annotated[str, typer.Argument(help="Its name, as `invitations` lists it.")]
) -> None:
    """Take back an invitation."""
    with wiring.open_tools(load_settings(context)) as tools:
        accounts.uninvite(tools, OPERATOR, name)
    typer.echo(f"the invitation {name} is good no more")


@accounts_app.command()
def reset(context: typer.Context, name: Name) -> None:
    """Print an address that sets a new password for somebody, once, within a day; it ends their sessions."""
    with wiring.open_tools(load_settings(context)) as tools:
        account = _named(tools, name)
        token = accounts.offer_reset(tools, OPERATOR, account.id)
        typer.echo(f"{origin_of(tools.settings.web)}/reset?ticket={token}")


@accounts_app.command("sign-out")
def sign_out(context: typer.Context, name: Name) -> None:
    """Sign somebody out everywhere; programs keep their tokens."""
    with wiring.open_tools(load_settings(context)) as tools:
        ended = accounts.end_sessions(tools, OPERATOR, _named(tools, name).id)
    typer.echo(f"{ended} sessions ended")


def _named(tools: Tools, name: str) -> Account:
    with tools.database.read() as view:
        return accounts.named(view, name)


def _described(one: Account) -> dict[str, object]:
    return {
        "name": one.name,
        "role": one.role,
        "standing": one.standing,
        "email": one.email,
        "two_factor": one.two_factor,
        "created_at": one.created_at.isoformat(),
    }
