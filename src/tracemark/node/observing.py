"""The values of a target, drawn from a node's own record by its figure."""

from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Finding, cite
from tracemark.node.exporting import bring_up_to_date
from tracemark.node.figures import drawing_from
from tracemark.node.nodes import Node
from tracemark.targets import (
    Observation,
    Target,
    TargetRefused,
    observe_target,
    periods_to_draw,
    target_record,
    value_drawn,
)


def draw_observations(node: Node, name: str, actor: Actor) -> Target:
    """Draw a target's figure for each period that is over, at the record's present head, and record what is new.

    All periods are drawn anew: where the record was corrected since, the later value replaces the earlier one of the
    same day, and both stay in the record with their heads.

    Raises:
        NotPermitted: the actor may not see figures, or not write targets, or does not see this one.
        KeyError: there is no such target.
        TargetRefused: it has no figure, it is over, or there is nothing to draw.

    Source: BMS7 MEAS.1, PoA II.33.
    """
    require(actor, Permission.FIGURE_READ)
    require(actor, Permission.TARGET_WRITE)
    aim = target_record(target=name, actor=actor, stores=node.stores, clock=node.clock).target.aim
    if not aim.figure:
        raise _refused("targets.figure_not_used", name)
    found = list[Observation]()
    kept = bring_up_to_date(node, node.columns)
    for period in periods_to_draw(aim, node.clock.now().date()):
        with drawing_from(kept, period) as opened:
            value, head = value_drawn(aim, opened), opened.head
        if value is not None:
            found.append(Observation(period.last, value, head=head))
    if not found:
        raise _refused("targets.nothing_to_draw", name)
    return observe_target(target=name, observations=found, actor=actor, stores=node.stores, clock=node.clock)


def _refused(code: str, name: str) -> TargetRefused:
    return TargetRefused([Finding(code, cite("BMS7 MEAS.1"), {"dossier": name})])
