import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from tracemark.tracing.matching.atoms import Atom, Kind, atoms_within
from tracemark.tracing.matching.drafts import Draft, is_placeholder, joined_spans
from tracemark.tracing.matching.leads import completed
from tracemark.tracing.matching.options import either_of
from tracemark.tracing.matching.readings import (
    MOST_PLACES,
    Place,
    Reading,
    UnreadableReading,
    alternatives,
    written_places,
)
from tracemark.tracing.matching.remarks import Question, Remark
from tracemark.tracing.matching.splitting import width
from tracemark.tracing.matching.vocabulary import Sort

_CLUSTERS = re.compile(r"[^\W_](?:(?![^\W_]).)*", re.DOTALL)
_LETTERS = (Kind.RUN, Kind.STRANGE)


@dataclass(slots=True)
class Writing:
    """What is being written down of a text: the reading in hand, those before it, remarks and questions."""

    text: str
    draft: Draft = field(default_factory=Draft)
    legends: set[str] = field(default_factory=set)
    readings: list[Reading] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def finish(self) -> None:
        """End the reading in hand and begin another."""
        draft, self.draft = self.draft, Draft()
        if not draft.says:
            return
        if is_placeholder(draft):
            self._set_aside(draft, draft.places, Sort.PLACEHOLDER)
        places, against = completed(draft)
        kept = {each.span for each in places}
        told_twice = [each.span for each in draft.places if each.span not in kept]
        self.remarks.extend(Remark(Sort.POSITION, *span) for span in told_twice)
        if len(places) > MOST_PLACES:
            self.ask("tracing.reading_too_long", places[MOST_PLACES].span)
            self._set_aside(draft, places, "too_long")
            places = []
        self.remarks.extend(Remark("gap", *each.span) for each in places if each.gap and self.mixed(each.span))
        for each in against:
            self.ask("tracing.question_count", (each.start, each.end))
        reading = draft.reading(self.text, places)
        self.readings.extend([reading, *(replace(reading, part=each) for each in draft.alike if places or draft.empty)])

    def _set_aside(self, draft: Draft, places: Sequence[Place], says: str) -> None:
        spans = list(joined_spans((each.span for each in places), self.text))
        self.remarks.extend(Remark(says, *span) for span in spans)
        draft.places, draft.hints = [], [(0, span) for span in spans]

    def ask(self, code: str, span: tuple[int, int]) -> None:
        self.questions.append(Question(code, *span))

    def mixed(self, span: tuple[int, int]) -> bool:
        return any(map(str.isalpha, self.text[slice(*span)]))

    def places_of(self, start: int, end: int) -> list[Place]:
        found: list[Place] = []
        for cluster in _CLUSTERS.finditer(self.text, start, end):
            places = written_places(self.text, *cluster.span())
            if cluster[0] in self.legends:
                places = [Place(span=cluster.span())]
            if not places:
                self.remarks.append(Remark("strange", *cluster.span()))
            found.extend(places)
        return found

    def unread(self, atom: Atom) -> None:
        span = (atom.start, atom.end)
        if atom.kind is Kind.MANY:
            self.draft.add(Place(gap=True, span=span))
            return
        signs = [place for place in range(*span) if not self.text[place].isspace()]
        if atom.kind is Kind.STARS:
            self.remarks.append(Remark("counted", *span, str(len(signs))))
        for sign in signs:
            self.draft.add(Place(span=(sign, sign + 1)))

    def either(self, atom: Atom) -> None:
        signs = [written_places(self.text, at, at + 1) for at in (atom.start, atom.end - 1)]
        if all(len(each) == 1 for each in signs):
            self.draft.add(either_of([each[0] for each in signs], (atom.start, atom.end)))

    def square(self, atom: Atom) -> None:
        try:
            self.draft.add(alternatives(self.text, atom.start, atom.end))
        except UnreadableReading as error:
            self.ask(error.code, (error.position, error.position + 1))
            inner = list(atoms_within(atom.inner))
            runs = [each for each in inner if each.kind in _LETTERS]
            places = [place for run in runs for place in self.places_of(run.start, run.end)]
            if error.code == "tracing.reading_bracket_not_closed" and len(places) > 1:
                places = [either_of(places, (atom.start, atom.end))]
            for each in places:
                self.draft.add(each)
            self.leave_aside(each for each in inner if each.kind not in _LETTERS)

    def leave_aside(self, atoms: Iterable[Atom]) -> None:
        self.remarks.extend(Remark("strange", each.start, each.end) for each in atoms)

    def open(self) -> None:
        if self.draft.closed and self.draft.places and self.draft.lacks_rest:
            self.draft.rests.append(len(self.draft.places))
        elif self.draft.closed and (self.draft.places or self.draft.empty):
            self.finish()
        self.draft.closed = False

    def stray(self, atom: Atom) -> None:
        sign = width(self.text[atom.start])
        codes = {"[": "tracing.reading_bracket_not_closed", "]": "tracing.reading_bracket_not_opened"}
        self.ask(codes.get(sign, "tracing.question_unpaired"), (atom.start, atom.end))

    def strange(self, atom: Atom) -> None:
        """Leave letters aside that are rather a word, and ask; what they may hide is an unknown number of places."""
        span = (atom.start, atom.end)
        self.remarks.append(Remark("strange", *span))
        self.ask("tracing.question_word", span)
        if atom.kind is Kind.STRANGE:
            self.draft.hints.append((len(self.draft.places), span))
