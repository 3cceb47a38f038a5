from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracemark.kernel import PartialDate, Plain, altered
from tracemark.marking import fold_serial
from tracemark.tracing.lost.entries import LostWeapon, refuse_list
from tracemark.weapons import Catalogue

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "serial": ("serial", "serial number", "serial no", "serial_number"),
    "how": ("how", "status", "record type", "lost or stolen"),
    "reference": ("reference", "record", "record id", "record number", "iarms id", "id"),
    "since": ("since", "date", "date of loss", "date lost", "date stolen", "date of theft"),
    "kind": ("kind", "type", "firearm type", "weapon type", "type of firearm"),
    "maker": ("maker", "make", "manufacturer"),
    "model": ("model",),
    "calibre": ("calibre", "caliber"),
    "country": ("country", "country of manufacture", "country of origin", "manufacturing country"),
}
_HOW: Mapping[str, str] = {"": "lost", "lost": "lost", "missing": "lost", "stolen": "stolen", "theft": "stolen"}
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong in one row of a file, counted as a spreadsheet counts; `code` is that of a sentence."""

    row: int
    field: str
    code: str
    value: str

    def plain(self) -> dict[str, Plain]:
        """Return it as JSON-ready values."""
        return {"row": self.row, "field": self.field, "code": self.code, "value": self.value}


def read_lost_rows(
    columns: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], known: Catalogue
) -> tuple[list[LostWeapon], list[RowFault]]:
    """Read the rows of a list of lost and stolen weapons, as iARMS and police forces write them, under known headings.

    Makers, kinds, calibres and States that the catalogue knows for certain become its codes; other words stay as
    written. A row in which something is wrong is not among the weapons.

    Raises:
        LostListRefused: no column is that of the number.
    """
    places = _places(columns)
    if "serial" not in places:
        raise refuse_list("tracing.lost_no_serial_column", columns=[each[:_LONGEST] for each in columns[:20]])
    weapons, faults = list[LostWeapon](), list[RowFault]()
    for number, cells in rows:
        told = {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()}
        if not any(told.values()):
            continue
        found = [RowFault(number, field, code, told[field][:_LONGEST]) for field, code in _faults(told, known)]
        faults += found
        if not found:
            weapons.append(_weapon(told, known))
    return weapons, faults


def knows_lost_list(columns: Sequence[str]) -> tuple[bool, int]:
    """Say whether a row can be the heading of a list: whether it names the number, and how many columns it names."""
    places = _places(columns)
    return "serial" in places, len(places)


def _places(columns: Sequence[str]) -> dict[str, int]:
    heads = [" ".join(each.replace("_", " ").split()).casefold() for each in columns]
    by_head = {head: at for at, head in reversed(list(enumerate(heads)))}
    found = ((name, next((by_head[each] for each in heads_of if each in by_head), None))
             for name, heads_of in _COLUMNS.items())  # fmt: skip
    return {name: at for name, at in found if at is not None}


def _faults(told: Mapping[str, str], known: Catalogue) -> Iterable[tuple[str, str]]:
    if altered(told["serial"]):
        yield "serial", "tracing.lost_row_altered"
    elif not fold_serial(told["serial"]):
        yield "serial", "tracing.lost_row_serial"
    if told.get("how", "").casefold() not in _HOW:
        yield "how", "tracing.lost_row_how"
    if told.get("country") and not known.find_state(told["country"]).certain:
        yield "country", "tracing.lost_row_country"
    if told.get("since"):
        try:
            PartialDate.parse(told["since"])
        except ValueError:
            yield "since", "tracing.lost_row_since"
    for name, value in told.items():
        if len(value) > _LONGEST:
            yield name, "tracing.lost_row_long"


def _weapon(told: Mapping[str, str], known: Catalogue) -> LostWeapon:
    finders = {"kind": known.find_kind, "maker": known.find_maker, "calibre": known.find_calibre}
    named = {name: value for name, value in told.items() if value and name != "how"}
    for name, find in finders.items():
        if name in named and (found := find(named[name])).certain:
            named[name] = found.code
    if "country" in named:
        named["country"] = known.find_state(named["country"]).code
    if "since" in named:
        named["since"] = str(PartialDate.parse(named["since"]))
    return LostWeapon(how=_HOW[told.get("how", "").casefold()], **named)
