from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from tracemark import intake, recordkeeping
from tracemark.authorities import Permission
from tracemark.intake import Draft, HeldRow, HeldState
from tracemark.kernel import Refused
from tracemark.marking import Mark, fold_serial
from tracemark.recordkeeping import Event, WeaponState
from tracemark.weapons import Description, WeaponId, weapon_text
from tracemark.web.access import Desk, needs
from tracemark.web.converters import number_of
from tracemark.web.forms.intake import JudgementForm
from tracemark.web.lists import PAGE
from tracemark.web.pages import page, tell
from tracemark.web.trials import lines_of

_FIELDS = (
    ("kind", "web.register.kind", ""),
    ("maker", "web.register.maker", "makers"),
    ("model", "web.register.model", "models"),
    ("calibre", "web.register.calibre", "calibres"),
    ("country", "web.weapon.country", "states"),
    ("year", "web.weapon.year", ""),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a comparison; `how` is same, differs or unknown, measured against the incoming row."""

    values: tuple[str, ...]
    how: str = "unknown"


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of a comparison: what the incoming row says, and what the record says of each weapon it may be.

    `of` is the catalogue's list that names the values, "" where they are written as they stand.
    """

    name: str
    code: str
    of: str
    incoming: Cell
    known: tuple[Cell, ...]


@needs(Permission.DUPLICATES_JUDGE)
def held_rows(desk: Desk) -> HttpResponse:
    """List the rows that wait for somebody to say which weapon they are; of one import where it is named."""
    run = number_of(desk.GET.get("run", ""))
    after = number_of(desk.GET.get("after", ""))
    found = desk.node.stores.intake.page(state=HeldState.HELD, run=run, after=after, limit=PAGE + 1)
    shown = found[:PAGE]
    asked = {"run": run} if run else {}
    more = "?" + urlencode(asked | {"after": shown[-1].id}) if len(found) > PAGE else ""
    return page(
        desk,
        "web/intake/held.html",
        rows=[(row, Draft.of_plain(row.draft)) for row in shown],
        more=more,
        first="?" + urlencode(asked) if after else "",
        run=desk.node.stores.intake.run(run) if run else None,
    )


@needs(Permission.DUPLICATES_JUDGE)
@require_http_methods(["GET", "POST"])
def held_row(desk: Desk, number: int) -> HttpResponse:
    """Lay a held row beside the weapons it may be; by POST, say which it is, and go on to the next."""
    row = desk.node.stores.intake.held(number)
    lacking = _lacking(desk, row) if row.state is HeldState.HELD else {}
    form = JudgementForm(desk.POST or None, row=row, lacking={each: len(found) for each, found in lacking.items()})
    if desk.method == "POST" and form.is_valid():
        try:
            return _judged(desk, row, form.same_as())
        except Refused as refused:
            form.refuse(refused)
    states = desk.node.stores.register.states(WeaponId(each) for each in row.against)
    known = [states[WeaponId(each)] for each in row.against if WeaponId(each) in states]
    draft = Draft.of_plain(row.draft)
    return page(
        desk,
        "web/intake/held_row.html",
        422 if form.errors else 200,
        row=row,
        draft=draft,
        run=desk.node.stores.intake.run(row.run),
        known=known,
        compared=list(_compared(draft, known)),
        events=draft.events,
        lacking=[(each.weapon, lacking.get(each.weapon, [])) for each in known],
        lines=lines_of(row.findings),
        reasons=_reasons(row),
        persons=_persons(row),
        form=form if row.state is HeldState.HELD else None,
    )


def _persons(row: HeldRow) -> list[str]:
    """The commitments of persons whom the row names; of a refused row none are kept."""
    kept = row.state is not HeldState.REFUSED
    return [recordkeeping.person_commitment(each) for each in intake.persons_of_row(row.draft)] if kept else []


def _lacking(desk: Desk, row: HeldRow) -> dict[WeaponId, list[Event]]:
    """Return for each weapon it may be what the row would add to its record."""
    return {
        WeaponId(each): intake.events_lacking(
            held=row.id, weapon=WeaponId(each), actor=desk.actor, stores=desk.node.stores
        )
        for each in row.against
    }


def _judged(desk: Desk, row: HeldRow, same_as: WeaponId | None) -> HttpResponse:
    recorded = intake.judge_held(
        held=row.id, same_as=same_as, actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock
    )
    weapon = weapon_text(same_as or recorded.states[0].weapon)
    told = "web.intake.judged_same" if same_as else "web.intake.judged_different"
    tell(desk, told, row=row.row, weapon=weapon, count=len(recorded.sealed))
    following = desk.node.stores.intake.page(state=HeldState.HELD, after=row.id, limit=1)
    return redirect("held_row", following[0].id) if following else redirect("held_rows")


def _compared(draft: Draft, known: Iterable[WeaponState]) -> Iterator[Compared]:
    listed = list(known)
    incoming = draft.description
    for name, code, of in _FIELDS:
        mine = _values(incoming, name)
        others = (_values(each.description, name) for each in listed)
        yield Compared(name, code, of, Cell(mine), tuple(_against(mine, each) for each in others))
    serials = _serials(draft.marks_read())
    theirs = (_serials(each.marks) for each in listed)
    yield Compared("serial", "web.intake.serials", "", Cell(serials), tuple(_against(serials, each) for each in theirs))


def _values(description: Description, name: str) -> tuple[str, ...]:
    value = getattr(description, name)
    written = (description.as_written or {}).get(name, "")
    return (str(value or written),) if value or written else ()


def _serials(marks: Iterable[Mark]) -> tuple[str, ...]:
    return tuple(mark.serial for mark in marks if mark.serial)


def _against(mine: tuple[str, ...], theirs: tuple[str, ...]) -> Cell:
    if not mine or not theirs:
        return Cell(theirs)
    same = {fold_serial(each) for each in mine} & {fold_serial(each) for each in theirs}
    return Cell(theirs, "same" if same else "differs")


def _reasons(row: HeldRow) -> list[tuple[int, list[str]]]:
    """Return for each weapon the codes of what speaks for and against its being the same."""
    facts: Iterable[Mapping[str, Any]] = (each["facts"] for each in row.findings)  # type: ignore[misc]
    told = [each for each in facts if each.get("weapon") and "reasons" in each]
    return [(int(each["weapon"]), [code for code in each["reasons"] if not code.endswith("_unknown")]) for each in told]
