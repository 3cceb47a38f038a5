from tracemark.kernel import rule
from tracemark.marking.circumstances import IDENTIFYING, Marked
from tracemark.marking.marks import Mark
from tracemark.marking.rules.asking import Facts, facts_about
from tracemark.weapons import ESSENTIAL_PARTS, Part

_OTHER_PARTS = frozenset({Part.BARREL, Part.SLIDE, Part.CYLINDER})


@rule("marking.not_on_essential_component", "ITI 10")
def on_essential_component(marked: Marked) -> Facts | None:
    """Silent while some unique mark's component is unknown: `component_recorded` asks for that first."""
    unique = _numbered(marked)
    if not unique or any(_essential(marked, mark) is not False for mark in unique):
        return None
    about = facts_about(unique)
    return about and {**about, "parts": [part.value for mark in unique if (part := marked.part_of(mark))]}


@rule("marking.component_not_recorded", "ITI 10")
def component_recorded(marked: Marked) -> Facts | None:
    known = [_essential(marked, mark) for mark in _numbered(marked)]
    return facts_about(m for m in _numbered(marked) if marked.part_of(m) is None) if True not in known else None


@rule("marking.other_parts_unmarked", "ITI 10")
def other_parts_marked(marked: Marked) -> Facts | None:
    marked_parts = {marked.part_of(mark) for mark in marked.marks}
    bare = sorted(
        each.part.value for each in marked.components if each.part in _OTHER_PARTS and each.part not in marked_parts
    )
    return {"parts": bare} if bare else None


def _numbered(marked: Marked) -> list[Mark]:
    return [mark for mark in marked.marks_of(*IDENTIFYING) if mark.serial]


def _essential(marked: Marked, mark: Mark) -> bool | None:
    """None where nobody recorded the part; the control component is structural whatever its name."""
    component, part = marked.component_of(mark), marked.part_of(mark)
    if part is None:
        return None
    return part in ESSENTIAL_PARTS or bool(component and component.control)


REQUIRED = (on_essential_component,)
ENCOURAGED = (other_parts_marked,)
NOT_ASSESSED = (component_recorded,)
