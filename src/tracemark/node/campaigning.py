"""What the record itself shows of a campaign: weapons marked or destroyed, sites made safer, in its days and places."""

from collections.abc import Sequence
from datetime import date

from tracemark import assistance
from tracemark.assistance import FIGURES, Campaign, CampaignDraft, CampaignReturn, Counted
from tracemark.authorities import Permission, require
from tracemark.kernel import Actor
from tracemark.node.exporting import bring_up_to_date
from tracemark.node.figures import drawing_from
from tracemark.node.nodes import Node
from tracemark.recordkeeping import EventKind
from tracemark.reporting import Period

Days = tuple[date, date]


def return_and_count(node: Node, name: str, told: CampaignReturn, actor: Actor) -> Campaign:
    """Record a return, and at once beside it what the record shows of all days so far.

    Raises:
        NotPermitted: the actor may not write assistance or see figures, or does not see this campaign.
        CampaignRefused: as `assistance.return_campaign`.
    """
    require(actor, Permission.FIGURE_READ)
    assistance.return_campaign(campaign=name, told=told, actor=actor, stores=node.stores, clock=node.clock)
    return count_campaign(node, name, actor)


def count_campaign(node: Node, name: str, actor: Actor) -> Campaign:
    """Count anew, at the record's present head, what it shows of a campaign's days and places, and record that.

    What was entered late or corrected since is counted where it belongs; earlier counts stay with their heads.

    Raises:
        NotPermitted: the actor may not write assistance or see figures, or does not see this campaign.
        CampaignRefused: there is none of this name, or it has not begun or is closed.
    """
    require(actor, Permission.FIGURE_READ)
    require(actor, Permission.ASSISTANCE_WRITE)
    known = assistance.own_campaign(name, actor, node.stores, EventKind.CAMPAIGN_COUNTED)
    days = [(each.first, each.last) for each in known.returns]
    started = known.started_on or known.draft.first
    whole = (started, days[-1][1] if days else max(started, node.clock.now().date()))
    numbers, head = shown_by_record(node, known.draft, [*days, whole])
    counted = Counted(tuple(numbers[:-1]), numbers[-1], head)
    return assistance.note_counted(campaign=name, counted=counted, actor=actor, stores=node.stores, clock=node.clock)


def shown_by_record(node: Node, draft: CampaignDraft, days: Sequence[Days]) -> tuple[list[int], str]:
    """Count what the record shows in a campaign's places, for some days each; return it with the head."""
    kept = bring_up_to_date(node, node.columns)
    found, head = list[int](), f"{kept.newest.size}.{kept.newest.root}" if kept.newest else "0."
    for first, last in days:
        if draft.kind not in FIGURES:
            found.append(len(assistance.sites_upgraded(draft.places, first, last, node.stores)))
            continue
        with drawing_from(kept, Period(first, last)) as opened:
            cells = opened.draw(FIGURES[draft.kind], ("authority",)).cells
        found.append(sum(int(cells.get((place,)) or 0) for place in set(draft.places)))
    return found, head
