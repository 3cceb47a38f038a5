from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from tracemark import transfers
from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, operator, text_of
from tracemark.cli.output import console, fail, print_json, print_line, say, say_state
from tracemark.transfers import Certificate, Embargo
from tracemark.weapons import catalogue

_LONGEST_NAME = 255
"""No part of a file's path is longer; a token is."""
On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day that is asked about. Default: today.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    certificate = typer.Typer(help="End-user certificates.", no_args_is_help=True)
    certificate.command("verify")(verify)
    app.add_typer(certificate, name="certificate")
    app.command("embargoes")(list_embargoes)
    app.command("screen")(screen)


def verify(
    token: Annotated[str, typer.Argument(metavar="FILE_OR_TOKEN", help="The text of the QR code, or a file with it.")],
    key: Annotated[str, typer.Option("--key", metavar="KEY", help="The issuing State's public key: name+id+key.")],
    on: On = None,
    as_json: Json = False,
) -> None:
    """Check another State's end-user certificate against its public key. No register is opened and nobody is asked.

    Ends with status 1 where the key did not sign it, something was changed, or it is not good on that day.
    """
    from tracemark import node

    told, day = token_text(token), _day(on)
    found = node.check_certificate(told, key, day)
    if as_json:
        print_json({"ok": True, "on": day.isoformat(), "certificate": found.plain()})
        return
    name = transfers.trusted_key(key).name
    issuer = say_state(found.issuer)
    print_line("cli.certificate_good", key=name, number=found.number, on=day.isoformat(), issuer=issuer)
    table = Table(box=None, pad_edge=False, show_header=False)
    for label, value in _elements(found):
        table.add_row(say(f"transfers.element_{label}"), value)
    console.print(table)


def list_embargoes(
    state: Annotated[str | None, typer.Option("--state", metavar="XX", help="One destination only.")] = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """List the Security Council's arms embargoes of the project's table that hold on a day. No register is opened."""
    day = _day(on)
    if state is not None and state not in catalogue().states:
        fail("web.forms.not_a_state")
    found = [each for each in transfers.shipped_embargoes() if each.holds(day) and state in (None, each.state)]
    if as_json:
        print_json({"on": day.isoformat(), "embargoes": [_plain(each) for each in found]})
        return
    if not found:
        print_line("cli.no_embargo")
        return
    columns = ("destination", "since", "until", "symbol", "scope", "confidence")
    table = Table(*(say(f"cli.column_{each}") for each in columns), box=None, pad_edge=False, header_style="bold")
    for each in found:
        until = each.until.isoformat() if each.until else ""
        scope, sure = say(f"transfers.scope_{each.scope}"), say(f"transfers.confidence_{each.confidence}")
        table.add_row(say_state(each.state), each.since.isoformat(), until, each.symbol, scope, sure)
    console.print(table)


def screen(
    names: Annotated[list[str], typer.Argument(metavar="NAME…", help="Names of organisations, in any script.")],
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Hold names against the parties that this register lists. Status 0 also where a name looks like one of them."""
    for name in names:
        if not any(map(str.isalnum, name)):
            fail("cli.screen_nothing", text=name)
    node = node_at(db)
    hits = transfers.screen_names(
        names=[each[:_LONGEST_NAME] for each in names],
        purpose="screening",
        actor=operator(node, Role.LICENSING_OFFICER),
        stores=node.stores,
        clock=node.clock,
    )
    if as_json:
        print_json({"hits": [{"name": each.name, "party": each.denied.dossier, "matched": each.matched,
                              "why": each.likeness.value} for each in hits]})  # fmt: skip
        return
    for each in hits:
        facts = {"matched": each.matched, "party": each.denied.name, "dossier": each.denied.dossier}
        print_line(f"transfers.likeness_{each.told}", name=each.name, **facts)
    if not hits:
        print_line("web.transfers.no_hits")


def token_text(token: str) -> str:
    """Return the token itself, or what a file of that name holds."""
    path = Path(token)
    if max(map(len, path.parts), default=0) > _LONGEST_NAME or not path.is_file():
        return token
    return text_of(path)


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else datetime.now(UTC).date()
    except ValueError:
        return fail("cli.not_a_date", text=text)


def _elements(found: Certificate) -> list[tuple[str, str]]:
    goods = (
        f"{each.quantity} × {say(f'weapons.kind_{each.kind}')} {each.model} {each.calibre}" for each in found.goods
    )
    return [
        ("goods", "; ".join(each.strip() for each in goods)),
        ("contract", f"{found.contract} {found.contract_on}".strip()),
        ("destination", say_state(found.destination)),
        ("end_use", found.end_use),
        ("exporter", found.exporter),
        ("end_user", found.end_user),
        ("parties", "; ".join(found.parties)),
        ("office", found.office),
        ("issued_on", f"{found.issued_on} – {found.valid_until}"),
        ("undertakings", say("web.transfers.no_retransfer") if found.no_retransfer else found.undertakings),
    ]


def _plain(embargo: Embargo) -> dict[str, object]:
    return {
        "code": embargo.code,
        "state": embargo.state,
        "since": embargo.since.isoformat(),
        "until": embargo.until.isoformat() if embargo.until else None,
        "symbol": embargo.symbol,
        "scope": embargo.scope,
        "exemptions": list(embargo.exemptions),
        "confidence": embargo.confidence,
    }
