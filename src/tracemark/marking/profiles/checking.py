import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from tracemark.kernel import Finding, Plain
from tracemark.marking.circumstances import Marked, said
from tracemark.marking.marks import Mark, Surface
from tracemark.marking.profiles.requirements import NOT_ASSESSED, Criterion, Profile, Requirement
from tracemark.marking.rules.asking import Facts, facts_about
from tracemark.marking.scripts import Script, digit_of, script_of
from tracemark.weapons import Material

Shortfall = tuple[Facts | None, Facts | None]
"""What breaks the requirement, and what nobody has looked at; None where there is neither."""


def check_profile(profile: Profile, marked: Marked, on: date | None = None) -> list[Finding]:
    """Return where the weapon falls short of the law as it stood on a day, by default the circumstance's.

    What was not measured is a finding of its own, never a breach: `Profile.grade_of` tells them apart.
    """
    day = on or marked.on
    asked = (each for each in profile.requirements if each.applies(marked.circumstance, day))
    return [finding for each in asked for finding in _findings(profile, each, marked)]


def least_mm(profile: Profile, criterion: Criterion, marked: Marked, mark: Mark) -> Decimal | None:
    """Return how high or deep, as the criterion says, a mark to be made must be; None where the law is silent."""
    planned = Marked(marked.description, marked.components, (mark,), marked.circumstance, marked.on, marked.state)
    figures = [
        each.least_mm
        for each in profile.requirements
        if each.criterion is criterion and each.applies(marked.circumstance, marked.on) and _sized(each, planned)
    ]
    return max((figure for figure in figures if figure is not None), default=None)


def numerals_of(text: str) -> frozenset[str]:
    """Return the systems of numerals used: `arabic` (0-9), `roman`, `arabic_indic`, `han`, or the Unicode block's word.

    Roman numerals written with plain letters cannot be told from letters and are not named.
    """
    return frozenset(system for character in text if (system := _numeral_system(character)))


def decimal_text(value: Decimal) -> str:
    """Write a measure without exponent and without trailing zeros: 1.58750 is `1.5875`."""
    return f"{value.normalize():f}"


def _findings(profile: Profile, requirement: Requirement, marked: Marked) -> list[Finding]:
    breach, unknown = _CRITERIA[requirement.criterion](requirement, marked)
    about: Mapping[str, Plain] = {"profile": profile.name, "criterion": requirement.criterion.value}
    found = []
    if breach is not None:
        found.append(Finding(requirement.code, requirement.source, {**about, **breach}))
    if unknown is not None:
        code = NOT_ASSESSED[requirement.criterion]
        found.append(Finding(code, requirement.source, {**about, "requirement": requirement.code, **unknown}))
    return found


def _sized(requirement: Requirement, marked: Marked) -> list[Mark]:
    """Marks whose part the law excepts are left out; a mark on an unknown part is judged like the main ones."""
    judged = ((mark, marked.part_of(mark)) for mark in requirement.judged(marked))
    return [
        mark
        for mark, part in judged
        if part is None
        or ((not requirement.parts or part in requirement.parts) and part not in requirement.except_parts)
    ]


def _too_small(field: str) -> Callable[[Requirement, Marked], Shortfall]:
    def measure(requirement: Requirement, marked: Marked) -> Shortfall:
        least = requirement.least_mm or Decimal(0)
        measured = [(mark, getattr(mark, field)) for mark in _sized(requirement, marked)]
        small = [(mark, size) for mark, size in measured if size is not None and size < least]
        breach = facts_about(mark for mark, _ in small)
        sizes: Mapping[str, Plain] = {
            "required_mm": decimal_text(least),
            "measured_mm": [decimal_text(size) for _, size in small],
        }
        return breach and {**breach, **sizes}, facts_about(mark for mark, size in measured if size is None)

    return measure


def _scripts(requirement: Requirement, marked: Marked) -> Shortfall:
    return _foreign(requirement, marked, _scripts_of)


