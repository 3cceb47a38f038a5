from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from tracemark.authorities import Account, Agency, AgencyKind, Permission, Role, open_account, require
from tracemark.cli.options import Create, Db, Json, node_at, node_set_up, operator
from tracemark.cli.output import console, fail, print_json, say
from tracemark.kernel import Actor

if TYPE_CHECKING:
    from tracemark.node import Node

AccountName = Annotated[str, typer.Argument(metavar="NAME", help="The account's name, never a person's full name.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    account = typer.Typer(help="Open accounts, as the operator of the machine.", no_args_is_help=True)
    account.command("add")(add)
    account.command("list")(list_accounts)
    app.add_typer(account, name="account")


def add(
    name: AccountName,
    agency: Annotated[str, typer.Option(metavar="CODE", help="The agency the account acts for.")],
    role: Annotated[list[Role], typer.Option(help="A role; repeat it for several.")],
    agency_name: Annotated[
        str, typer.Option(help="The agency's name: in a register that has no agency yet, it is the first.")
    ] = "",
    agency_kind: Annotated[AgencyKind, typer.Option(help="What the first agency is.")] = AgencyKind.REGISTRY,
    db: Db = None,
    create: Create = False,
) -> None:
    """Open an account and print a password that serves once."""
    node = node_set_up(db, create=create)
    actor = operator(node, Role.ADMINISTRATOR)
    stores = node.stores
    with stores.atomic():
        if not stores.agencies.all():
            if not agency_name:
                fail("cli.no_agency_yet", agency=agency)
            _found(
                Agency(agency, agency_name, agency_kind, node.state, competent=True, contact_point=True), actor, node
            )
        password = open_account(
            account=Account(name, agency, frozenset(each.value for each in role)),
            actor=actor,
            accounts=stores.accounts,
            agencies=stores.agencies.all(),
        )
    console.print(say("cli.account_opened", name=name, agency=agency, password=password), soft_wrap=True)


def list_accounts(db: Db = None, as_json: Json = False) -> None:
    """List the accounts: for which agency, and in which roles."""
    node = node_at(db)
    require(operator(node, Role.ADMINISTRATOR), Permission.USERS_MANAGE)
    found = node.stores.accounts.all()
    if as_json:
        print_json({"accounts": [_plain(each) for each in found]})
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("account", "agency", "roles", "state"):
        table.add_column(say(f"cli.column_{column}"))
    for each in found:
        roles = ", ".join(say(f"authorities.role_{role}") for role in sorted(each.roles))
        table.add_row(
            each.name, each.authority, roles, say("cli.account_open" if each.active else "cli.account_closed")
        )
    console.print(table)


def _found(agency: Agency, actor: Actor, node: "Node") -> None:
    """Enter the first agency: the one with which other States speak, until somebody else is named."""
    require(actor, Permission.AGENCIES_MANAGE)
    node.stores.agencies.put(agency)


def _plain(account: Account) -> dict[str, object]:
    return {
        "name": account.name,
        "agency": account.authority,
        "roles": sorted(account.roles),
        "active": account.active,
    }
