from tracemark.kernel import Rule, rule
from tracemark.marking.circumstances import Circumstance, Marked, uniquely_marked
from tracemark.marking.marks import Mark, MarkKind
from tracemark.marking.rules.asking import Facts, asked_in, facts_about


def import_marks(marked: Marked) -> tuple[Mark, ...]:
    """Return the marks of this import; those of an earlier one name another State."""
    found = marked.marks_of(MarkKind.IMPORT)
    return tuple(mark for mark in found if mark.state and marked.state in {"", mark.state})


def _no_import_mark(marked: Marked) -> Facts | None:
    if import_marks(marked):
        return None
    elsewhere = sorted({mark.state for mark in marked.marks_of(MarkKind.IMPORT) if mark.state})
    return {"state": marked.state, "imported_before_into": elsewhere}


def _not_unique(marked: Marked) -> Facts | None:
    return None if uniquely_marked(marked) else {"marks": len(marked.marks)}


# A temporary import for a verifiable lawful purpose and a museum artefact imported for good need no mark.
import_mark_present = rule("marking.import_mark_missing", "ITI 8(b)")(asked_in(Circumstance.IMPORT)(_no_import_mark))
unique_on_import = rule("marking.import_not_unique", "ITI 8(b)")(asked_in(Circumstance.IMPORT)(_not_unique))

# The Protocol exempts the temporary import only.
_PROTOCOL = asked_in(Circumstance.IMPORT, Circumstance.MUSEUM_IMPORT)
protocol_import_mark_present = rule("marking.protocol_import_mark_missing", "FP 8(1)(b)")(_PROTOCOL(_no_import_mark))
protocol_unique_on_import = rule("marking.protocol_import_not_unique", "FP 8(1)(b)")(_PROTOCOL(_not_unique))


@rule("marking.import_year_missing", "ITI 8(b)")
@asked_in(Circumstance.IMPORT)
def import_year_present(marked: Marked) -> Facts | None:
    """The year is asked for where possible."""
    found = import_marks(marked)
    return None if any(mark.year for mark in found) else facts_about(found)


@rule("marking.protocol_import_year_missing", "FP 8(1)(b)")
@asked_in(Circumstance.IMPORT, Circumstance.MUSEUM_IMPORT)
def protocol_import_year_present(marked: Marked) -> Facts | None:
    """The year is asked for where possible."""
    found = import_marks(marked)
    return None if any(mark.year for mark in found) else facts_about(found)


REQUIRED = (import_mark_present, unique_on_import, protocol_import_mark_present, protocol_unique_on_import)
ENCOURAGED = (import_year_present, protocol_import_year_present)
NOT_ASSESSED: tuple[Rule[Marked], ...] = ()
