from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse

from tracemark import assistance
from tracemark.assistance import Bar, FundRecord, Grant, Matched, Merit, Need, NoSolution, Opening, RequestRecord, Round
from tracemark.authorities import Permission
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import by
from tracemark.web.pages import page

_SECONDS = 5.0
"""How long a page looks for a better proposal."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A request in a round: what speaks for it, what is proposed for it, the best first, and what stands in the way."""

    record: RequestRecord
    merits: tuple[Merit, ...]
    grants: tuple[tuple[Grant, FundRecord], ...]
    barred: tuple[tuple[FundRecord, tuple[Bar, ...]], ...]

    @property
    def proposed(self) -> int:
        """What it would get in all."""
        return sum(each.amount for each, _ in self.grants)


@needs(Permission.ASSISTANCE_READ)
def matching_desk(desk: Desk) -> HttpResponse:
    """Propose which programme gives how much to which open request, with reasons; nothing is given by it."""
    requests, programmes = assistance.requests_shown(**by(desk)), assistance.programmes_shown(**by(desk))
    listed = assistance.currencies(requests)
    asked = desk.GET.get("currency", "")
    currency = asked if asked in listed else next(iter(listed), "")
    round_ = assistance.round_on(requests, programmes, currency=currency, on=desk.node.clock.now().date())
    try:
        found = assistance.match_needs(round_, seconds=_SECONDS)
    except NoSolution:
        found = None
    shown = _shown(round_, found, requests, programmes) if found else []
    explained = next((each for each in shown if each.record.request.name == desk.GET.get("request", "")), None)
    openings = _openings(explained, found, round_, programmes) if explained and found else []
    return page(
        desk,
        "web/assistance/matching.html",
        currencies=listed,
        currency=currency,
        round=round_,
        found=found,
        gap=f"{100 * found.gap:.2f}" if found else "",
        shown=shown,
        explained=explained,
        openings=openings,
    )


def _shown(
    round_: Round, found: Matched, requests: Sequence[RequestRecord], programmes: Sequence[FundRecord]
) -> list[Shown]:
    """Rank requests by what they would gain, those that get nothing last."""
    records, funds = {each.request.name: each for each in requests}, {each.fund.name: each for each in programmes}

    def told(need: Need) -> Shown:
        own = sorted((each for each in found.grants if each.request == need.request), key=lambda each: -each.worth)
        barred = ((funds[name], bars) for (request, name), bars in found.barred.items() if request == need.request)
        merits = tuple(each for each in Merit if each in need.merits)
        grants = tuple((each, funds[each.programme]) for each in own)
        return Shown(records[need.request], merits, grants, tuple(barred))

    shown = [told(each) for each in round_.needs]
    return sorted(shown, key=lambda each: (-sum(grant.worth for grant, _ in each.grants), each.record.request.name))


def _openings(
    explained: Shown, found: Matched, round_: Round, programmes: Sequence[FundRecord]
) -> list[tuple[Opening, FundRecord]]:
    funds = {each.fund.name: each for each in programmes}
    openings = assistance.what_it_takes(explained.record.request.name, found, round_, seconds=_SECONDS)
    return [(each, funds[each.programme]) for each in openings]
