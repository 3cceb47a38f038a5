from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from tracemark.authorities import (
    Account,
    AccountChange,
    Agency,
    AgencyKind,
    Permission,
    Role,
    account_changes,
    broken_change,
    change_account,
    give_password,
    open_account,
    require,
    reset_factors,
)
from tracemark.cli.options import Create, Db, Json, node_at, node_set_up, operator
from tracemark.cli.output import console, fail, print_json, say
from tracemark.kernel import Actor, Plain

if TYPE_CHECKING:
    from tracemark.node import Node

AccountName = Annotated[str, typer.Argument(metavar="NAME", help="The account's name, never a person's full name.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    account = typer.Typer(
        help="Open, change and watch over accounts, as the operator of the machine.", no_args_is_help=True
    )
    account.command("add")(add)
    account.command("list")(list_accounts)
    account.command("change")(change)
    account.command("password")(password)
    account.command("reset")(reset)
    account.command("changes")(changes)
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
        account = Account(name, agency, frozenset(each.value for each in role))
        given = open_account(account=account, actor=actor, stores=stores, clock=node.clock)
    console.print(say("cli.account_opened", name=name, agency=agency, password=given), markup=False, soft_wrap=True)


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


def change(
    name: AccountName,
    agency: Annotated[str, typer.Option(metavar="CODE", help="The agency the account acts for.")] = "",
    role: Annotated[
        list[Role] | None, typer.Option(help="A role; repeat it for several. They take the place of the present ones.")
    ] = None,
    active: Annotated[bool | None, typer.Option("--open/--close", help="Whether it may sign in.")] = None,
    db: Db = None,
) -> None:
    """Give an account another agency or other roles, close or reopen it. What is not named stays."""
    node = node_at(db)
    known = _known(name, node)
    becomes = Account(
        name,
        agency or known.authority,
        frozenset(each.value for each in role) if role else known.roles,
        known.active if active is None else active,
    )
    changed = change_account(
        account=becomes, actor=operator(node, Role.ADMINISTRATOR), stores=node.stores, clock=node.clock
    )
    for each in changed:
        console.print(say(f"authorities.change_{each.value}"))
    if not changed:
        console.print(say("cli.account_unchanged", name=name))


def password(name: AccountName, db: Db = None) -> None:
    """Give an account a new password that serves once, and print it."""
    node = node_at(db)
    actor, account = operator(node, Role.ADMINISTRATOR), _known(name, node)
    given = give_password(name=account.name, actor=actor, stores=node.stores, clock=node.clock)
    console.print(say("cli.password_given", name=name, password=given), markup=False, soft_wrap=True)


def reset(name: AccountName, db: Db = None) -> None:
    """Remove an account's second factors and give it a new password that serves once: for a lost telephone or key."""
    node = node_at(db)
    actor, account = operator(node, Role.ADMINISTRATOR), _known(name, node)
    given = reset_factors(name=account.name, actor=actor, stores=node.stores, clock=node.clock)
    console.print(say("cli.password_given", name=name, password=given), markup=False, soft_wrap=True)


def changes(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Of one account; without it, of all.")] = "",
    limit: Annotated[int, typer.Option(help="How many to show, the newest first.", min=1, max=10_000)] = 50,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List what was done to accounts, by whom, and check the chain: exit status 1 if an entry was touched."""
    node = node_at(db)
    actor = operator(node, Role.AUDITOR)
    found = account_changes(actor=actor, stores=node.stores, account=name, limit=limit)
    broken = broken_change(actor=actor, stores=node.stores)
    if as_json:
        print_json({"changes": [_change_plain(each) for each in found], "broken": broken})
    else:
        _print_changes(found)
    if broken is not None:
        fail("cli.changes_broken", position=broken)


def _print_changes(found: list[AccountChange]) -> None:
    """Print a change a line: a table of so many columns would not fit a terminal."""
    for each in found:
        kind = say(f"authorities.change_{each.kind.value}")
        told = " → ".join(filter(None, (_listed(each.before), _listed(each.after))))
        console.print(f"{each.at}  {each.account}  {kind}  {each.by}  {told}", markup=False, soft_wrap=True)


def _listed(told: Mapping[str, Plain]) -> str:
    return "; ".join(
        f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}" for name, value in told.items()
    )


def _known(name: str, node: "Node") -> Account:
    return node.stores.accounts.find(name) or fail("cli.no_such_account", name=name)


def _change_plain(change: AccountChange) -> dict[str, object]:
    return {
        "position": change.position,
        "kind": change.kind.value,
        "account": change.account,
        "by": change.by,
        "authority": change.authority,
        "at": change.at,
        "before": change.before,
        "after": change.after,
        "digest": change.digest,
    }


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
