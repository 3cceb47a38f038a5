from tracemark.kernel import Rule, rule
from tracemark.marking.circumstances import Circumstance, Marked, uniquely_marked
from tracemark.marking.marks import MarkKind
from tracemark.marking.rules.asking import Facts, asked_in


def names_stock(marked: Marked) -> bool:
    """Say whether a mark names the country from whose stock the weapon comes."""
    found = marked.marks_of(MarkKind.TRANSFER, MarkKind.STATE)
    return any(mark.state and marked.state in {"", mark.state} for mark in found)


@rule("marking.stock_country_missing", "ITI 8(c)")
@asked_in(Circumstance.RELEASE)
def stock_country_marked(marked: Marked) -> Facts | None:
    """Only what is not yet marked so that it can be traced needs the mark."""
    return None if uniquely_marked(marked) or names_stock(marked) else {"state": marked.state}


@rule("marking.protocol_stock_mark_missing", "FP 8(1)(c)")
@asked_in(Circumstance.RELEASE)
def protocol_stock_marked(marked: Marked) -> Facts | None:
    """A party marks every firearm it releases, with a unique mark that names the transferring country."""
    if names_stock(marked) and uniquely_marked(marked):
        return None
    return {"state": marked.state, "names_country": names_stock(marked), "unique": uniquely_marked(marked)}


@rule("marking.state_arm_unmarked", "ITI 8(d)")
@asked_in(Circumstance.STATE_STOCK)
def state_arm_marked(marked: Marked) -> Facts | None:
    """Duly marked is less than 8(a): the State's own mark with a number will do."""
    own = any(mark.serial for mark in marked.marks_of(MarkKind.STATE))
    return None if own or uniquely_marked(marked) else {"marks": len(marked.marks)}


@rule("marking.recovered_arm_unmarked", "ITI 9")
@asked_in(Circumstance.RECOVERED)
def recovered_arm_marked(marked: Marked) -> Facts | None:
    if uniquely_marked(marked):
        return None
    return {"marks": len(marked.marks), "unmarked_because": marked.description.unmarked_because}


@rule("marking.protocol_recovered_arm_unmarked", "FP 6(2)")
@asked_in(Circumstance.RECOVERED)
def protocol_recovered_arm_marked(marked: Marked) -> Facts | None:
    """A seized firearm that is not destroyed must bear marks before it is disposed of otherwise."""
    return None if uniquely_marked(marked) else {"marks": len(marked.marks)}


@rule("marking.deactivation_mark_missing", "FP 9(c)")
@asked_in(Circumstance.DEACTIVATED)
def deactivation_marked(marked: Marked) -> Facts | None:
    """A certificate or a record may stand for the visible stamp, so that the stamp is advice."""
    return None if marked.marks_of(MarkKind.DEACTIVATION) else {"marks": len(marked.marks)}


REQUIRED = (
    stock_country_marked,
    protocol_stock_marked,
    state_arm_marked,
    recovered_arm_marked,
    protocol_recovered_arm_marked,
)
ENCOURAGED = (deactivation_marked,)
NOT_ASSESSED: tuple[Rule[Marked], ...] = ()
