"""The ends of a number that words name: "ends in 4471", "starts with AB, last three digits illegible"."""

from collections.abc import Sequence
from dataclasses import replace

from tracemark.tracing.matching.annotations import Annotation
from tracemark.tracing.matching.drafts import Draft, gaps_joined, with_extents, with_hints
from tracemark.tracing.matching.readings import ANY, GAP, Place
from tracemark.tracing.matching.vocabulary import Sort


def completed(draft: Draft) -> tuple[list[Place], list[Annotation]]:
    """Return the places with those that words speak of, and what words contradict them."""
    places, against = _with_leads(draft)
    if not places and not draft.empty:
        return _unread_ends(draft.extents), against
    places, extents = _beyond_leads(places, draft)
    places, contradicting = with_extents(places, extents)
    return gaps_joined(places), [*against, *contradicting]


def _with_leads(draft: Draft) -> tuple[list[Place], list[Annotation]]:
    numbered = list(with_hints(draft))
    begun = sorted([*draft.leads, *((number, None) for number in draft.rests)], key=lambda each: each[0])
    bounds = [number for number, _ in begun] + [len(draft.places)]
    places = [place for number, place in numbered if number < bounds[0] or not begun]
    against: list[Annotation] = []
    parts: list[tuple[Annotation, list[Place]]] = []
    for (first, lead), ended in zip(begun, bounds[1:], strict=True):
        part = [place for number, place in numbered if first <= number < ended]
        if lead is None:
            places += part
            continue
        if Sort.DOUBT in lead.sorts:
            part = [replace(each, doubtful=bool(each.allowed)) for each in part]
        parts.append((lead, part))
    for lead, part in parts:
        joined = _joined(places, part, lead)
        if joined is None or lead.count not in {0, sum(not each.gap for each in part)}:
            against.append(lead)
        places = joined or [*places, *part]
    return places, against


def _joined(places: list[Place], part: list[Place], lead: Annotation) -> list[Place] | None:
    """Join an end to what is known of the number: it fills places that were not read, or lies beyond a gap."""
    if lead.ordinal:
        return _put(places, part, lead)
    if lead.position == "head":
        turned = _joined_behind(places[::-1], part[::-1], lead)
        return turned[::-1] if turned else None
    return _joined_behind(places, part, lead)


def _put(places: list[Place], part: list[Place], lead: Annotation) -> list[Place] | None:
    """Put the one place that words name where it belongs."""
    at = lead.ordinal - 1
    if len(part) != 1:
        return None
    if not places:
        unread = replace(ANY, span=(lead.start, lead.end))
        return [*[unread] * at, *part, replace(GAP, span=(lead.start, lead.end))]
    if at >= len(places) or any(each.gap for each in places[: at + 1]) or not _agrees(places[at], part[0]):
        return None
    return [*places[:at], *part, *places[at + 1 :]]


def _agrees(place: Place, said: Place) -> bool:
    """Tell whether a place was not read, or read as what is said of it, or as one of several."""
    return not (place.gap or said.gap) and set(place.allowed) <= set(said.allowed)


def _joined_behind(places: list[Place], part: list[Place], lead: Annotation) -> list[Place] | None:
    rest, end = places[: len(places) - len(part)], places[len(places) - len(part) :] if len(part) <= len(places) else []
    if not places:
        return [replace(GAP, span=(lead.start, lead.end)), *part]
    if end and all(map(_agrees, end, part)):
        return [*rest, *part]
    if lead.affix:
        return [*places, *part]
    return [*places, *part] if places[-1].gap else None


def _beyond_leads(places: list[Place], draft: Draft) -> tuple[list[Place], list[Annotation]]:
    """Put places that were counted where words left a gap: beyond it, or in it where the whole was counted."""
    spans = {(each.start, each.end) for _, each in draft.leads}
    left: list[Annotation] = []
    for each in draft.extents if places else []:
        gaps = [number for number, place in enumerate(places) if place.gap and place.span in spans]
        unread = bool(each.sorts & {Sort.UNREAD, Sort.DAMAGE})
        if unread and each.position == "tail" and gaps[-1:] == [len(places) - 1]:
            places = [*places, *_unread([each])]
        elif unread and each.position == "head" and gaps[:1] == [0]:
            places = [*_unread([each]), *places]
        elif len(gaps) == 1 and not (unread or each.position) and each.count >= len(places) - 1:
            within = _unread([replace(each, count=each.count - len(places) + 1)])
            places = [*places[: gaps[0]], *within, *places[gaps[0] + 1 :]]
        else:
            left.append(each)
    return places, left


def _unread_ends(extents: Sequence[Annotation]) -> list[Place]:
    """Return so many unread places at either end of a number of which nothing was read, nor its length."""
    unread = [each for each in extents if each.count and each.sorts & {Sort.UNREAD, Sort.DAMAGE}]
    head, tail = ([each for each in unread if each.position == end][:1] for end in ("head", "tail"))
    gaps = [replace(GAP, span=(each.start, each.end)) for each in (*head, *tail)][:1]
    return [*_unread(head), *gaps, *_unread(tail)]


def _unread(extents: Sequence[Annotation]) -> list[Place]:
    return [replace(ANY, span=(each.start, each.end)) for each in extents for _ in range(each.count)]
