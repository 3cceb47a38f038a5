from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpResponse

from tracemark import recordkeeping
from tracemark.authorities import Permission, may
from tracemark.web.access import Desk, needs
from tracemark.web.pages import page


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


def _proposals(desk: Desk) -> int:
    return len(recordkeeping.open_proposals(actor=desk.actor, stores=desk.node.stores))


TASKS = (
    Task("web.home.register", "register", Permission.RECORD_READ),
    Task("web.home.trace_desk", "trace_desk", Permission.TRACE_SEARCH),
    Task("web.home.cases", "cases", Permission.TRACE_READ),
    Task("web.home.recovery", "new_recovery", Permission.RECOVERY_WRITE),
    Task("web.home.imports", "imports", Permission.IMPORT_DRY_RUN),
    Task("web.home.marking", "marking_plan", Permission.MARKING_PLAN),
    Task("web.home.decide", "decisions", Permission.RECORD_CORRECT_APPROVE, _proposals),
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
    return page(desk, "web/home/home.html", tasks=list(_tasks(desk)))


def _tasks(desk: Desk) -> Iterator[tuple[Task, int | None]]:
    for task in TASKS:
        if may(desk.actor, task.permission):
            yield task, task.count(desk) if task.count else None