def _numerals(requirement: Requirement, marked: Marked) -> Shortfall:
    return _foreign(requirement, marked, numerals_of)


def _foreign(requirement: Requirement, marked: Marked, of: Callable[[str], frozenset[str]]) -> Shortfall:
    found = [(mark, of(_words(mark)) - set(requirement.values)) for mark in requirement.judged(marked)]
    about = facts_about(mark for mark, strange in found if strange)
    strange = sorted({each for _, names in found for each in names})
    return about and {**about, "found": strange, "allowed": list(requirement.values)}, None


def _must_say(requirement: Requirement, marked: Marked) -> Shortfall:
    marks = requirement.judged(marked)
    wanted = [name for name in requirement.values if not requirement.if_described or _described(marked, name)]
    somewhere = _on_unknown_part(requirement, marked, marks)
    there, perhaps = said(_on_named_parts(requirement, marked, marks)), said(somewhere)
    missing = [name for name in wanted if name not in there | perhaps]
    unsure = [name for name in wanted if name not in there and name in perhaps]
    about = facts_about(somewhere) if unsure else None
    return {"missing": missing} if missing else None, about and {**about, "missing": unsure}


def _component(requirement: Requirement, marked: Marked) -> Shortfall:
    marks = requirement.judged(marked)
    if not marks or _on_named_parts(requirement, marked, marks):
        return None, None
    unknown = facts_about(_on_unknown_part(requirement, marked, marks))
    return (None, unknown) if unknown else (facts_about(marks), None)


def _metal_plate(requirement: Requirement, marked: Marked) -> Shortfall:
    control = marked.control
    if control is None or control.material not in {Material.POLYMER, Material.WOOD, Material.OTHER}:
        return None, None
    there = [mark for mark in requirement.judged(marked) if marked.component_of(mark) == control]
    if any(mark.surface is Surface.EMBEDDED_PLATE or mark.method in requirement.methods for mark in there):
        return None, None
    facts: Facts = {"part": control.part.value, "material": control.material.value}
    seen = control.metal_plate is False or any(mark.surface is not Surface.UNKNOWN for mark in there)
    return (facts, None) if seen else (None, facts)


_CRITERIA: Mapping[Criterion, Callable[[Requirement, Marked], Shortfall]] = {
    Criterion.MIN_HEIGHT_MM: _too_small("height_mm"),
    Criterion.MIN_DEPTH_MM: _too_small("depth_mm"),
    Criterion.SCRIPTS: _scripts,
    Criterion.NUMERALS: _numerals,
    Criterion.MUST_SAY: _must_say,
    Criterion.COMPONENT: _component,
    Criterion.METAL_PLATE: _metal_plate,
}


def _on_named_parts(requirement: Requirement, marked: Marked, marks: Iterable[Mark]) -> list[Mark]:
    return [mark for mark in marks if not requirement.parts or marked.part_of(mark) in requirement.parts]


def _on_unknown_part(requirement: Requirement, marked: Marked, marks: Iterable[Mark]) -> list[Mark]:
    """Return the marks that may or may not stand on a part the law names, since nobody recorded where they stand."""
    return [mark for mark in marks if requirement.parts and marked.part_of(mark) is None]


def _described(marked: Marked, name: str) -> bool:
    return bool(getattr(marked.description, {"state": "country"}.get(name, name), None))


def _words(mark: Mark) -> str:
    return mark.text or f"{mark.maker} {mark.model} {mark.serial} {mark.calibre}"


def _scripts_of(text: str) -> frozenset[str]:
    return frozenset(script_of(character).value for character in text) - {Script.NONE.value}


def _numeral_system(character: str) -> str:
    if "0" <= character <= "9":
        return "arabic"
    if not digit_of(character) and unicodedata.numeric(character, None) is None:
        return ""
    name = unicodedata.name(character, "").removeprefix("EXTENDED ")
    first = name.partition(" ")[0].lower().replace("-", "_")
    return {"cjk": "han", "ideographic": "han"}.get(first, first)
