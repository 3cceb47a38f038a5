import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from tracemark.marking import look_alike
from tracemark.tracing.matching.annotations import (
    Annotation,
    annotations_of,
    counts_places,
    doubts_only,
    each_end,
    ends_words,
    figures_counting,
    is_label,
    opens_what_follows,
    parts_alike,
)
from tracemark.tracing.matching.atoms import UNREAD, Atom, Kind, atoms_within, is_worded, width
from tracemark.tracing.matching.drafts import Draft, is_placeholder, joined_spans
from tracemark.tracing.matching.leads import completed
from tracemark.tracing.matching.options import (
    either_of,
    is_whole,
    merged_numbers,
    met_numbers,
    option_follows,
    options_within,
)
from tracemark.tracing.matching.readings import (
    MOST_PLACES,
    Means,
    Place,
    Reading,
    UnreadableReading,
    alternatives,
    written_places,
)
from tracemark.tracing.matching.remarks import Question, Remark
from tracemark.tracing.matching.vocabulary import Sort

_CLUSTERS = re.compile(r"[^\W_](?:(?![^\W_]).)*", re.DOTALL)
_SMALL_X = re.compile(r"x{2,}")
_LETTERS = (Kind.RUN, Kind.STRANGE)
_LEGIBLE = (Kind.RUN, Kind.QUOTE, Kind.EITHER)
_NUMBERS = (*_LEGIBLE, *UNREAD)


