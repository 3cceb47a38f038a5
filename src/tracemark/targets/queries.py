from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Clock
from tracemark.recordkeeping import RecordkeepingStores, every_folded
from tracemark.targets.comparison import Comparison, checklists, compare_plans
from tracemark.targets.links import Answering
from tracemark.targets.plans import ActivityStatus, Plan, plan_of
from tracemark.targets.progress import Outlook, Progress, progress_of
from tracemark.targets.voluntary import Target, target_of

_MOST = 1_000

GRAVEST = (Outlook.OFF_TRACK, Outlook.OVERDUE, Outlook.UNCERTAIN, Outlook.UNOBSERVED, Outlook.ON_TRACK, Outlook.REACHED,
           Outlook.MISSED, Outlook.MET, Outlook.CLOSED)  # fmt: skip
"""The outlooks as a board lists them: what needs somebody first."""


@dataclass(frozen=True, slots=True)
class TargetRecord:
    """A target, how far it is today, and the activities that serve it, as plan and code."""

    target: Target
    progress: Progress
    served_by: tuple[tuple[str, str], ...] = ()


def target_list(*, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> list[TargetRecord]:
    """List the targets with their progress, those off track first, then by the day they are due.

    A target is the State's own policy: who may see targets sees all of them.

    Raises:
        NotPermitted: the actor may not see targets.
    """
    require(actor, Permission.TARGET_READ)
    today = clock.now().date()
    found = [TargetRecord(each, progress_of(each, today)) for each in _targets(stores)]
    return sorted(found, key=lambda each: (GRAVEST.index(each.progress.outlook), each.target.aim.due, each.target.name))


def target_record(*, target: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> TargetRecord:
    """Read a target with its progress and what serves it.

    Raises:
        NotPermitted: the actor may not see targets.
        KeyError: there is none of this name.
    """
    require(actor, Permission.TARGET_READ)
    known = target_of(target, stores.dossiers.events(target))
    served = tuple(
        (plan.name, work.activity.code)
        for plan in _plans(stores)
        for work in plan.works.values()
        if target in work.activity.targets
    )
    return TargetRecord(known, progress_of(known, clock.now().date()), served)


def plan_list(*, actor: Actor, stores: RecordkeepingStores) -> list[Plan]:
    """List the plans, newest first.

    Raises:
        NotPermitted: the actor may not see plans.
    """
    require(actor, Permission.TARGET_READ)
    return list(_plans(stores))


def plan_record(*, plan: str, actor: Actor, stores: RecordkeepingStores) -> Plan:
    """Read a plan.

    Raises:
        NotPermitted: the actor may not see plans.
        KeyError: there is none of this name.
    """
    require(actor, Permission.TARGET_READ)
    return plan_of(plan, stores.dossiers.events(plan))


def answering(*, actor: Actor, stores: RecordkeepingStores) -> dict[str, list[Answering]]:
    """Return by question of the national report what answers its gap: targets, and activities that are not dropped.

    Raises:
        NotPermitted: the actor may not see targets.
    """
    require(actor, Permission.TARGET_READ)
    found: dict[str, list[Answering]] = {}
    for each in _targets(stores):
        for gap in each.aim.gaps:
            found.setdefault(gap, []).append(Answering(each.name, "", each.aim.title, each.standing))
    for plan in _plans(stores):
        for work in plan.works.values():
            activity = work.activity
            for gap in activity.gaps if work.status is not ActivityStatus.DROPPED else ():
                told = Answering(plan.name, activity.code, activity.title, work.status.value)
                found.setdefault(gap, []).append(told)
    return found


def plan_comparison(
    *, left: str, right: str, checklist: str = "gender", actor: Actor, stores: RecordkeepingStores
) -> Comparison:
    """Set two plans side by side, against a checklist.

    Raises:
        NotPermitted: the actor may not see plans.
        KeyError: there is no such plan or checklist.

    Source: BMS7 DEV.3.
    """
    ours = plan_record(plan=left, actor=actor, stores=stores)
    theirs = plan_record(plan=right, actor=actor, stores=stores)
    return compare_plans(ours, theirs, checklists()[checklist])


def _targets(stores: RecordkeepingStores) -> Iterator[Target]:
    return islice(every_folded("target", target_of, stores), _MOST)


def _plans(stores: RecordkeepingStores) -> Iterator[Plan]:
    return islice(every_folded("plan", plan_of, stores), _MOST)
