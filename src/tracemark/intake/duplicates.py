from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tracemark.intake.drafts import Draft, PlainParts, marks_of
from tracemark.intake.faults import fault
from tracemark.kernel import Finding, Plain
from tracemark.marking import Likeness, Mark, same_marks
from tracemark.recordkeeping import WeaponState
from tracemark.weapons import WeaponId


@dataclass(frozen=True, slots=True)
class Bearer:
    """A weapon of the register, with those of its marks that bear a serial, each with what is known of the weapon."""

    weapon: WeaponId
    marks: tuple[Mark, ...]

    @classmethod
    def of(cls, state: WeaponState) -> "Bearer":
        """Return a weapon as it is compared; what a mark does not say of maker, model and calibre the weapon does."""
        known = state.description
        marks = [
            replace(
                mark,
                maker=mark.maker or known.maker,
                model=mark.model or known.model,
                calibre=mark.calibre or known.calibre,
            )
            for mark in state.marks
            if mark.serial
        ]
        return cls(state.weapon, tuple(marks))


@dataclass(frozen=True, slots=True)
class Alike:
    """A weapon that a row may be: `code` says whether its marks are the same or look alike, `reasons` in what.

    Where the weapon stands in the same file and was not recorded yet, `weapon` is 0 and `row` says where. A row that an
    earlier file brought in other words says in `changed` what differs.
    """

    code: str
    reasons: tuple[str, ...]
    weapon: WeaponId = WeaponId(0)
    row: int = 0
    changed: tuple[str, ...] = ()

    def finding(self, draft: Draft, weapon: WeaponId) -> Finding:
        """Say of a held row why it is held against a weapon."""
        if self.changed:
            return fault(self.code, draft.row, "", "", weapon=weapon, changed=list(self.changed))
        return fault(
            self.code, draft.row, "serial", ", ".join(draft.serials), weapon=weapon, reasons=list(self.reasons)
        )


@dataclass(frozen=True, slots=True)
class Earlier:
    """A row of the same file that was taken before."""

    row: int
    marks: tuple[Mark, ...]


class FileMarks:
    """The marks of a file's rows taken so far, to be found by look-alike key; of each row only what is compared."""

    def __init__(self) -> None:
        self._by_key: dict[str, int | list[int]] = {}
        self._compared: dict[int, tuple[Mapping[str, Plain], PlainParts]] = {}

    def add(self, draft: Draft) -> None:
        """Remember a row that was taken."""
        self._compared[draft.row] = draft.weapon, draft.marks
        for key in draft.keys:
            held = self._by_key.get(key)
            if held is None:
                self._by_key[key] = draft.row
            elif isinstance(held, list):
                held.append(draft.row)
            else:
                self._by_key[key] = [held, draft.row]

    def earlier(self, draft: Draft) -> list[Earlier]:
        """Return the rows that share a look-alike key with this one."""
        rows: dict[int, None] = {}
        for key in draft.keys:
            held = self._by_key.get(key)
            if held is not None:
                rows |= dict.fromkeys(held if isinstance(held, list) else [held])
        return [Earlier(row, tuple(marks_of(*self._compared[row]))) for row in rows]


def alike(
    draft: Draft, bearers: Mapping[str, Sequence[Bearer]], earlier: Iterable[Earlier]
) -> tuple[list[Alike], list[Alike]]:
    """Return the weapons and rows a draft may be the same as, and those that only repeat its serial.

    The first are held for judgement, never dropped or merged. The second bear the same maker's serial on
    another model or calibre, which happens, and is said. Source: ITI 8(a).
    """
    held: list[Alike] = []
    repeated: list[Alike] = []
    marks: list[Mark] = []
    found = {bearer.weapon: bearer for key in draft.keys for bearer in bearers.get(key, ())} if bearers else {}
    compared = [(bearer.weapon, 0, bearer.marks) for bearer in found.values()]
    compared += [(WeaponId(0), each.row, each.marks) for each in earlier]
    for weapon, row, others in compared:
        marks = marks or draft.marks_read()
        comparison = same_marks(marks, others)
        if comparison.likeness is Likeness.SAME:
            held.append(Alike("intake.same_marks", comparison.reasons, weapon, row))
        elif comparison.likeness is Likeness.LOOK_ALIKE:
            one = _look_alike(comparison.reasons, weapon, row)
            (held if one.code == "intake.look_alike_marks" else repeated).append(one)
    return held, [each for each in repeated if each.code]


def _look_alike(reasons: tuple[str, ...], weapon: WeaponId, row: int) -> Alike:
    """A look-alike is judged by people unless model or calibre are known to differ."""
    if not any(reason in _OTHER_WEAPON for reason in reasons):
        return Alike("intake.look_alike_marks", reasons, weapon, row)
    return Alike("intake.serial_repeated" if "marking.serial_same" in reasons else "", reasons, weapon, row)


_OTHER_WEAPON = frozenset({"marking.model_differs", "marking.calibre_differs"})
