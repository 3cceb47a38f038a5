from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import resolve, reverse

from tracemark.authorities import Level, Permission, may
from tracemark.kernel import Actor


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the navigation: the code of its sentence, and the name of its URL. Whom its view admits, sees it.

    `above_states` is one that a State's node does not have.
    """

    code: str
    url: str
    above_states: bool = False


GROUPS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "web.nav.group_register",
        (
            Entry("web.nav.register", "register"),
            Entry("web.nav.imports", "imports"),
            Entry("web.nav.held_rows", "held_rows"),
            Entry("web.nav.marking", "marking_plan"),
            Entry("web.nav.decisions", "decisions"),
        ),
    ),
    (
        "web.nav.group_stockpiles",
        (
            Entry("web.nav.stock", "stock"),
            Entry("web.nav.sites", "sites"),
            Entry("web.nav.counts", "counts"),
            Entry("web.nav.investigations", "investigations"),
            Entry("web.nav.surplus", "surplus"),
            Entry("web.nav.dispositions", "dispositions"),
            Entry("web.nav.destructions", "destructions"),
            Entry("web.nav.lots", "lots"),
        ),
    ),
    (
        "web.nav.group_tracing",
        (
            Entry("web.nav.trace_desk", "trace_desk"),
            Entry("web.nav.recoveries", "recoveries"),
            Entry("web.nav.cases", "cases"),
            Entry("web.nav.signals", "signals"),
        ),
    ),
    (
        "web.nav.group_between",
        (
            Entry("web.nav.state_requests", "state_requests"),
            Entry("web.nav.inquiries", "inquiries"),
            Entry("web.nav.lost_lists", "lost_lists"),
            Entry("web.nav.notices", "notices"),
            Entry("web.nav.secretariat", "secretariat", above_states=True),
            Entry("web.nav.witnesses", "witnesses"),
            Entry("web.nav.peers", "peers"),
        ),
    ),
    (
        "web.nav.group_transfers",
        (
            Entry("web.nav.licences", "licences"),
            Entry("web.nav.consignments", "consignments"),
            Entry("web.nav.certificates", "certificates"),
            Entry("web.nav.screening", "screening"),
        ),
    ),
    (
        "web.nav.group_reporting",
        (
            Entry("web.nav.dashboard", "dashboard"),
            Entry("web.nav.figures", "figures"),
            Entry("web.nav.statistics", "statements"),
            Entry("web.nav.publications", "publications"),
            Entry("web.nav.indicator", "indicator"),
            Entry("web.nav.targets", "targets"),
            Entry("web.nav.plans", "plans"),
            Entry("web.nav.reports", "reports"),
            Entry("web.nav.contributions", "contributions"),
        ),
    ),
    (
        "web.nav.group_assistance",
        (
            Entry("web.nav.assistance_requests", "assistance_requests"),
            Entry("web.nav.programmes", "programmes"),
            Entry("web.nav.matching", "matching_desk"),
            Entry("web.nav.grants", "grants"),
            Entry("web.nav.aid_board", "aid_board"),
            Entry("web.nav.campaigns", "campaigns"),
            Entry("web.nav.fellowships", "fellowships"),
        ),
    ),
    (
        "web.nav.group_review",
        (
            Entry("web.nav.review", "review_table"),
            Entry("web.nav.review_undertakings", "review_undertakings"),
            Entry("web.nav.review_meetings", "review_meetings"),
            Entry("web.nav.review_proposals", "review_proposals"),
            Entry("web.nav.practices", "practices"),
            Entry("web.nav.consultations", "consultations"),
        ),
    ),
    (
        "web.nav.group_oversight",
        (
            Entry("web.nav.audit", "audit"),
            Entry("web.nav.changes", "changes"),
            Entry("web.nav.searches", "searches"),
            Entry("web.nav.verification", "verification"),
            Entry("web.nav.instruments", "instruments"),
        ),
    ),
    (
        "web.nav.group_node",
        (
            Entry("web.nav.accounts", "accounts"),
            Entry("web.nav.agencies", "agencies"),
        ),
    ),
)


def navigation_of(actor: Actor, level: Level) -> Iterator[tuple[str, list[Entry]]]:
    """Yield each group with the entries the actor may open; groups of which nothing is left are left out."""
    if not actor.roles:
        return
    for heading, entries in GROUPS:
        open_to = [each for each in entries if _is_there(each, level) and _opens_to(actor, _admits(each.url))]
        if open_to:
            yield heading, open_to


def _is_there(entry: Entry, level: Level) -> bool:
    return level is not Level.NATIONAL or not entry.above_states


def _opens_to(actor: Actor, admits: tuple[Permission, ...] | str) -> bool:
    return isinstance(admits, str) or any(may(actor, each) for each in admits)


@cache
def _admits(url: str) -> tuple[Permission, ...] | str:
    """Return what the view of a URL says of whom it admits."""
    admits: tuple[Permission, ...] | str = resolve(reverse(url)).func.admits  # type: ignore[attr-defined]
    return admits
