from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from tracemark.authorities import LONGEST_DAYS, Account, Permission, Role, Token, issue_token, require, revoke_token
from tracemark.cli.options import Db, Json, node_at, operator
from tracemark.cli.output import console, fail, print_json, print_list, say

if TYPE_CHECKING:
    from tracemark.node import Node

Owner = Annotated[str, typer.Option("--for", metavar="ACCOUNT", help="The account the token belongs to.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    token = typer.Typer(help="Issue and revoke keys to the API, as the operator of the machine.", no_args_is_help=True)
    token.command("issue")(issue)
    token.command("list")(list_tokens)
    token.command("revoke")(revoke)
    app.add_typer(token, name="token")


def issue(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the token is for.")],
    owner: Owner,
    scope: Annotated[list[Permission], typer.Option(help="What it permits; repeat it for several.")],
    days: Annotated[int, typer.Option(help="After how many days it ends.", min=1, max=LONGEST_DAYS)],
    db: Db = None,
) -> None:
    """Issue a token that narrows what its account may do, and print its key, which is kept nowhere."""
    node = _node(db)
    account = _account(owner, node)
    scopes = tuple(dict.fromkeys(each.value for each in scope))
    actor = operator(node, Role.ADMINISTRATOR)
    typer.echo(
        issue_token(
            owner=account.name, name=name, scopes=scopes, days=days, actor=actor, stores=node.stores, clock=node.clock
        )
    )


def list_tokens(owner: Owner, db: Db = None, as_json: Json = False) -> None:
    """List the tokens of an account, without their keys, which nobody has but who was shown them."""
    node = _node(db)
    found = node.stores.tokens.of(_account(owner, node).name)
    if as_json:
        print_json({"tokens": [_plain(each) for each in found]})
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("id", "purpose", "scopes", "until"):
        table.add_column(say(f"cli.column_{column}"))
    for each in found:
        until = say("cli.token_revoked", at=each.revoked_at) if each.revoked_at else each.expires_at
        table.add_row(str(each.id), each.name, ", ".join(each.scopes), until)
    print_list(table)


def revoke(
    token: Annotated[int, typer.Argument(metavar="ID", help="The token's number, from `token list`.")], db: Db = None
) -> None:
    """Make a token worthless from now on."""
    node = _node(db)
    try:
        revoke_token(token=token, actor=operator(node, Role.ADMINISTRATOR), stores=node.stores, clock=node.clock)
    except KeyError:
        fail("cli.no_such_token", token=token)
    console.print(say("cli.token_is_revoked", token=token))


def _node(db: str | None) -> "Node":
    node = node_at(db)
    require(operator(node, Role.ADMINISTRATOR), Permission.USERS_MANAGE)
    return node


def _account(name: str, node: "Node") -> Account:
    return node.stores.accounts.find(name) or fail("cli.no_such_account", name=name)


def _plain(token: Token) -> dict[str, object]:
    return {
        "id": token.id,
        "name": token.name,
        "scopes": list(token.scopes),
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "revoked_at": token.revoked_at,
    }
