import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tracemark.marking import look_alike
from tracemark.tracing.matching.annotations import (
    Annotation,
    annotation_of,
    annotations_of,
    colon_behind,
    counts_places,
    doubts_only,
    each_end,
    ends_words,
    figures_counting,
    is_around,
    is_label,
    lists_places,
    names_a_place,
    of_the_next,
    parts_alike,
    parts_apart,
)
from tracemark.tracing.matching.atoms import UNREAD, Atom, Kind, atoms_within, is_worded
from tracemark.tracing.matching.drafts import Draft
from tracemark.tracing.matching.options import (
    either_of,
    is_whole,
    merged_numbers,
    met_numbers,
    option_follows,
    options_within,
)
from tracemark.tracing.matching.readings import (
    Means,
    Place,
)
from tracemark.tracing.matching.remarks import Remark
from tracemark.tracing.matching.splitting import width
from tracemark.tracing.matching.vocabulary import Sort
from tracemark.tracing.matching.writing import Writing

_SMALL_X = re.compile(r"x{2,}")
_LEGIBLE = (Kind.RUN, Kind.QUOTE, Kind.EITHER)
_WEAR = (Sort.UNREAD, Sort.DAMAGE)
_NUMBERS = (*_LEGIBLE, *UNREAD)


@dataclass(slots=True)
class Walk(Writing):
    """One walk through the atoms of a text."""

    def take(self, atoms: Sequence[Atom], *, literal: bool = False) -> None:
        place = 0
        while place < len(atoms):
            self._turn(atoms[place])
            length = self._around(atoms, place) or self._words(atoms, place) or self._options(atoms, place)
            if not length:
                self._one(atoms, place, literal=literal)
            place += max(length, 1)

    def _turn(self, atom: Atom) -> None:
        """Let a number behind a colon be the whole, where a part of it was told apart: "third digit 7 or 1: 44?1"."""
        before = self.draft.places[-1:]
        if atom.kind in _NUMBERS and before and self.draft.lacks_rest:
            digits = self.draft.leads[0][1].affix and self.text[atom.start].isdigit()
            self.draft.closed |= digits and before[0].allowed.isalpha()
            self.draft.closed |= ":" in width(self.text[before[0].span[1] : atom.start])

    def _around(self, atoms: Sequence[Atom], begun: int) -> int:
        """Take a number between words that say together which end of it this is; return how many atoms they are."""
        if not is_around(atoms[begun]):
            return 0
        end = begun + 1
        while end < len(atoms) and atoms[end].kind in _NUMBERS:
            end += 1
        closing = [atom for atom in atoms[end : end + 1] if atom.kind is Kind.WORD]
        said = annotation_of([atoms[begun], *closing], self.text) if closing else None
        if end == begun + 1 or said is None or not said.leads:
            return 0
        self._note([atoms[begun], *closing])
        self._said(said, led=True)
        self.take(atoms[begun + 1 : end])
        return end + 1 - begun

    def _words(self, atoms: Sequence[Atom], begun: int) -> int:
        """Take the words that stand together from here; return how many atoms they are."""
        end = begun
        while end < len(atoms) and self._speaks(atoms, end, begun):
            if end > begun and is_around(atoms[end]):
                break
            end += 1
            if colon_behind(atoms[end - 1], self.text) or ends_words(atoms, end, self.text):
                break
        if end == begun:
            return 0
        numbered = end < len(atoms) and atoms[end].kind in _NUMBERS
        if numbered and self.draft.places and (turn := parts_apart(atoms[begun:end])):
            end, numbered = begun + turn, False
        words = [each for each in atoms[begun:end] if each.kind is not Kind.COMMA]
        self._note(words)
        opens = colon_behind(words[-1], self.text) or (self.draft.closed and numbered and of_the_next(words))
        if numbered and names_a_place(words, atoms, end, self.text):
            self.ask("tracing.question_count", (words[-1].start, atoms[end].end))
        for each in annotations_of(words, self.text):
            self._said(each, opens=opens, led=end < len(atoms) and atoms[end].kind in _LEGIBLE)
        if numbered != bool(self.draft.places) or (opens and not self.draft.places):
            self._alike(words)
        self.draft.opened |= opens and not self.draft.places
        return end - begun

    def _speaks(self, atoms: Sequence[Atom], place: int, begun: int) -> bool:
        spoken = atoms[place].kind is Kind.WORD or counts_places(atoms, place, self.text)
        return spoken or (place > begun and lists_places(atoms, place))

    def _alike(self, words: Sequence[Atom]) -> None:
        self.draft.alike = tuple(dict.fromkeys((*self.draft.alike, *parts_alike(words, self.text))))

    def _note(self, atoms: Iterable[Atom]) -> None:
        for each in atoms:
            if each.meaning:
                self.remarks.append(Remark(each.meaning.sort, each.start, each.end, each.meaning.value))
                if each.meaning.sort is Sort.OR:
                    self.ask("tracing.question_alternatives", (each.start, each.end))
            else:
                self.remarks.append(Remark("count", each.start, each.end))

    def _said(self, annotation: Annotation, *, opens: bool = False, bracketed: bool = False, led: bool = False) -> None:
        draft = self._draft_for(annotation, opens=opens)
        if draft.part and annotation.part not in {"", draft.part} and not (draft.places or draft.empty):
            draft.alike = (*draft.alike, annotation.part)
        draft.part = draft.part or annotation.part
        draft.means = annotation.means if draft.means in {Means.NOT_SAID, Means.REVEALED} else draft.means
        draft.empty |= annotation.empty
        if annotation.empty and draft.places:
            self.ask("tracing.question_contradiction", (annotation.start, annotation.end))
        if annotation.follows and draft.places and self._followed(annotation, led=led):
            return
        if led and annotation.leads:
            draft.leads.append((len(draft.places), annotation))
            draft.closed = False
            return
        if draft.places and draft.lacks_rest and annotation.sorts <= {Sort.LABEL, Sort.FILLER}:
            draft.closed = True
            return
        if annotation.extent:
            draft.extents.append(annotation)
        elif Sort.UNREAD in annotation.sorts or (not draft.places and Sort.DAMAGE in annotation.sorts):
            draft.hints.append((len(draft.places), (annotation.start, annotation.end)))
        if Sort.DOUBT in annotation.sorts and not annotation.extent:
            draft.doubtful = True
        named = annotation.part or (bracketed and annotation.means)
        if named and draft.places and draft.lacks_rest:
            draft.rests.append(len(draft.places))
        draft.closed |= bool((draft.places or draft.empty) and named) or Sort.AND in annotation.sorts

    def _followed(self, annotation: Annotation, *, led: bool) -> bool:
        """Take "followed by"; tell whether that is all, and no number behind it is left to be joined."""
        if self.draft.closed and self.draft.part:
            self.ask("tracing.question_two_numbers", (annotation.start, annotation.end))
            return True
        self.draft.follow(annotation, led=led)
        return not led

    def _draft_for(self, annotation: Annotation, *, opens: bool) -> Draft:
        """Return the reading that words are about: the one in hand, or another that they begin."""
        draft = self.draft
        aside = draft.closed and bool(draft.hints) and not draft.places
        announced = draft.opened and bool(draft.part) and annotation.part not in {"", draft.part}
        written = bool(draft.places or draft.empty or aside or announced)
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
        lists = [self.places_of(*span) for span in spans]
        self.remarks.extend(Remark(Sort.OR, atoms[each + 1].start, atoms[each + 1].end) for each in runs[:-1])
        self.open()
        whole = (spans[0][0], spans[-1][1])
        merged = merged_numbers(lists, whole)
        if merged is None:
            self.ask("tracing.question_alternatives", whole)
            merged = met_numbers(lists, whole)
            self.remarks.extend(Remark("strange", *span) for span in spans[1:] if merged is None)
        for place in merged or lists[0]:
            self.draft.add(place)
        return runs[-1] - begun + 1

    def _one(self, atoms: Sequence[Atom], place: int, *, literal: bool) -> None:
        atom = atoms[place]
        if atom.kind in {Kind.COMMA, Kind.BREAK}:
            self.draft.closed |= self.draft.says
            return
        if atom.kind in _NUMBERS or (atom.kind is Kind.SQUARE and not is_worded(atom)):
            self.open()
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
                self.unread(atom)
            case Kind.QUOTE:
                self.draft.quoted = True
                self.take(atom.inner, literal=True)
            case Kind.EITHER:
                self.either(atom)
            case Kind.LEGEND:
                self.remarks.append(Remark("legend", atom.start, atom.end, atom.value))
            case Kind.SYMBOL if atom.value:
                self.remarks.append(Remark("symbol", atom.start, atom.end, atom.value))
            case Kind.STRAY:
                self.stray(atom)
            case _:
                self.strange(atom)

    def _run(self, atoms: Sequence[Atom], place: int, *, literal: bool) -> None:
        atom = atoms[place]
        span = (atom.start, atom.end)
        if not literal and not self.draft.places and is_label(self.text, atoms, place):
            self.remarks.append(Remark("strange", *span))
            self.ask("tracing.question_label", span)
            return
        before = self.draft.places[-1:]
        places = self.places_of(*span)
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
        if between.isspace() or (between == "/" and all(map(self.mixed, (*last, span)))):
            self.ask("tracing.question_two_numbers", (last[0][0], span[1]))
            self.finish()
        small = {each for each in word if each.islower()}
        if small == {"x"} and "x" not in self.legends and _SMALL_X.search(word):
            self.ask("tracing.question_x", span)
            places[:] = [replace(each, allowed="") if each.written == ("x",) else each for each in places]

    def _slash(self, span: tuple[int, int], places: list[Place], before: list[Place]) -> None:
        """Ask about `AB0/O12`: a stroke between look-alikes separates, or says that the place is one of them."""
        start = span[0]
        if not before or not places or self.text[start - 1 : start] != "/" or before[0].span[1] != start - 1:
            return
        one, other = before[0], places[0]
        if one.written and other.written and look_alike(one.written[0], other.written[0]):
            self.ask("tracing.question_alternatives", (one.span[0], other.span[1]))
            self.draft.places[-1] = either_of([one, other], (one.span[0], other.span[1]))
            del places[0]

    def _bracket(self, atoms: Sequence[Atom], place: int, *, literal: bool) -> None:
        atom = atoms[place]
        if not atom.inner:
            self._empty_bracket(atom)
        elif atom.kind is Kind.SQUARE and not is_worded(atom):
            self.square(atom)
        elif atom.value in {"?", "??"}:
            self._questioned(atoms, place)
        elif (options := options_within(atom, self.text)) is not None:
            self.open()
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
            self.ask("tracing.reading_bracket_empty", (atom.start, atom.end))

    def _questioned(self, atoms: Sequence[Atom], place: int) -> None:
        """Take `(?)`: between characters it doubts the one before, behind the number the whole."""
        atom = atoms[place]
        following = atoms[place + 1] if place + 1 < len(atoms) else None
        against = following is not None and following.start == atom.end and following.kind in {*_NUMBERS, Kind.SQUARE}
        before = self.draft.places[-1] if self.draft.places else None
        if against and before is not None and before.allowed and before.span[1] == atom.start:
            self.draft.places[-1] = replace(before, doubtful=True)
        elif before is None and following is not None and following.kind in _NUMBERS:
            self.open()
            self.draft.add(Place(span=(atom.start, atom.end)))
        else:
            self.draft.doubtful = True

    def _doubtful_within(self, atom: Atom) -> bool:
        """Take `(8?)`: characters of which the examiner is not sure."""
        *body, last = atom.inner
        if not body or last.kind is not Kind.ONE or any(each.kind not in {Kind.RUN, Kind.SQUARE} for each in body):
            return False
        self.open()
        before = len(self.draft.places)
        for each in body:
            if each.kind is Kind.SQUARE:
                self.square(each)
            else:
                self.draft.places.extend(self.places_of(each.start, each.end))
        self.draft.doubt_from(before)
        return True

    def _annotated(self, atom: Atom) -> None:
        counts = figures_counting(atom, self.text)
        known = [each for each in atom.inner if each.kind is Kind.WORD or each in counts]
        choices = [each for each in known if each.meaning and each.meaning.sort is Sort.OR]
        self.remarks.extend(Remark(Sort.OR, each.start, each.end) for each in choices)
        self._note(each for each in known if each not in choices)
        runs = [each for each in atom.inner if each.kind is Kind.RUN and each not in counts]
        if len(runs) == 1 and doubts_only(known) and is_whole(self.text[runs[0].start : runs[0].end]):
            self.finish()
            self.draft.doubtful = True
            self._run(runs, 0, literal=False)
            self.draft.closed = True
            return
        self.leave_aside(runs)
        if runs:
            self.ask("tracing.question_bracket", (atom.start, atom.end))
        for each in atom.inner:
            if each.kind in {Kind.STRANGE, Kind.ROUND, Kind.SQUARE, Kind.QUOTE, Kind.STRAY, Kind.EITHER}:
                self.strange(each)
            elif each.kind in {Kind.LEGEND, Kind.SYMBOL}:
                self._whole(each)
        for said in each_end(known, self.text):
            self._said(said, bracketed=True)
        if self.draft.places and not any(each.meaning and each.meaning.sort in _WEAR for each in known):
            self._alike(known)

    def _unclear(self, atom: Atom) -> None:
        """Ask about characters in round brackets; they are taken as doubtful until somebody says."""
        inner = [each for each in atoms_within(atom.inner) if each.kind is not Kind.COMMA]
        if inner and all(each.kind in {Kind.LEGEND, Kind.SYMBOL} or each.meaning for each in inner):
            self.take(atom.inner)
        elif any(each.kind is Kind.STRANGE for each in inner):
            self.leave_aside(inner)
            self.ask("tracing.question_word", (atom.inner[0].start, atom.inner[-1].end))
        else:
            self.open()
            before = len(self.draft.places)
            self.take([each for each in atom.inner if each.kind is not Kind.COMMA], literal=True)
            self.draft.doubt_from(before)
            self.ask("tracing.question_bracket", (atom.start, atom.end))
