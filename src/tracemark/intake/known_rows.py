from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tracemark.intake.drafts import Draft
from tracemark.intake.duplicates import Alike
from tracemark.intake.ports import IntakeStores, KnownRow, Run
from tracemark.recordkeeping import PersonStore, person_commitment
from tracemark.weapons import WeaponId

_SHORT = len("person:") + 8


@dataclass(frozen=True, slots=True)
class Recognition:
    """What rows of earlier files under the same key make of a row.

    `unchanged`: one of them said the same. Else `changed` are the weapons they became, each with what differs;
    `earlier` is the one row that this one takes the place of, None where there is none or no telling which.
    """

    unchanged: bool = False
    changed: tuple[Alike, ...] = ()
    earlier: KnownRow | None = None

    def known(self, draft: Draft, run: Run, weapon: WeaponId) -> KnownRow:
        """Return the row as it is to be known from now on; its weapon is 0 until somebody says which it is."""
        fresh = self.earlier or KnownRow(0, draft.identity, 0, 0, {})
        return replace(fresh, run=run.id, row=draft.row, cells=draft.cells, weapon=fresh.weapon or weapon)


class Recogniser:
    """Knows the rows of a batch again that earlier files brought; rows of the same run are none of them."""

    def __init__(self, batch: Sequence[Draft], stores: IntakeStores, run: int) -> None:
        identities = {draft.identity for draft in batch if draft.identity}
        self._known = stores.intake.known_rows(identities) if identities else {}
        self._persons = stores.persons
        self._run = run

    def recognise(self, draft: Draft) -> Recognition:
        """Compare a row with what earlier files said under its key."""
        earlier = [each for each in self._known.get(draft.identity, ()) if each.run != self._run]
        if not earlier or draft.as_continued().refused:
            return Recognition()
        said = [(each, differences(each.cells, draft, self._persons)) for each in earlier]
        if not all(changed for _, changed in said):
            return Recognition(unchanged=True)
        alike = {each.weapon: Alike("intake.row_changed", (), each.weapon, changed=told) for each, told in said}
        alike.pop(WeaponId(0), None)
        return Recognition(changed=tuple(alike.values()), earlier=earlier[0] if len(earlier) == 1 else None)


def differences(before: Mapping[str, str], draft: Draft, persons: PersonStore) -> tuple[str, ...]:
    """Return what a row says otherwise than before, as `column: before → now`; a person's data are compared unseen.

    Data that were erased are taken for unchanged: who was forgotten lawfully is not brought back by an old file.
    """
    now = draft.cells
    names = [name for name in {**before, **now} if before.get(name, "") != now.get(name, "")]
    return tuple(
        f"{name}: {_short(before.get(name, ''))} → {_short(now.get(name, ''))}"
        for name in names
        if not _same_person(before.get(name, ""), now.get(name, ""), draft, persons)
    )


def _same_person(before: str, now: str, draft: Draft, persons: PersonStore) -> bool:
    old, new = person_commitment(before), person_commitment(now)
    drawn = next((each for each in draft.persons if each.commitment == new), None)
    if not old or drawn is None:
        return False
    try:
        return persons.get(old)[1] == drawn.data
    except KeyError:
        return True


def _short(text: str) -> str:
    return f"{text[:_SHORT]}…" if person_commitment(text) else text or "–"
