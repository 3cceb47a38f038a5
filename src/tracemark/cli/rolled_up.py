"""What `region` does and prints; apart from the command, so that nothing is loaded for it where it is not typed."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from tracemark import node, reporting, secretariat
from tracemark.cli.drawn import period_of
from tracemark.cli.options import node_at, text_of
from tracemark.cli.output import console, fail, print_json, print_line, reader_language, say, say_state
from tracemark.reporting import SUM
from tracemark.secretariat import RegionalCell, RegionalTable, StateTable
from tracemark.weapons import catalogue
from tracemark.wording import cell_text, rule_title


def add_up(
    name: str,
    files: Sequence[str],
    first: str,
    last: str,
    by: tuple[str, ...],
    *,
    region: str,
    members: tuple[str, ...],
    db: str | None,
    as_json: bool,
) -> None:
    """Print a figure of a region: of the States told of, of a region of M49, and of others named.

    Without files it is what States told this node, of all whose nodes it knows.
    """
    period = period_of(first, last)
    told, expected = told_and_expected(files, region=region, members=members, db=db)
    try:
        found = secretariat.roll_up(name, period, by, told, expected)
    except KeyError:
        fail("cli.no_such_figure", figure=name)
    if as_json:
        print_json(found.plain())
    else:
        _print(found)


def told_and_expected(
    files: Sequence[str], *, region: str, members: tuple[str, ...], db: str | None
) -> tuple[list[StateTable], list[str]]:
    """Return the tables of files named STATE=FILE, or those that this node was told; and the States expected.

    Of a node that was told of the whole world, a region's States are those of the region alone.
    """
    named = {*_members_of(region), *map(_state, members)}
    if files:
        told = [_table_of(each) for each in files]
        return told, sorted({*(each.state for each in told), *named})
    opened = node_at(db)
    told = list(node.told_tables(opened))
    known = () if region else (*(each.state for each in told), *node.member_states(opened))
    return told, sorted({*known, *named})


def owed(form: str, *, db: str | None, as_json: bool) -> None:
    """Print how each State whose node is known stands with a form."""
    if form not in reporting.form_terms():
        fail("cli.no_such_form", form=form, known=sorted(reporting.form_terms()))
    opened = node_at(db)
    today = opened.clock.now().date()
    members = node.member_states(opened)
    if not members and not as_json:
        print_line("web.secretariat.no_members")
    for each in secretariat.owed_returns(members, node.told_reports(opened), form, today):
        if as_json:
            print_json({"state": each.state, **each.due.plain()})
        else:
            standing = say(f"reporting.due_{each.due.state.value}")
            console.print(
                f"{each.due.on}  {each.due.period.first} - {each.due.period.last}  {say_state(each.state)}  {standing}"
            )


def warnings(*, db: str | None, as_json: bool) -> None:
    """Print the patterns of which States told of late."""
    opened = node_at(db)
    today = opened.clock.now().date()
    found = secretariat.early_warnings(node.told_least(opened), today)
    if as_json:
        print_json({"warnings": [each.plain() for each in found]})
        return
    if not found:
        print_line("web.secretariat.no_warnings")
    for each in found:
        states = ", ".join(map(say_state, each.states))
        last = each.notices[0].on
        print_line("cli.early_warning", pattern=_pattern(each.pattern), count=len(each.notices), states=states, on=last)


def commitments(form: str, *, db: str | None, as_json: bool) -> None:
    """Print how each State answers each question of yes or no, in its reports in turn."""
    if form not in reporting.form_terms():
        fail("cli.no_such_form", form=form, known=sorted(reporting.form_terms()))
    rows = secretariat.commitment_rows(node.told_reports(node_at(db)), form)
    if not rows and not as_json:
        print_line("web.secretariat.no_matrix")
    for row in rows:
        answers = {state: [answer for _, answer in cells] for state, cells in row.answers.items()}
        if as_json:
            print_json({"question": row.question, "paragraph": str(row.paragraph), "answers": answers})
            continue
        told = "; ".join(f"{say_state(state)} {_progress(cells)}" for state, cells in sorted(answers.items()))
        console.print(f"{say(f'reporting.question_{row.question}')}: {told}", soft_wrap=True)


def _progress(answers: Sequence[str]) -> str:
    return " → ".join(say(f"reporting.answer_{each}") if each else "–" for each in answers)


def _pattern(code: str) -> str:
    if code in {"refusal", "embargo"}:
        return say(f"secretariat.pattern_{code}")
    return rule_title(code, to=reader_language())


def _table_of(told: str) -> StateTable:
    state, _, file = told.partition("=")
    if not file:
        fail("cli.publication_unnamed", text=told)
    try:
        content: Any = json.loads(text_of(Path(file)))
    except json.JSONDecodeError as error:
        fail("cli.no_publication", file=file, line=error.lineno, column=error.colno)
    if not isinstance(content, dict):
        fail("cli.no_publication", file=file)
    return secretariat.read_table(_state(state), content)


def _state(code: str) -> str:
    if code not in catalogue().states:
        fail("cli.no_such_state", state=code)
    return code


def _members_of(region: str) -> list[str]:
    if not region:
        return []
    try:
        return secretariat.members_of(region)
    except KeyError:
        fail("cli.no_such_region", region=region)


def _print(found: RegionalTable) -> None:
    heads = [say(f"figures.by_{each}") for each in found.by] or [say("cli.region")]
    table = Table(*heads, say(f"figures.unit_{found.unit}"), say("cli.counted_states"), say("cli.missing_states"))
    for key, cell in sorted(found.cells.items(), key=lambda each: tuple((part == SUM, part) for part in each[0])):
        number = say("figures.not_available") if cell.number is None else str(cell.number)
        table.add_row(*_names(found, key), number, ", ".join(map(say_state, cell.counted)), _missing(cell))
    console.print(say(f"figures.{found.figure}"), soft_wrap=True)
    console.print(table)


def _names(found: RegionalTable, key: tuple[str, ...]) -> list[str]:
    spoken = zip(found.by or ("",), key, strict=True)
    return [
        say("web.public.sum") if value == SUM else cell_text(by, value, to=reader_language()) for by, value in spoken
    ]


def _missing(cell: RegionalCell) -> str:
    return "; ".join(
        f"{say_state(state)}: {say(f'secretariat.why_{why.value}')}" for state, why in cell.missing.items()
    )