@dataclass(slots=True)
class Walk:
    """One walk through the atoms of a text."""

    text: str
    draft: Draft = field(default_factory=Draft)
    legends: set[str] = field(default_factory=set)
    readings: list[Reading] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def take(self, atoms: Sequence[Atom], *, literal: bool = False) -> None:
        place = 0
        while place < len(atoms):
            length = self._words(atoms, place) or self._options(atoms, place)
            if not length:
                self._one(atoms, place, literal=literal)
            place += max(length, 1)

    def finish(self) -> None:
        """End the reading in hand and begin another."""
        draft, self.draft = self.draft, Draft()
        if not draft.says:
            return
        if is_placeholder(draft):
            self._set_aside(draft, draft.places, Sort.PLACEHOLDER)
        places, against = completed(draft)
        if len(places) > MOST_PLACES:
            self._ask("tracing.reading_too_long", places[MOST_PLACES].span)
            self._set_aside(draft, places, "too_long")
            places = []
        self.remarks.extend(Remark("gap", *each.span) for each in places if each.gap and self._mixed(each.span))
        for each in against:
            self._ask("tracing.question_count", (each.start, each.end))
        reading = draft.reading(self.text, places)
        self.readings.extend([reading, *(replace(reading, part=each) for each in draft.alike if places)])

    def _set_aside(self, draft: Draft, places: Sequence[Place], says: str) -> None:
        spans = list(joined_spans((each.span for each in places), self.text))
        self.remarks.extend(Remark(says, *span) for span in spans)
        draft.places, draft.hints = [], [(0, span) for span in spans]

    def _ask(self, code: str, span: tuple[int, int]) -> None:
        self.questions.append(Question(code, *span))

    def _words(self, atoms: Sequence[Atom], begun: int) -> int:
        """Take the words that stand together from here; return how many atoms they are."""
        end = begun
        while end < len(atoms) and (atoms[end].kind is Kind.WORD or counts_places(atoms, end, self.text)):
            end += 1
            if opens_what_follows(atoms[end - 1], self.text) or ends_words(atoms, end, self.text):
                break
        if end == begun:
            return 0
        words = atoms[begun:end]
        self._note(words)
        numbered = end < len(atoms) and atoms[end].kind in _NUMBERS
        opens = opens_what_follows(words[-1], self.text) or (self.draft.closed and numbered and doubts_only(words))
        for each in annotations_of(words, self.text):
            self._said(each, opens=opens, led=end < len(atoms) and atoms[end].kind in _LEGIBLE)
        if numbered != bool(self.draft.places):
            self.draft.alike = self.draft.alike or parts_alike(words)
        return end - begun

    def _note(self, atoms: Iterable[Atom]) -> None:
        for each in atoms:
            if each.meaning:
                self.remarks.append(Remark(each.meaning.sort, each.start, each.end, each.meaning.value))
                if each.meaning.sort is Sort.OR:
                    self._ask("tracing.question_alternatives", (each.start, each.end))
            else:
                self.remarks.append(Remark("count", each.start, each.end))

    def _said(self, annotation: Annotation, *, opens: bool = False, bracketed: bool = False, led: bool = False) -> None:
        draft = self._draft_for(annotation, opens=opens)
        draft.part = draft.part or annotation.part
        draft.means = annotation.means if draft.means in {Means.NOT_SAID, Means.REVEALED} else draft.means
        if annotation.empty:
            draft.empty = True
            if draft.places:
                self._ask("tracing.question_contradiction", (annotation.start, annotation.end))
        if led and annotation.leads:
            draft.leads.append((len(draft.places), annotation))
            draft.closed = False
            return
        if annotation.extent:
            draft.extents.append(annotation)
        elif Sort.UNREAD in annotation.sorts or (not draft.places and Sort.DAMAGE in annotation.sorts):
            draft.hints.append((len(draft.places), (annotation.start, annotation.end)))
        if Sort.DOUBT in annotation.sorts and not annotation.extent:
            draft.doubtful = True
        named = annotation.part or (bracketed and annotation.means)
        draft.closed |= bool((draft.places or draft.empty) and named) or Sort.AND in annotation.sorts

    def _draft_for(self, annotation: Annotation, *, opens: bool) -> Draft:
        """Return the reading that words are about: the one in hand, or another that they begin."""
        draft = self.draft
        aside = draft.closed and bool(draft.hints) and not draft.places
        written = bool(draft.places or draft.empty or aside)
        another = annotation.part and (draft.part or opens or aside)
        another = another or (opens and Sort.DOUBT in annotation.sorts)
        if written and (another or (annotation.empty and draft.closed)):
            self.finish()
        return self.draft

    def _options(self, atoms: Sequence[Atom], begun: int) -> int:
        """Take `0 or O`, or two numbers that differ in few places; return how many atoms they are."""
        runs = [begun]
        while option_follows(atoms, runs[-1]):
            runs.append(runs[-1] + 2)
        if len(runs) == 1:
            return 0
        spans = [(atoms[each].start, atoms[each].end) for each in runs]
        lists = [self._places_of(*span) for span in spans]
        self.remarks.extend(Remark(Sort.OR, atoms[each + 1].start, atoms[each + 1].end) for each in runs[:-1])
        self._open()
        whole = (spans[0][0], spans[-1][1])
        merged = merged_numbers(lists, whole)
        if merged is None:
            self._ask("tracing.question_alternatives", whole)
            merged = met_numbers(lists, whole)
            self.remarks.extend(Remark("strange", *span) for span in spans[1:] if merged is None)
        for place in merged or lists[0]:
            self.draft.add(place)
        return runs[-1] - begun + 1

    def _open(self) -> None:
        if self.draft.closed and (self.draft.places or self.draft.empty):
            self.finish()
        self.draft.closed = False

    def _one(self, atoms: Sequence[Atom], place: int, *, literal: bool) -> None:
        atom = atoms[place]
        if atom.kind in {Kind.COMMA, Kind.BREAK}:
            self.draft.closed |= self.draft.says
            return
        if atom.kind in _NUMBERS or (atom.kind is Kind.SQUARE and not is_worded(atom)):
            self._open()
        match atom.kind:
            case Kind.RUN:
                self._run(atoms, place, literal=literal)
            case Kind.SQUARE | Kind.ROUND:
                self._bracket(atoms, place, literal=literal)
            case _:
                self._whole(atom)

    def _whole(self, atom: Atom) -> None:
        """Take an atom that means the same whatever stands beside it."""
        match atom.kind:
            case Kind.ONE | Kind.STARS | Kind.MANY:
                self._unread(atom)
            case Kind.QUOTE:
                self.draft.quoted = True
                self.take(atom.inner, literal=True)
            case Kind.EITHER:
                self._either(atom)
            case Kind.LEGEND:
                self.remarks.append(Remark("legend", atom.start, atom.end, atom.value))
            case Kind.SYMBOL if atom.value:
                self.remarks.append(Remark("symbol", atom.start, atom.end, atom.value))
            case Kind.STRAY:
                self._stray(atom)
            case _:
                self._strange(atom)

    def _run(self, atoms: Sequence[Atom], place: int, *, literal: bool) -> None:
        atom = atoms[place]
        span = (atom.start, atom.end)
        if not literal and not self.draft.places and is_label(self.text, atoms, place):
            self.remarks.append(Remark("strange", *span))
            self._ask("tracing.question_label", span)
            return
        before = self.draft.places[-1:]
        places = self._places_of(*span)
        if not literal:
            self._doubt_run(span, places, atoms, place)
            self._slash(span, places, before if self.draft.places[-1:] == before else [])
        self.draft.runs.append(span)
        for each in places:
            self.draft.add(each)

    def _doubt_run(self, span: tuple[int, int], places: list[Place], atoms: Sequence[Atom], place: int) -> None:
        """Ask where a run may be a number of its own, or holds small x for places that cannot be read."""
        word = self.text[slice(*span)]
        last = self.draft.runs[-1:] if place and atoms[place - 1].kind is Kind.RUN else []
        whole = last and all(is_whole(self.text[slice(*each)]) for each in (*last, span))
        between = self.text[last[0][1] : span[0]] if whole else ""
        if between.isspace() or (between == "/" and all(map(self._mixed, (*last, span)))):
            self._ask("tracing.question_two_numbers", (last[0][0], span[1]))
            self.finish()
        small = {each for each in word if each.islower()}
        if small == {"x"} and "x" not in self.legends and _SMALL_X.search(word):
            self._ask("tracing.question_x", span)
            places[:] = [replace(each, allowed="") if each.written == ("x",) else each for each in places]

    def _mixed(self, span: tuple[int, int]) -> bool:
        return any(map(str.isalpha, self.text[slice(*span)]))

    def _slash(self, span: tuple[int, int], places: list[Place], before: list[Place]) -> None:
        """Ask about `AB0/O12`: a stroke between look-alikes separates, or says that the place is one of them."""
        start = span[0]
        if not before or not places or self.text[start - 1 : start] != "/" or before[0].span[1] != start - 1:
            return
        one, other = before[0], places[0]
        if one.written and other.written and look_alike(one.written[0], other.written[0]):
            self._ask("tracing.question_alternatives", (one.span[0], other.span[1]))
            self.draft.places[-1] = either_of([one, other], (one.span[0], other.span[1]))
            del places[0]

    def _places_of(self, start: int, end: int) -> list[Place]:
        found: list[Place] = []
        for cluster in _CLUSTERS.finditer(self.text, start, end):
            places = written_places(self.text, *cluster.span())
            if cluster[0] in self.legends:
                places = [Place(span=cluster.span())]
            if not places:
                self.remarks.append(Remark("strange", *cluster.span()))
            found.extend(places)
        return found

    def _unread(self, atom: Atom) -> None:
        span = (atom.start, atom.end)
        if atom.kind is Kind.MANY:
            self.draft.add(Place(gap=True, span=span))
            return
        signs = [place for place in range(*span) if not self.text[place].isspace()]
        if atom.kind is Kind.STARS:
            self.remarks.append(Remark("counted", *span, str(len(signs))))
        for sign in signs:
            self.draft.add(Place(span=(sign, sign + 1)))

    def _either(self, atom: Atom) -> None:
        signs = [written_places(self.text, at, at + 1) for at in (atom.start, atom.end - 1)]
        if all(len(each) == 1 for each in signs):
            self.draft.add(either_of([each[0] for each in signs], (atom.start, atom.end)))

    def _bracket(self, atoms: Sequence[Atom], place: int, *, literal: bool) -> None:
        atom = atoms[place]
        if not atom.inner:
            self._empty_bracket(atom)
        elif atom.kind is Kind.SQUARE and not is_worded(atom):
            self._square(atom)
        elif atom.value in {"?", "??"}:
            self._questioned(atoms, place)
        elif (options := options_within(atom, self.text)) is not None:
            self._open()
            self.draft.add(options)
        elif not self._doubtful_within(atom):
            self._spoken(atom, literal=literal)

    def _spoken(self, atom: Atom, *, literal: bool) -> None:
        if any(each.kind is Kind.WORD for each in atom.inner) and not literal:
            self._annotated(atom)
        else:
            self._unclear(atom)

    def _empty_bracket(self, atom: Atom) -> None:
        if atom.kind is Kind.SQUARE:
            self._ask("tracing.reading_bracket_empty", (atom.start, atom.end))

    def _square(self, atom: Atom) -> None:
        try:
            self.draft.add(alternatives(self.text, atom.start, atom.end))
        except UnreadableReading as error:
            self._ask(error.code, (error.position, error.position + 1))
            inner = list(atoms_within(atom.inner))
            runs = [each for each in inner if each.kind in _LETTERS]
            places = [place for run in runs for place in self._places_of(run.start, run.end)]
            if error.code == "tracing.reading_bracket_not_closed" and len(places) > 1:
                places = [either_of(places, (atom.start, atom.end))]
            for each in places:
                self.draft.add(each)
            self._leave_aside(each for each in inner if each.kind not in _LETTERS)

    def _leave_aside(self, atoms: Iterable[Atom]) -> None:
        self.remarks.extend(Remark("strange", each.start, each.end) for each in atoms)

    def _questioned(self, atoms: Sequence[Atom], place: int) -> None:
        """Take `(?)`: between characters it doubts the one before, behind the number the whole."""
        atom = atoms[place]
        following = atoms[place + 1] if place + 1 < len(atoms) else None
        against = following is not None and following.start == atom.end and following.kind in {*_NUMBERS, Kind.SQUARE}
        before = self.draft.places[-1] if self.draft.places else None
        if against and before is not None and before.allowed and before.span[1] == atom.start:
            self.draft.places[-1] = replace(before, doubtful=True)
        elif before is None and following is not None and following.kind in _NUMBERS:
            self._open()
            self.draft.add(Place(span=(atom.start, atom.end)))
        else:
            self.draft.doubtful = True

    def _doubtful_within(self, atom: Atom) -> bool:
        """Take `(8?)`: characters of which the examiner is not sure."""
        *body, last = atom.inner
        if not body or last.kind is not Kind.ONE or any(each.kind not in {Kind.RUN, Kind.SQUARE} for each in body):
            return False
        self._open()
        before = len(self.draft.places)
        for each in body:
            if each.kind is Kind.SQUARE:
                self._square(each)
            else:
                self.draft.places.extend(self._places_of(each.start, each.end))
        self.draft.doubt_from(before)
        return True

    def _annotated(self, atom: Atom) -> None:
        counts = figures_counting(atom, self.text)
        known = [each for each in atom.inner if each.kind is Kind.WORD or each in counts]
        choices = [each for each in known if each.meaning and each.meaning.sort is Sort.OR]
        self.remarks.extend(Remark(Sort.OR, each.start, each.end) for each in choices)
        self._note(each for each in known if each not in choices)
        runs = [each for each in atom.inner if each.kind is Kind.RUN and each not in counts]
        self._leave_aside(runs)
        if runs:
            self._ask("tracing.question_bracket", (atom.start, atom.end))
        for each in atom.inner:
            if each.kind in {Kind.STRANGE, Kind.ROUND, Kind.SQUARE, Kind.QUOTE, Kind.STRAY, Kind.EITHER}:
                self._strange(each)
            elif each.kind in {Kind.LEGEND, Kind.SYMBOL}:
                self._whole(each)
        for said in each_end(known, self.text):
            self._said(said, bracketed=True)

    def _unclear(self, atom: Atom) -> None:
        """Ask about characters in round brackets; they are taken as doubtful until somebody says."""
        inner = [each for each in atoms_within(atom.inner) if each.kind is not Kind.COMMA]
        if inner and all(each.kind in {Kind.LEGEND, Kind.SYMBOL} or each.meaning for each in inner):
            self.take(atom.inner)
        elif any(each.kind is Kind.STRANGE for each in inner):
            self._leave_aside(inner)
            self._ask("tracing.question_word", (atom.inner[0].start, atom.inner[-1].end))
        else:
            self._open()
            before = len(self.draft.places)
            self.take([each for each in atom.inner if each.kind is not Kind.COMMA], literal=True)
            self.draft.doubt_from(before)
            self._ask("tracing.question_bracket", (atom.start, atom.end))

    def _stray(self, atom: Atom) -> None:
        sign = width(self.text[atom.start])
        codes = {"[": "tracing.reading_bracket_not_closed", "]": "tracing.reading_bracket_not_opened"}
        self._ask(codes.get(sign, "tracing.question_unpaired"), (atom.start, atom.end))

    def _strange(self, atom: Atom) -> None:
        """Leave letters aside that are rather a word, and ask; what they may hide is an unknown number of places."""
        span = (atom.start, atom.end)
        self.remarks.append(Remark("strange", *span))
        self._ask("tracing.question_word", span)
        if atom.kind is Kind.STRANGE:
            self.draft.hints.append((len(self.draft.places), span))
