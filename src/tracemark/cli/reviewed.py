"""What `review` does and prints; apart from the commands, so that their help loads nothing."""

from pathlib import Path
from typing import Any

from rich.table import Table

from tracemark import node as doing
from tracemark import review, wording
from tracemark.authorities import Role
from tracemark.cli.options import node_at, operator, writer
from tracemark.cli.output import (
    console,
    fail,
    fail_for,
    print_json,
    print_line,
    print_list,
    reader_language,
    say,
    say_date,
    say_state,
)
from tracemark.node import MeetingFile, Node, NodeUnusable
from tracemark.review import Calendar, Number, Position, Proposed, Settlement, Stance, Text

_FILES: tuple[MeetingFile, ...] = ("pdf", "docx", "json")


def list_meetings(*, as_json: bool) -> None:
    """Print the meetings."""
    found = _calendar().meetings.values()
    if as_json:
        print_json({"meetings": [each.plain() for each in found]})
        return
    table = _table("code", "meeting", "first", "last", "place", "confidence")
    for each in found:
        named = wording.meeting_text(each.kind.value, each.number, to=reader_language())
        sure = say(f"instruments.confidence_{each.confidence.name.lower()}")
        table.add_row(each.code, named, say_date(each.first), say_date(each.last), each.place, sure)
    console.print(table)


def print_table(*, db: str | None, as_json: bool) -> None:
    """Print the outcome's table, a line for each number of a cell."""
    opened, frame = node_at(db), review.frame()
    live = doing.live_numbers(opened, frame.numbers, operator(opened, Role.AUDITOR))
    if as_json:
        cells = [{**each.plain(), "numbers": [live[name].plain() for name in each.numbers]} for each in frame.cells]
        print_json({"cells": cells})
        return
    table = _table("level", "column", "name", "value")
    for each in frame.cells:
        for name in each.numbers:
            table.add_row(
                say(f"review.row_{each.row}"),
                say(f"review.column_{each.column}"),
                wording.counted_text(name, to=reader_language()),
                _value(live[name]),
            )
    console.print(table)


def list_undertakings(state: str, instrument: str, *, db: str | None, as_json: bool) -> None:
    """Print how a State stands with each undertaking."""
    opened = node_at(db)
    found = doing.undertaking_statuses(opened, operator(opened, Role.AUDITOR), state)
    found = tuple(each for each in found if instrument in ("", each.citation.instrument))
    if as_json:
        print_json({"state": state or opened.state, "undertakings": [each.plain() for each in found]})
        return
    table = _table("paragraph", "level", "standing", "basis")
    for each in found:
        basis = "; ".join(wording.basis_text(one.plain(), to=reader_language()) for one in each.basis)
        level = say(f"instruments.level_{each.undertaking.paragraph.level.value}")
        table.add_row(str(each.citation), level, say(f"review.standing_{each.standing.value}"), basis)
    print_list(table)


def draw_up(
    code: str, subject: str, *, out: Path | None, language: str, keep: bool, note: str, db: str | None, as_json: bool
) -> None:
    """Draw up a dossier for a meeting, write it, and keep it where that is asked."""
    opened, calendar, to = node_at(db), _calendar(), language or reader_language()
    if to not in [each.code for each in wording.LANGUAGES]:
        fail("cli.no_such_language", language=to, languages=[each.code for each in wording.LANGUAGES])
    form = out.suffix.lower().removeprefix(".") if out else ""
    kind: MeetingFile | None = next((each for each in _FILES if each == form), None)
    if out is not None and kind is None:
        fail("cli.review_no_such_file", file=str(out), known=", ".join(_FILES))
    actor = operator(opened, Role.AUDITOR)
    drawn, name = doing.meeting_dossier(opened, code, actor, calendar, subject), ""
    meeting = calendar.meeting(code)
    if keep:
        name = review.keep_dossier(dossier=drawn, note=note, **_writes(opened))
        if not as_json:
            print_line("cli.review_kept", name=name, meeting=code)
    if out is not None and kind is not None:
        out.write_bytes(opened.papers.meeting_file(drawn, meeting, kind, actor, to, name))
    if as_json:
        print_json({**drawn.plain(), "name": name, "fingerprint": drawn.fingerprint})
    elif out is not None:
        print_line("cli.review_written", meeting=code, place=str(out), language=to)
    else:
        _print_words(opened.papers.meeting_words(drawn, meeting, actor, to))


