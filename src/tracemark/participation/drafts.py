import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from tracemark.kernel import Finding, Plain
from tracemark.participation.voices import PARTICIPATION, ContributionSort, Voice, Words

MOST_TEXT = 3000
"""How many characters a text has at most."""

MOST_LINE = 300
"""How many characters a source, a method, a name or an address to answer to has at most."""

MOST_WAITING = 500
"""With so many undecided no more are received: nobody can fill the record from outside."""

_MARKUP = re.compile(r"<\s*[/!a-zA-Z]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_FIRST_YEAR = 1900
_LARGEST = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class ContributionDraft:
    """What somebody typed into the public form. `value` and `year` are text as typed, `agreed` the consent.

    Unless `named`, neither name nor contact is kept, whatever was typed.
    """

    sort: ContributionSort
    voice: Voice
    text: str = ""
    question: str = ""
    year: str = ""
    value: str = ""
    source: str = ""
    method: str = ""
    named: bool = False
    name: str = ""
    contact: str = ""
    agreed: bool = False

    @property
    def of_shadow(self) -> bool:
        return self.sort is ContributionSort.SHADOW

    def words(self) -> Words:
        """Return what is kept of it; it must be without findings."""
        told = {each: _clean(getattr(self, each)) for each in ("text", "source", "method")}
        if not self.of_shadow:
            told = {"text": told["text"]}
        who = {each: _clean(getattr(self, each)) for each in ("name", "contact")} if self.named else {}
        return Words(value=_number(self.value) if self.of_shadow else None, **told, **who)


def draft_findings(draft: ContributionDraft, this_year: int) -> Iterator[Finding]:
    """Yield what keeps a contribution from being received.

    Source: BMS7 MEAS.5.
    """
    if not draft.agreed:
        yield _finding("participation.not_agreed", "agreed")
    needed = ("source", "method") if draft.of_shadow else ("text",)
    for name in needed:
        if not _clean(getattr(draft, name)):
            yield _finding(f"participation.{name}_missing", name)
    if draft.named and not _clean(draft.name):
        yield _finding("participation.name_missing", "name")
    for name in ("text", "source", "method", "name", "contact"):
        text, most = getattr(draft, name), MOST_TEXT if name == "text" else MOST_LINE
        if len(text) > most:
            yield _finding("participation.text_long", name, most=most)
        if _MARKUP.search(text):
            yield _finding("participation.markup", name)
    if draft.of_shadow:
        yield from _number_findings(draft, this_year)


def year_of(draft: ContributionDraft) -> int | None:
    """Return the year a number is of; None in a comment."""
    return int(draft.year) if draft.of_shadow else None


def _number_findings(draft: ContributionDraft, this_year: int) -> Iterator[Finding]:
    if _number(draft.value) is None:
        yield _finding("participation.not_a_number", "value")
    year = draft.year.strip()
    if not (year.isascii() and year.isdecimal() and _FIRST_YEAR <= int(year) <= this_year):
        yield _finding("participation.no_such_year", "year", first=str(_FIRST_YEAR), last=str(this_year))


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and 0 <= found <= _LARGEST else None


def _clean(text: str) -> str:
    """Without what cannot be seen and could turn text around."""
    return _CONTROL.sub("", text).strip()


def _finding(code: str, name: str, /, **facts: Plain) -> Finding:
    return Finding(code, PARTICIPATION, {"field": name, **facts})
