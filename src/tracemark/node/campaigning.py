"""What the record itself shows of a campaign: weapons marked or destroyed, sites made safer, in its days and places."""

from collections.abc import Mapping, Sequence
from datetime import date

from tracemark import assistance, recordkeeping, stockpiles
from tracemark.assistance import FIGURES, Campaign, CampaignDraft, CampaignKind, CampaignReturn, Counted
from tracemark.authorities import Permission, require
from tracemark.kernel import Actor
from tracemark.node.exporting import bring_up_to_date
from tracemark.node.figures import drawing_from
from tracemark.node.nodes import Node
from tracemark.recordkeeping import EventKind, Sealed
from tracemark.reporting import Period
from tracemark.weapons import WeaponId

Days = tuple[date, date]

_SITE = f"{recordkeeping.dossier_prefixes()['site']}-"
_AT_ONCE = 1_000
_DONE_BY = {CampaignKind.MARKING: EventKind.MARKED, CampaignKind.DESTRUCTION: EventKind.DESTROYED}


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
            rows = list(opened.rows(FIGURES[draft.kind]))
        found.append(len(_at_places(node, draft, rows)))
    return found, head


def _at_places(node: Node, draft: CampaignDraft, rows: Sequence[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """Return the rows of the campaign's agencies, and those of weapons that lay in one of its sites just before."""
    places = set(draft.places)
    named = [each for each in rows if each["authority"] in places]
    sites = {each for each in places if each.startswith(_SITE)}
    others = [each for each in rows if each["authority"] not in places] if sites else []
    for part in range(0, len(others), _AT_ONCE):
        some = others[part : part + _AT_ONCE]
        lives = node.stores.records.of_weapons(WeaponId(int(str(each["counted"]))) for each in some)
        named += [each for each in some if _lay_in(sites, each, draft, lives[WeaponId(int(str(each["counted"])))])]
    return named


def _lay_in(sites: set[str], row: Mapping[str, object], draft: CampaignDraft, life: Sequence[Sealed]) -> bool:
    kind, day = _DONE_BY[draft.kind], row["happened_first"]
    path = stockpiles.path_of(WeaponId(int(str(row["counted"]))), life)
    done = (each for each in recordkeeping.current(life) if each.event.kind is kind)
    where = (path.at(each.position - 1) for each in done if each.event.happened.first == day)
    return any(each.present and each.site in sites for each in where)
