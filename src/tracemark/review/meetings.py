"""The meetings of States: when each is or was, where, what it adopted, and how sure that is."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from tracemark.instruments import Confidence
from tracemark.kernel import Finding, NotToml, PartialDate, Plain, Refused, cite, toml_tables
from tracemark.targets import Row

_CALENDAR = cite("PoA IV.1b")


class MeetingKind(StrEnum):
    """What sort of meeting: the conference of 2001, biennial, review conference, of experts, of the technical group."""

    CONFERENCE = "conference"
    BMS = "bms"
    REVCON = "revcon"
    MGE = "mge"
    OETEG = "oeteg"


REVIEWING = frozenset({MeetingKind.CONFERENCE, MeetingKind.BMS, MeetingKind.REVCON})
"""The meetings that look at how far States have come; from one to the next is a cycle."""


class MeetingsUnreadable(Refused):
    """A file of meetings cannot be taken as it was written; each finding names the file, the meeting and the field."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of States. `number` counts meetings of its kind, 0 where they are not counted.

    `outcome` is the instrument whose paragraphs it adopted, as `instruments` holds it, "" where it holds none. `source`
    says where the days were seen, `link` leads there where it has an address, and `confidence` says how sure they are.
    """

    code: str
    kind: MeetingKind
    number: int
    first: PartialDate
    last: PartialDate
    place: str
    outcome: str
    source: str
    confidence: Confidence
    checked_on: date
    note: str = ""
    link: str = ""

    def plain(self) -> dict[str, Plain]:
        """As JSON says it."""
        return {
            "code": self.code,
            "kind": self.kind.value,
            "number": self.number,
            "first": str(self.first),
            "last": str(self.last),
            "place": self.place,
            "outcome": self.outcome,
            "source": self.source,
            "confidence": self.confidence.value,
            "checked_on": self.checked_on.isoformat(),
            "note": self.note,
            "link": self.link,
        }


@dataclass(frozen=True, slots=True)
class Calendar:
    """Meetings by code, the earliest first."""

    meetings: Mapping[str, Meeting]

    def meeting(self, code: str) -> Meeting:
        """Raises: KeyError: no such meeting is known."""
        return self.meetings[code]

    def before(self, meeting: Meeting) -> Meeting | None:
        """Return the last meeting before another that looked at how far States had come; None before the first."""
        earlier = [
            each
            for each in self.meetings.values()
            if each.kind in REVIEWING and each.first.year < meeting.first.year and each.code != meeting.code
        ]
        return earlier[-1] if earlier else None

    def next_after(self, today: date) -> Meeting | None:
        """Return the next meeting that is not over on a day; None where none is known."""
        return next((each for each in self.meetings.values() if each.last.last >= today), None)

    def overlay(self, text: str, file: str) -> "Calendar":
        """Return a calendar in which the meetings of a State's own text take the place of those of the same code.

        Raises:
            MeetingsUnreadable: the text cannot be read.
        """
        return Calendar(_in_order({**self.meetings, **read_meetings(text, file)}))


def read_meetings(text: str, file: str) -> dict[str, Meeting]:
    """Read meetings from TOML, by code.

    Raises:
        MeetingsUnreadable: it is no TOML, or a meeting lacks something or says what cannot be.
    """
    try:
        told = toml_tables(text)
    except NotToml as error:
        raise MeetingsUnreadable([Finding("targets.not_toml", _CALENDAR, {"file": file, **error.facts})]) from None
    faults: list[Finding] = []
    Row({name: each for name, each in told.items() if name != "meeting"}, file, "meetings", faults).allow(())
    listed = told.get("meeting", {})
    found = {
        code: _meeting(code, Row(each if isinstance(each, dict) else {}, file, f"meeting.{code}", faults))
        for code, each in (listed if isinstance(listed, dict) else {}).items()
    }
    if faults:
        raise MeetingsUnreadable(faults)
    return found


@cache
def shipped_calendar() -> Calendar:
    """Return the meetings that come with the software."""
    text = (files("tracemark.review") / "dates" / "meetings.toml").read_text("utf-8")
    return Calendar(_in_order(read_meetings(text, "meetings.toml")))


def _meeting(code: str, row: Row) -> Meeting:
    row.allow([each.name for each in fields(Meeting) if each.name != "code"])
    first = _partial(row, "first")
    last = _partial(row, "last")
    if last.last < first.first:
        row.fault("targets.ends_before_start", "last", start=str(first), end=str(last))
    return Meeting(
        code=code,
        kind=row.word("kind", MeetingKind) or MeetingKind.BMS,
        number=int(row.amount("number") or 0),
        first=first,
        last=last,
        place=row.text("place"),
        outcome=row.text("outcome"),
        source=row.text("source", needed=True),
        confidence=row.word("confidence", Confidence) or Confidence.FROM_MEMORY,
        checked_on=row.day("checked_on"),
        note=row.text("note"),
        link=_link(row),
    )


def _link(row: Row) -> str:
    text = row.text("link")
    if text and not text.startswith("https://"):
        row.fault("targets.field_unfit", "link", value=text[:60], like="https://…")
    return text


def _partial(row: Row, field: str) -> PartialDate:
    text = row.text(field, needed=True)
    try:
        return PartialDate.parse(text or "0001")
    except ValueError:
        row.fault("targets.field_unfit", field, value=text[:60], like="2026-06-01, 2026-06, 2026")
        return PartialDate(1)


def _in_order(meetings: Mapping[str, Meeting]) -> dict[str, Meeting]:
    def place(found: tuple[str, Meeting]) -> tuple[Any, ...]:
        return found[1].first.first, found[1].kind is MeetingKind.OETEG, found[0]

    return dict(sorted(meetings.items(), key=place))
