from collections.abc import Iterator
from dataclasses import dataclass

from tracemark.authorities import Permission, may
from tracemark.kernel import Actor


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the navigation: the code of its sentence, the name of its URL, and who sees it (None: all signed in)."""

    code: str
    url: str
    permission: Permission | None


GROUPS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "web.nav.group_register",
        (
            Entry("web.nav.register", "register", Permission.RECORD_READ),
            Entry("web.nav.imports", "imports", Permission.IMPORT_DRY_RUN),
            Entry("web.nav.held_rows", "held_rows", Permission.DUPLICATES_JUDGE),
            Entry("web.nav.marking", "marking_plan", Permission.MARKING_PLAN),
            Entry("web.nav.decisions", "decisions", Permission.RECORD_READ),
        ),
    ),
    (
        "web.nav.group_tracing",
        (
            Entry("web.nav.trace_desk", "trace_desk", Permission.TRACE_SEARCH),
            Entry("web.nav.recoveries", "recoveries", Permission.TRACE_READ),
            Entry("web.nav.cases", "cases", Permission.TRACE_READ),
        ),
    ),
    (
        "web.nav.group_oversight",
        (
            Entry("web.nav.audit", "audit", Permission.AUDIT_READ),
            Entry("web.nav.verification", "verification", Permission.RECORD_VERIFY),
            Entry("web.nav.instruments", "instruments", None),
        ),
    ),
    (
        "web.nav.group_node",
        (
            Entry("web.nav.accounts", "accounts", Permission.USERS_MANAGE),
            Entry("web.nav.agencies", "agencies", Permission.AGENCIES_MANAGE),
        ),
    ),
)


def navigation_of(actor: Actor) -> Iterator[tuple[str, list[Entry]]]:
    """Yield each group with the entries the actor may open; groups of which nothing is left are left out."""
    if not actor.roles:
        return
    for heading, entries in GROUPS:
        open_to = [each for each in entries if each.permission is None or may(actor, each.permission)]
        if open_to:
            yield heading, open_to
