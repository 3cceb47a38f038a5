from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpResponse

from tracemark import reporting
from tracemark.authorities import Permission, may
from tracemark.web.access import Desk, needs
from tracemark.web.pages import page
from tracemark.web.waiting import waiting


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody with this permission may do next; `count` says how much of it waits, where that can be said."""

    code: str
    url: str
    permission: Permission
    count: Callable[[Desk], int] | None = None

    @property
    def hint(self) -> str:
        """The code of the sentence that says a little more."""
        return f"{self.code}_hint"


def _events(desk: Desk) -> int:
    head = desk.node.stores.records.head()
    return head.size if head else 0


def _due(desk: Desk) -> int:
    due = reporting.reporting_calendar(actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock)
    return sum(each.waits for each in due)


TASKS = (
    Task("web.home.register", "register", Permission.RECORD_READ),
    Task("web.home.stock", "stock", Permission.RECORD_STOCK),
    Task("web.home.trace_desk", "trace_desk", Permission.TRACE_SEARCH),
    Task("web.home.cases", "cases", Permission.TRACE_JUDGE),
    Task("web.home.answer_cases", "cases", Permission.TRACE_CASE),
    Task("web.home.read_cases", "cases", Permission.TRACE_READ),
    Task("web.home.signals", "signals", Permission.SIGNAL_READ),
    Task("web.home.dashboard", "dashboard", Permission.FIGURE_READ),
    Task("web.home.reports", "reports", Permission.REPORT_WRITE, _due),
    Task("web.home.recovery", "new_recovery", Permission.RECOVERY_WRITE),
    Task("web.home.imports", "imports", Permission.IMPORT_COMMIT),
    Task("web.home.try_imports", "imports", Permission.IMPORT_DRY_RUN),
    Task("web.home.marking", "marking_plan", Permission.MARKING_PLAN),
    Task("web.home.decide", "decisions", Permission.RECORD_CORRECT_APPROVE),
    Task("web.home.proposals", "decisions", Permission.RECORD_CORRECT_PROPOSE),
    Task("web.home.audit", "audit", Permission.AUDIT_READ, _events),
    Task("web.home.verification", "verification", Permission.RECORD_VERIFY),
    Task("web.home.accounts", "accounts", Permission.USERS_MANAGE),
    Task("web.home.agencies", "agencies", Permission.AGENCIES_MANAGE),
)


@needs()
def home(desk: Desk) -> HttpResponse:
    """Show what this person may do next; somebody without a role learns whom to ask."""
    if not desk.actor.roles:
        return page(desk, "web/home/no_role.html")
    return page(desk, "web/home/home.html", waiting=list(waiting(desk)), tasks=list(_tasks(desk)))


def _tasks(desk: Desk) -> Iterator[tuple[Task, int | None]]:
    """Yield the tasks the person may do; of two at one address the one that says more, which comes first."""
    told = set[str]()
    for task in TASKS:
        if task.url not in told and may(desk.actor, task.permission):
            told.add(task.url)
            yield task, task.count(desk) if task.count else None
