import unicodedata

from tracemark.kernel import Rule, rule
from tracemark.marking.circumstances import IDENTIFYING, Circumstance, Marked, by_component, said
from tracemark.marking.marks import Mark, MarkKind, Method
from tracemark.marking.rules.asking import Check, Facts, asked_in, facts_about

ELEMENTS = ("maker", "state", "serial")
"""What a mark of manufacture must say; `state` is the country, or the State of the place. Source: ITI 8(a)."""

_REMOVABLE = frozenset({Method.PAINTED, Method.PLATE})


def alternative_scheme(mark: Mark) -> bool:
    """Say whether a mark is of the other kind allowed: simple symbols with a code, by which the country is known.

    Source: ITI 8(a), FP 8(1)(a).
    """
    symbols = any(unicodedata.category(character) in {"So", "Sm"} for character in mark.text)
    return symbols and any(character.isalnum() for character in mark.text) and bool(mark.serial and mark.state)


def missing_elements(marked: Marked) -> tuple[str, ...]:
    """Return what the marks of manufacture leave out, nothing where an alternative scheme stands."""
    made = marked.marks_of(MarkKind.MANUFACTURE)
    if any(alternative_scheme(mark) for mark in made):
        return ()
    return tuple(name for name in ELEMENTS if name not in said(made))


def _says(element: str) -> Check:
    @asked_in(Circumstance.MANUFACTURE)
    def check(marked: Marked) -> Facts | None:
        return {"missing": element} if element in missing_elements(marked) else None

    return check


maker_marked = rule("marking.maker_missing", "ITI 8(a)")(_says("maker"))
country_marked = rule("marking.country_missing", "ITI 8(a)")(_says("state"))
serial_marked = rule("marking.serial_missing", "ITI 8(a)")(_says("serial"))


@rule("marking.mark_divided", "ITI 8(a)")
@asked_in(Circumstance.MANUFACTURE)
def mark_undivided(marked: Marked) -> Facts | None:
    """The elements must stand together on one component, or they part company with it."""
    made = marked.marks_of(MarkKind.MANUFACTURE)
    if missing_elements(marked) or any(alternative_scheme(mark) for mark in made):
        return None
    groups = by_component(marked, made).values()
    return None if any(said(group).issuperset(ELEMENTS) for group in groups) else facts_about(made)


@rule("marking.protocol_mark_incomplete", "FP 8(1)(a)")
@asked_in(Circumstance.MANUFACTURE)
def protocol_mark_complete(marked: Marked) -> Facts | None:
    missing = missing_elements(marked)
    return {"missing": list(missing)} if missing else None


def _encouraged(code: str, element: str) -> Rule[Marked]:
    @rule(code, "ITI 8(a)")
    @asked_in(Circumstance.MANUFACTURE)
    def check(marked: Marked) -> Facts | None:
        return None if element in said(marked.marks_of(MarkKind.MANUFACTURE)) else {"missing": element}

    return check


year_marked = _encouraged("marking.year_missing", "year")
model_marked = _encouraged("marking.model_missing", "model")
calibre_marked = _encouraged("marking.calibre_missing", "calibre")


def _easily_removed(marked: Marked) -> Facts | None:
    numbered = [mark for mark in marked.marks_of(*IDENTIFYING, MarkKind.COMPONENT) if mark.serial]
    lasting = any(mark.method not in _REMOVABLE for mark in numbered)
    return None if lasting else facts_about(numbered)


removal_hindered = rule("marking.easily_removed", "ITI 8(e)")(asked_in(Circumstance.MANUFACTURE)(_easily_removed))
removal_hindered_for_parties = rule("marking.protocol_easily_removed", "FP 8(2)")(
    asked_in(Circumstance.MANUFACTURE)(_easily_removed)
)

REQUIRED = (maker_marked, country_marked, serial_marked, mark_undivided, protocol_mark_complete)
ENCOURAGED = (year_marked, model_marked, calibre_marked, removal_hindered, removal_hindered_for_parties)
NOT_ASSESSED: tuple[Rule[Marked], ...] = ()
