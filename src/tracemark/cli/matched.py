"""What `assist match` does and prints; apart from the command, so that nothing is loaded for it otherwise."""

from pathlib import Path
from typing import Any

from rich.table import Table

from tracemark import assistance
from tracemark.assistance import Bar, Matched, NoSolution, Opening, Round
from tracemark.authorities import Role
from tracemark.cli.options import node_at, operator, text_of
from tracemark.cli.output import console, fail, print_json, print_line, say
from tracemark.kernel import Plain


def propose(file: Path | None, *, explain: str, currency: str, seconds: float, db: str | None, as_json: bool) -> None:
    """Print a proposal over a file or over what is on record, or what it would have taken to serve a request."""
    round_ = assistance.read_round(text_of(file), file.name) if file else _on_record(currency, db)
    if explain and explain not in {each.request for each in round_.needs}:
        fail("assistance.no_such_request", request=explain)
    try:
        found = assistance.match_needs(round_, seconds=seconds)
    except NoSolution:
        fail("assistance.no_solution", seconds=str(seconds))
    openings = assistance.what_it_takes(explain, found, round_, seconds=seconds) if explain else []
    if as_json:
        print_json({**_plain(found, round_), **({"openings": list(map(_opening_plain, openings))} if explain else {})})
        return
    _print(found, round_)
    for each in openings:
        console.print(_opening(each), soft_wrap=True)


def _on_record(currency: str, db: str | None) -> Round:
    """Lay out the round of what is on record, in a currency or in the one that most requests are in."""
    opened = node_at(db)
    by: dict[str, Any] = {"actor": operator(opened, Role.AUDITOR), "stores": opened.stores, "clock": opened.clock}
    requests, programmes = assistance.requests_shown(**by), assistance.programmes_shown(**by)
    asked = currency or next(iter(assistance.currencies(requests)), "")
    return assistance.round_on(requests, programmes, currency=asked, on=opened.clock.now().date())


def _plain(found: Matched, round_: Round) -> dict[str, Plain]:
    served = {each.request for each in found.grants}
    grants: list[Plain] = [
        {
            "request": each.request,
            "programme": each.programme,
            "amount": each.amount,
            "worth": f"{float(each.worth):.4f}",
        }
        for each in found.grants
    ]
    return {
        "grants": grants,
        "unserved": [each.request for each in round_.needs if each.request not in served],
        "met": f"{found.met:.4f}",
        "bound": f"{found.bound:.4f}",
        "gap_percent": f"{100 * found.gap:.2f}",
        "proven": found.proven,
        "short": {region: f"{lack:.4f}" for region, lack in found.short.items()},
    }


def _opening_plain(each: Opening) -> dict[str, Plain]:
    barred: list[Plain] = [bar.value for bar in each.barred]
    loss = None if each.loss is None else f"{each.loss:.4f}"
    return {"programme": each.programme, "barred": barred, "loss": loss, "money": each.money}


def _print(found: Matched, round_: Round) -> None:
    states = {each.request: each.state for each in round_.needs}
    heads = ("request", "state", "programme", "amount")
    table = Table(*(say(f"assistance.column_{each}") for each in heads))
    for each in found.grants:
        table.add_row(each.request, states[each.request], each.programme, str(each.amount))
    console.print(table)
    unserved = [each for each in states if each not in {grant.request for grant in found.grants}]
    if unserved:
        print_line("assistance.unserved", requests=unserved)
    for region, lack in found.short.items():
        print_line("assistance.short", region=region, percent=f"{100 * lack:.1f}")
    if found.proven:
        print_line("assistance.proven")
    else:
        print_line("assistance.not_proven", percent=f"{100 * found.gap:.2f}")


def _opening(each: Opening) -> str:
    if each.barred:
        return f"{each.programme}: {'; '.join(map(_bar, each.barred))}"
    if each.loss is None:
        return say("assistance.impossible", programme=each.programme)
    return say("assistance.opening", programme=each.programme, loss=f"{each.loss:.2f}", money=each.money)


def _bar(bar: Bar) -> str:
    return say(f"assistance.bar_{bar.value}")
