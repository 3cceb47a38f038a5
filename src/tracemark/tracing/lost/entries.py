import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tracemark.kernel import Finding, PartialDate, Plain, Refused, cite
from tracemark.marking import fold_serial

TAG_BYTES = 16
SALT_BYTES = 32
_MOST_ENTRIES = 5_000
_LONGEST = 200
_TEXTS = ("reference", "since", "kind", "maker", "model", "calibre", "country", "serial")
_SHARED = cite("PoA II.37")


class LostListRefused(Refused):
    """A list of lost or stolen weapons cannot be shared or taken in as asked."""


class ListForm(StrEnum):
    """How a list is told: `full` in words, or `hashed`, each mark under a salt that goes along."""

    FULL = "full"
    HASHED = "hashed"


@dataclass(frozen=True, slots=True)
class LostWeapon:
    """A weapon that somebody looks for; catalogue codes where known, else as it was written.

    `how` is `lost` or `stolen`, `reference` what its list calls it, `since` a day, month or year. Source: PoA II.37.
    """

    serial: str
    how: str = "lost"
    reference: str = ""
    since: str = ""
    kind: str = ""
    maker: str = ""
    model: str = ""
    calibre: str = ""
    country: str = ""

    def plain(self) -> dict[str, Plain]:
        """Return it as JSON-ready values; what is unknown is left out."""
        told: dict[str, Plain] = {"how": self.how, **{name: getattr(self, name) for name in _TEXTS}}
        return {name: value for name, value in told.items() if value}

    @classmethod
    def of_plain(cls, told: Mapping[str, Any]) -> "LostWeapon":
        """Read it. Raises ValueError where it is none, KeyError where it bears no number."""
        if told.keys() - {"how", *_TEXTS}:
            raise ValueError("unknown words")
        found = cls(**{name: _text(value) for name, value in told.items()})
        if found.how not in {"lost", "stolen"} or not fold_serial(found.serial):
            raise ValueError("neither lost nor stolen, or no number")
        if found.since:
            PartialDate.parse(found.since)
        return found

    @property
    def keys(self) -> tuple[str, str]:
        """The keys under which it is looked for: with its maker ("" where that is unknown), and by number alone."""
        maker, serial = fold_serial(self.maker), fold_serial(self.serial)
        return f"{maker}:{serial}" if maker else "", f":{serial}"


@dataclass(frozen=True, slots=True)
class Marked:
    """An entry as it is compared: its tag with the maker, "" where none is known, and that of the number alone."""

    exact: str
    serial: str


@dataclass(frozen=True, slots=True)
class ListPart:
    """A list, or a part of a long one, as it travels: `number` is what its sender calls it, parts count from 1.

    `weapons` are those of a full list, and `marks` the tags of each entry, whatever the form; `salt` is "" in a full
    one. `issued_at` is RFC 3339, UTC: of two lists of a sender the later counts.
    """

    number: str
    issued_at: str
    form: ListForm
    salt: str = ""
    weapons: tuple[LostWeapon, ...] = ()
    marks: tuple[Marked, ...] = field(default=())
    part: int = 1
    parts: int = 1

    def body(self) -> dict[str, Plain]:
        """Return what is sent and kept."""
        if self.form is ListForm.FULL:
            entries: list[Plain] = [each.plain() for each in self.weapons]
        else:
            entries = [{"exact": each.exact, "serial": each.serial} for each in self.marks]
        told: dict[str, Plain] = {"list": self.number, "issued_at": self.issued_at, "form": self.form.value}
        return {**told, "salt": self.salt, "part": self.part, "parts": self.parts, "entries": entries}

    @property
    def tag(self) -> Callable[[str], str]:
        """What a key is compared by in this list."""
        return (lambda key: key) if self.form is ListForm.FULL else (lambda key: tag_of(self.salt, key))


def tag_of(salt: str, key: str) -> str:
    """Return the tag of a key under a list's salt: HMAC-SHA-256, its first 16 bytes, in hexadecimal. "" stays "".

    Whoever holds the list finds in it the marks that they know. Numbers are few enough to be tried one by one, so a
    list that is told is guarded like one in words: it is not laid open, not a secret from who has it.
    """
    return hmac.digest(bytes.fromhex(salt), key.encode(), hashlib.sha256)[:TAG_BYTES].hex() if key else ""


def list_parts(
    weapons: Sequence[LostWeapon], number: str, issued_at: str, form: ListForm, salt: bytes
) -> tuple[list[ListPart], list[int]]:
    """Lay weapons out as the parts of a list; return also the order: whose weapon each entry is, counted over parts.

    Entries of a hashed list stand in the order of their tags, which says nothing.
    """
    told = salt.hex() if form is ListForm.HASHED else ""
    marks = [_marked(each, told) for each in weapons]
    order = sorted(range(len(weapons)), key=lambda at: (marks[at].serial, marks[at].exact, at))
    starts = range(0, max(1, len(order)), _MOST_ENTRIES)
    parts = [
        ListPart(
            number,
            issued_at,
            form,
            told,
            tuple(weapons[at] for at in order[start : start + _MOST_ENTRIES]) if form is ListForm.FULL else (),
            tuple(marks[at] for at in order[start : start + _MOST_ENTRIES]),
            part,
            len(starts),
        )
        for part, start in enumerate(starts, 1)
    ]
    return parts, order


def entry_of(part: int, entry: int) -> int:
    """Return the place of a part's entry in the whole list, from 0."""
    return (part - 1) * _MOST_ENTRIES + entry


def read_part(told: Mapping[str, Any]) -> ListPart:
    """Read a list that came.

    Raises:
        LostListRefused: it is none.
    """
    try:
        return _read(told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise refuse_list("tracing.lost_list_unfit", why=str(error)[:_LONGEST]) from None


def refuse_list(code: str, **facts: Plain) -> LostListRefused:
    """Return the refusal of a list for one reason."""
    return LostListRefused([Finding(code, _SHARED, facts)])


def _read(told: Mapping[str, Any]) -> ListPart:
    form, entries = ListForm(told["form"]), told["entries"]
    part, parts = told["part"], told["parts"]
    if type(entries) is not list or len(entries) > _MOST_ENTRIES:
        raise ValueError("entries")
    if type(part) is not int or type(parts) is not int or not 1 <= part <= parts:
        raise ValueError("part")
    salt = _text(told["salt"])
    if form is ListForm.HASHED and len(bytes.fromhex(salt)) != SALT_BYTES:
        raise ValueError("salt")
    weapons = tuple(LostWeapon.of_plain(each) for each in entries) if form is ListForm.FULL else ()
    marks = tuple(_marked(each, "") for each in weapons) if weapons else tuple(map(_tags, entries))
    return ListPart(_text(told["list"]), _text(told["issued_at"]), form, salt, weapons, marks, part, parts)


def _marked(weapon: LostWeapon, salt: str) -> Marked:
    exact, serial = weapon.keys
    return Marked(tag_of(salt, exact), tag_of(salt, serial)) if salt else Marked(exact, serial)


def _tags(told: Mapping[str, Any]) -> Marked:
    exact, serial = _text(told["exact"]), _text(told["serial"])
    if len(bytes.fromhex(serial)) != TAG_BYTES or len(bytes.fromhex(exact)) not in {0, TAG_BYTES}:
        raise ValueError("tag")
    return Marked(exact, serial)


def _text(told: object) -> str:
    if not isinstance(told, str) or len(told) > _LONGEST:
        raise ValueError(f"{told!r:.80}")
    return told
