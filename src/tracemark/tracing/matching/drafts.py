"""A reading while it is being written down: places so far, and what was said about them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from tracemark.marking import Script, script_of
from tracemark.tracing.matching.annotations import Annotation
from tracemark.tracing.matching.readings import ANY, GAP, Certainty, Means, Place, Reading
from tracemark.tracing.matching.vocabulary import Sort

Span = tuple[int, int]

_ZEROS = 3
_LETTERS_X = 3
_NINES = 6


@dataclass(slots=True)
class Draft:
    """One reading in the making.

    `alike` are further parts that bear the same. `hints` are words such as "illegible", `leads` such as "ends in": how
    many places were there before, and where the words stand; from `rests` on places are of the whole again. After
    `closed` the next number is another reading. `quoted` says that the characters were given as they stand on the
    metal, `opened` that a colon behind the part announced a number.
    """

    places: list[Place] = field(default_factory=list)
    part: str = ""
    alike: tuple[str, ...] = ()
    means: Means = Means.NOT_SAID
    doubtful: bool = False
    empty: bool = False
    closed: bool = False
    quoted: bool = False
    hints: list[tuple[int, Span]] = field(default_factory=list)
    extents: list[Annotation] = field(default_factory=list)
    leads: list[tuple[int, Annotation]] = field(default_factory=list)
    rests: list[int] = field(default_factory=list)
    opened: bool = False
    runs: list[Span] = field(default_factory=list)

    @property
    def says(self) -> bool:
        """Whether it is a reading, if only one that nothing could be read."""
        return bool(self.places or self.empty or self.part or self.hints or self.extents)

    @property
    def lacks_rest(self) -> bool:
        """Whether all that was read so far is a part that was told apart, such as a prefix."""
        return len(self.leads) == 1 and self.leads[0][0] == 0 and self.leads[0][1].told_apart and not self.rests

    def add(self, place: Place) -> None:
        """Add a place; one gap after another is one gap."""
        if place.gap and self.places and self.places[-1].gap:
            last = self.places[-1]
            self.places[-1] = replace(last, span=(last.span[0], place.span[1]))
        else:
            self.places.append(place)

    def follow(self, annotation: Annotation, *, led: bool) -> None:
        """Let what comes now stand behind what there is: the number that words `led` to, or so many places."""
        if len(self.leads) == 1 and self.leads[0][0] == 0 and self.leads[0][1].position == "head":
            self.leads.clear()
        if not led:
            one = replace(ANY if annotation.count else GAP, span=(annotation.start, annotation.end))
            self.places.extend([one] * (annotation.count or 1))
            self.closed = False

    def doubt_from(self, first: int) -> None:
        """Make every character from a place on a doubtful one."""
        self.places[first:] = [replace(each, doubtful=bool(each.allowed)) for each in self.places[first:]]

    def reading(self, raw: str, places: list[Place]) -> Reading:
        """Return the reading of these places."""
        certainty = Certainty.DOUBTFUL if self.doubtful and places else Certainty.SURE
        signs = "".join(sign for place in places for sign in place.written)
        script = script_of(signs) if signs else Script.NONE
        spans = [place.span for place in places] or [span for _, span in self.hints]
        span = (min(each[0] for each in spans), max(each[1] for each in spans)) if spans else (0, 0)
        return Reading(raw, tuple(places), certainty, script, self.part, self.means, span)


def is_placeholder(draft: Draft) -> bool:
    """Tell whether the places are what people enter where there is no number: 0000000, XXXX, 999999."""
    if draft.quoted or draft.leads or any(len(place.allowed) != 1 for place in draft.places):
        return False
    text = "".join(place.allowed for place in draft.places)
    least = {"0": _ZEROS, "X": _LETTERS_X, "9": _NINES}.get(text[:1])
    return least is not None and len(text) >= least and len(set(text)) == 1


def with_hints(draft: Draft) -> Iterator[tuple[int, Place]]:
    """Yield the places with their number, and a gap where "illegible" stands for what is not written otherwise."""
    hints = dict(draft.hints) if draft.places else {}
    unread = any(not place.allowed for place in draft.places)
    for number in range(len(draft.places) + 1):
        if number in hints and _opens(draft, number, unread=unread):
            yield number - 1, Place(gap=True, span=hints[number])
        if number < len(draft.places):
            yield number, draft.places[number]


def with_extents(places: list[Place], extents: list[Annotation]) -> tuple[list[Place], list[Annotation]]:
    """Apply what was said of the first, last or so many places; return the places, and what contradicts them."""
    against: list[Annotation] = []
    for each in extents:
        applied = _applied(places, each)
        if applied is None:
            against.append(each)
        else:
            places = applied
    return places, against


def joined_spans(spans: Iterable[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Join spans that nothing but spaces and punctuation parts."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and not any(map(str.isalnum, text[joined[-1][1] : start])):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    yield from joined


def gaps_joined(places: Iterable[Place]) -> list[Place]:
    draft = Draft()
    for each in places:
        draft.add(each)
    return draft.places


def _opens(draft: Draft, number: int, *, unread: bool) -> bool:
    """Tell whether an illegible stretch stands here that no sign stands for yet."""
    beside = draft.places[max(number - 1, 0) : number + 1]
    if any(not place.allowed for place in beside):
        return False
    inner = 0 < number < len(draft.places)
    return inner or not (unread or draft.extents)


def _applied(places: list[Place], extent: Annotation) -> list[Place] | None:
    if extent.ordinal:
        return _one_doubted(places, extent)
    if extent.affix and not extent.sorts & {Sort.UNREAD, Sort.DAMAGE}:
        return None
    if extent.sorts & {Sort.UNREAD, Sort.DAMAGE} or not extent.sorts & {Sort.DOUBT, Sort.SURE}:
        if extent.position in {"head", "tail"}:
            return _unread_end(places, extent)
        return _unread_somewhere(places, extent)
    return _doubtful_end(places, extent) if Sort.DOUBT in extent.sorts else places


def _one_doubted(places: list[Place], extent: Annotation) -> list[Place] | None:
    """Agree that the place spoken of is unread, or doubt its character; what is said to be unread must be so."""
    at = extent.ordinal - 1
    if at >= len(places) or any(place.gap for place in places[: at + 1]):
        return None
    if not places[at].allowed or extent.sorts & {Sort.DOUBT, Sort.SURE}:
        doubtful = bool(places[at].allowed) and Sort.DOUBT in extent.sorts
        return [*places[:at], replace(places[at], doubtful=doubtful or places[at].doubtful), *places[at + 1 :]]
    return None


def _unread_end(places: list[Place], extent: Annotation) -> list[Place] | None:
    """Make so many places at an end unreadable ones; signs that stand there already must agree."""
    ordered = places if extent.position == "tail" else places[::-1]
    signs = 0
    while signs < len(ordered) and not ordered[-1 - signs].allowed:
        signs += 1
    rest, end = ordered[: len(ordered) - signs], ordered[len(ordered) - signs :]
    gap = any(place.gap for place in end)
    if extent.count and not gap and end and len(end) != extent.count:
        return None
    if not end or (gap and extent.count):
        unread = ANY if extent.count else GAP
        end = [replace(unread, span=(extent.start, extent.end))] * (extent.count or 1)
    return [*rest, *end] if extent.position == "tail" else [*rest, *end][::-1]


def _unread_somewhere(places: list[Place], extent: Annotation) -> list[Place] | None:
    """Let a count without an end stand for the one gap there is, or agree with the signs or with the whole."""
    gaps = [number for number, place in enumerate(places) if place.gap]
    if not gaps and len(places) == extent.count and not extent.sorts & {Sort.UNREAD, Sort.DAMAGE}:
        return places
    signs = sum(not place.allowed for place in places)
    if not extent.count or (not gaps and signs == extent.count):
        return places
    if len(gaps) != 1 or signs != 1:
        return None
    one = replace(ANY, span=places[gaps[0]].span)
    return [*places[: gaps[0]], *[one] * extent.count, *places[gaps[0] + 1 :]]


def _doubtful_end(places: list[Place], extent: Annotation) -> list[Place] | None:
    if extent.position not in {"head", "tail"}:
        return None
    count = extent.count or 1
    chosen = range(len(places) - count, len(places)) if extent.position == "tail" else range(count)
    return [
        replace(place, doubtful=bool(place.allowed)) if number in chosen else place
        for number, place in enumerate(places)
    ]
