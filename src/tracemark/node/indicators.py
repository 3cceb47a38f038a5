"""The indicator on traced weapons, drawn from a node's own record, and written for the goals' database."""

from tracemark.authorities import Permission, require
from tracemark.exchange import Observation, SdmxForm, SdmxMessage, write_sdmx
from tracemark.kernel import Actor
from tracemark.node.figures import drawing
from tracemark.node.nodes import Node
from tracemark.reporting import Denominator, Measured, Period, Share, Terms, Year, measure, measured_of


def measure_indicator(
    node: Node,
    years: tuple[int, int],
    actor: Actor,
    terms: Terms,
    *,
    size: int | None = None,
    known_by: int | None = None,
) -> Measured:
    """Draw the indicator from a node's record, as it stands or as it stood when it had `size` events.

    Raises:
        NotPermitted: the actor may not see figures.
        SnapshotDamaged, SnapshotForeign, FigureFailed: as `drawing`.

    Source: SDG 16.4.2.
    """
    if node.stores.records.head() is None:
        require(actor, Permission.FIGURE_READ)
        return measured_of({}, years, state=node.state, head="", terms=terms)
    period = Period.parse(*map(str, years))
    with drawing(node, period, actor, size=size) as opened:
        return measure(opened, state=node.state, terms=terms, known_by=known_by)


def indicator_file(node: Node, measured: Measured, form: SdmxForm) -> bytes:
    """Write an indicator as SDMX; each value says what it is a share of and at which head it was drawn."""
    observations = [
        Observation(
            state=measured.state,
            year=each.year,
            value=each.share.percent,
            comment=_comment(each, measured.terms),
            source=f"Register of {measured.state}, head {measured.head}",
        )
        for each in measured.years
    ]
    return write_sdmx(SdmxMessage(measured.state, node.clock.now(), observations), form)


def _comment(year: Year, terms: Terms) -> str:
    """What a statistician of any language reads beside the value; the database holds English."""
    said = [_counted(year.share), f"denominator: {terms.denominator.value}"]
    if terms.denominator is Denominator.POTENTIALLY_TRACEABLE:
        said.append(f"unmarked but established arms: {'added back' if terms.add_back else 'left out'}")
    said.append(f"arms from lawful holders: {'included' if terms.lawful_holders else 'left out'}")
    unsaid = "counted" if terms.unsaid_is_criminal else "left out"
    said.append(f"seizures of unstated legal basis ({year.unsaid}): {unsaid}")
    if terms.only:
        said.append(f"only arms {', '.join(terms.only)}")
    return "; ".join(said)


def _counted(share: Share) -> str:
    return f"{share.numerator} of {share.denominator} arms"
