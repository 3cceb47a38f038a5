"""What `learn` and `weights list` print; apart from the commands, so that help loads nothing for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.table import Table

from tracemark import tracing
from tracemark.authorities import Permission, require
from tracemark.cli.output import console, print_line, say
from tracemark.kernel import Actor
from tracemark.node import Node
from tracemark.recordkeeping import Decision, Proposal
from tracemark.tracing import Estimate, Lesson, Score

_MEASURES = ("log_loss", "brier", "first", "in_ten", "absent_above")
_MOST_CHANGES = 12


def lesson_json(lesson: Lesson, proposed: Proposal | None, out: Path | None) -> dict[str, object]:
    """Return the shape scripts rely on."""
    return {
        "parent": lesson.parent,
        "version": lesson.version,
        "worth": lesson.worth.value,
        "judgements": lesson.judgements,
        "learnt_from": lesson.learnt_from,
        "same": lesson.same,
        "held_back": lesson.before.cases,
        "left_out": dict(lesson.left_out),
        "before": asdict(lesson.before),
        "after": asdict(lesson.after),
        "log_loss_change": asdict(lesson.compared),
        "weights": [
            {"name": each.name, "before": each.before, "after": each.after,
             "errors": round(each.errors, 3), "chances": round(each.chances, 1)}
            for each in lesson.estimates
        ],
        "again": list(lesson.again),
        "proposal": proposed.id if proposed else None,
        "file": str(out) if out else None,
    }  # fmt: skip


def print_lesson(lesson: Lesson) -> None:
    """Print what was learnt and how it did on the judgements held back."""
    print_line(
        "cli.learnt", parent=lesson.parent, judgements=lesson.judgements, cases=lesson.learnt_from, same=lesson.same
    )
    changed = sorted((each for each in lesson.estimates if each.before != each.after), key=_moved, reverse=True)
    console.print(_table(("weight", "before", "after", "errors", "chances"), map(_change, changed[:_MOST_CHANGES])))
    if len(changed) > _MOST_CHANGES:
        print_line("cli.learnt_more", count=len(changed) - _MOST_CHANGES)
    before, after = lesson.before, lesson.after
    print_line("cli.learnt_held_back", cases=before.cases, present=before.present, absent=before.absent)
    for why, count in lesson.left_out.items():
        print_line(f"cli.learnt_left_out_{why}", count=count)
    rows = [(say(f"cli.measure_{each}"), _measure(before, each), _measure(after, each)) for each in _MEASURES]
    console.print(_table(("measure", "before", "after"), rows))
    console.print(_table(("stated", "before", "after"), _bands(before, after)))
    compared = lesson.compared
    facts = {name: f"{getattr(compared, name):+.4f}" for name in ("mean", "low", "high")}
    print_line("cli.learnt_change", **facts)
    if lesson.again:
        print_line("cli.learnt_again", cases=list(lesson.again))
    print_line(f"cli.learnt_{lesson.worth.value}", least=tracing.LEAST_HELD_BACK)


def versions_json(node: Node, actor: Actor) -> list[dict[str, object]]:
    """Return every version of the weights with what became of it, those that come along first, then the oldest."""
    require(actor, Permission.TRACE_READ)
    used = tracing.weights_adoptions(node.stores)
    now = used[-1].version if used else tracing.load_weights().version
    proposals = tracing.weights_proposals(node.stores)[::-1]
    names = dict.fromkeys([*tracing.shipped_versions(), *(each.subject for each, _ in proposals)])
    last = {each.subject: (each, decision) for each, decision in proposals}
    return [
        {
            "version": name,
            "in_use": name == now,
            "state": _state(name, last.get(name), {each.version for each in used}),
            "fingerprint": str(last[name][0].content["fingerprint"]) if name in last else None,
            "proposed_by": last[name][0].proposed_by if name in last else None,
            "adopted": [
                {"event": each.event, "at": each.at, "by": each.by} for each in used if each.version == name
            ],
        }
        for name in names
    ]  # fmt: skip


def print_versions(found: Sequence[Mapping[str, object]]) -> None:
    """Print the versions, a line each."""
    rows = []
    for each in found:
        adopted = each["adopted"]
        last = adopted[-1] if isinstance(adopted, list) and adopted else {"at": "", "by": "", "event": ""}
        state = say("cli.weights_in_use") if each["in_use"] else say(f"cli.weights_{each['state']}")
        told = (each["version"], state, each["proposed_by"] or "", last["by"], str(last["at"])[:10], last["event"])
        rows.append(tuple(map(str, told)))
    console.print(_table(("version", "state", "proposed_by", "adopted_by", "at", "event"), rows))


def _state(name: str, last: tuple[Proposal, Decision | None] | None, used: set[str]) -> str:
    if last and last[1] is None:
        return "waits"
    if name in used:
        return "used"
    return "along" if last is None else "rejected"


def _table(columns: Sequence[str], rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, column in enumerate(columns):
        table.add_column(say(f"cli.column_{column}"), justify="right" if place and columns[0] != "version" else "left")
    for row in rows:
        table.add_row(*row)
    return table


def _change(each: Estimate) -> tuple[str, ...]:
    return each.name, f"{each.before:.3g}", f"{each.after:.3g}", f"{each.errors:.1f}", f"{each.chances:.0f}"


def _moved(each: Estimate) -> float:
    """How far a number moved, as a factor."""
    return max(each.after / each.before, each.before / each.after)


def _measure(score: Score, name: str) -> str:
    value = getattr(score, name)
    if isinstance(value, float):
        return f"{value:.4f}"
    return f"{value}/{score.absent if name == 'absent_above' else score.present}"


def _bands(before: Score, after: Score) -> list[tuple[str, ...]]:
    """Lay the bands of both scores beside each other: in each, the share that was right, and of how many."""
    edges = sorted({(each.low, each.high) for score in (before, after) for each in score.bands})
    told = [{(each.low, each.high): f"{each.right:.1%} ({each.cases})" for each in score.bands}
            for score in (before, after)]  # fmt: skip
    return [(f"{low:.0%}–{high:.0%}", *(each.get((low, high), "–") for each in told)) for low, high in edges]