def list_kept(*, db: str | None, as_json: bool) -> None:
    """Print the dossiers that were kept."""
    opened = node_at(db)
    found = review.kept_dossiers(actor=operator(opened, Role.AUDITOR), stores=opened.stores)
    if as_json:
        print_json({"dossiers": [each.plain() for each in found]})
        return
    table = _table("name", "meeting", "whose", "standing", "on", "fingerprint")
    for each in found:
        standing = say(f"recordkeeping.standing_{each.standing}")
        whose = say_state(each.dossier.subject)
        table.add_row(each.name, each.dossier.meeting, whose, standing, each.kept_on, each.fingerprint[:16])
    print_list(table)


def withdraw(name: str, reason: str, *, db: str | None) -> None:
    """Withdraw a kept dossier."""
    opened = node_at(db)
    review.withdraw_dossier(name=name, reason=reason, **_writes(opened))
    print_line("cli.review_withdrawn", name=name)


def propose(said: tuple[str, str, str, str, str, str], *, db: str | None, as_json: bool) -> None:
    """Record a proposal."""
    opened = node_at(db)
    meeting, undertaking, title, text, by, symbol = said
    proposal = Text(meeting, title, by, review.held_undertaking(undertaking), text, symbol)
    name = review.record_proposal(text=proposal, calendar=_calendar(), **_writes(opened))
    if as_json:
        print_json({"name": name})
    else:
        print_line("cli.review_proposed", name=name, meeting=meeting)


def note(name: str, stance: str, by: str, reason: str, instructions: str, *, db: str | None, as_json: bool) -> None:
    """Note a position."""
    opened = node_at(db)
    position = Position(by or opened.state, Stance(stance), reason, instructions)
    found = review.note_position(name=name, position=position, ours=opened.state, **_writes(opened))
    _print_one(found, as_json=as_json)


def settle(name: str, outcome: str, reason: str, *, db: str | None, as_json: bool) -> None:
    """Settle a proposal."""
    opened = node_at(db)
    found = review.settle_proposal(name=name, outcome=Settlement(outcome), reason=reason, **_writes(opened))
    _print_one(found, as_json=as_json)


def list_proposals(meeting: str, *, db: str | None, as_json: bool) -> None:
    """Print proposals side by side."""
    opened = node_at(db)
    found = review.proposal_list(actor=operator(opened, Role.AUDITOR), stores=opened.stores, meeting=meeting)
    if as_json:
        print_json({"proposals": [each.plain() for each in found]})
        return
    table = _table("name", "meeting", "paragraph", "title", "proposed_by", "position", "standing")
    for each in found:
        said = "; ".join(f"{one.by}: {say(f'review.stance_{one.stance.value}')}" for one in each.positions.values())
        text = each.text
        table.add_row(
            each.name, text.meeting, str(text.undertaking), text.title, text.proposed_by, said, _standing(each)
        )
    print_list(table)


def _standing(found: Proposed) -> str:
    if found.settled:
        return say(f"review.settled_{found.settled.value}")
    return say(f"recordkeeping.standing_{found.standing}")


def _print_one(found: Proposed, *, as_json: bool) -> None:
    if as_json:
        print_json(found.plain())
    else:
        print_line("cli.review_stands", name=found.name, count=len(found.positions), standing=_standing(found))


def _print_words(words: Any) -> None:  # noqa: ANN401 - doors do not know documents
    console.print(words.title, style="bold")
    for label, value in words.lines:
        console.print(f"{label}: {value}", soft_wrap=True)
    for part in words.parts:
        console.print(f"\n{part.heading}", style="bold")
        for item in part.items:
            for line in (*item.notes, *item.lines):
                console.print(line, soft_wrap=True)
            if item.table and item.table.rows:
                table = Table(*item.table.heads, box=None, pad_edge=False, header_style="bold")
                for row in item.table.rows:
                    table.add_row(*row)
                console.print(table)


def _writes(opened: Node) -> dict[str, Any]:
    return {"actor": writer(opened, Role.POINT_OF_CONTACT), "stores": opened.stores, "clock": opened.clock}


def _calendar() -> Calendar:
    try:
        return doing.calendar_of_state()
    except NodeUnusable as error:
        return fail_for(error, "cli.node_unusable")


def _value(number: Number) -> str:
    if number.value is None:
        return say(f"review.absent_{number.absent.value}") if number.absent else "–"
    told = wording.number_text(number.value, to=reader_language())
    return f"{told} %" if number.unit == "percent" else told


def _table(*columns: str) -> Table:
    heads = (say(f"review.field_{each}") for each in columns)
    return Table(*heads, box=None, pad_edge=False, header_style="bold")
