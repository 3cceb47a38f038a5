"""Marking sessions: the plan that goes with a lot to the workbench, kept until its marks stand in the record.

The plan is work, not record: what was stamped is recorded as `marked` events, and the numbers were reserved before.
"""

import json
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tracemark.authorities import sees_node
from tracemark.kernel import Actor
from tracemark.marking import Mark, MarkingPlan, MarkToMake, PlanLine, Surface, serials_of
from tracemark.recordkeeping import WeaponState
from tracemark.weapons import WeaponId, weapon_text

_NAME = re.compile(r"M-\d{8}-[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Session:
    """A marking session: what will be stamped on which weapon. `at` is an instant in UTC, `authority` whose it is.

    `done` counts the lines whose marks stood in the record when somebody last recorded some.
    """

    name: str
    by: str
    authority: str
    at: str
    circumstance: str
    state: str
    profile: str
    lines: tuple[PlanLine, ...]
    done: int = 0

    @property
    def plan(self) -> MarkingPlan:
        """The plan, without the findings that led to it."""
        return MarkingPlan(self.lines)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A line of a session beside what the weapon in hand bears, so that nobody stamps the wrong one.

    `serials` are those on it now, `look` says that somebody must look at the material first, `done` that all marks of
    the line stand in the record.
    """

    line: PlanLine
    text: str
    state: WeaponState | None
    serials: tuple[str, ...]
    look: bool
    done: bool


class Sessions:
    """Marking sessions, one file each, in a private folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def new_name(self, day: str) -> str:
        """Return a name nobody has: `M-20260930-1a2b3c`. `day` is written with hyphens."""
        return f"M-{day.replace('-', '')}-{secrets.token_hex(3)}"

    def keep(self, session: Session) -> None:
        """Keep a session."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"{session.name}.json"
        unfinished = path.with_suffix(".new")
        unfinished.write_text(json.dumps(_plain(session), ensure_ascii=False), "utf-8")
        unfinished.rename(path)

    def get(self, name: str) -> Session:
        """Return a session.

        Raises:
            FileNotFoundError: there is none of this name.
        """
        if not _NAME.fullmatch(name):
            raise FileNotFoundError(name)
        return _session(json.loads((self._folder / f"{name}.json").read_text("utf-8")))

    def seen_by(self, actor: Actor, count: int) -> list[Session]:
        """Return those of the newest sessions that an officer sees."""
        return [each for each in self.newest(count) if sees_session(actor, each)]

    def newest(self, count: int) -> Iterator[Session]:
        """Yield the newest sessions first."""
        paths = sorted(self._folder.glob("M-*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in paths[:count]:
            yield self.get(path.stem)


def sees_session(actor: Actor, session: Session) -> bool:
    """Whether an officer sees a session: that of the own authority, or any where the node is in sight."""
    return sees_node(actor) or session.authority == actor.authority


def session_row(line: PlanLine, state: WeaponState | None) -> SessionRow:
    """Lay a line of a session beside the weapon's record."""
    return SessionRow(
        line,
        weapon_text(line.weapon),
        state,
        serials_of(state.marks if state else ()),
        any(each.mark.surface is Surface.UNKNOWN for each in line.marks),
        _recorded(line, state),
    )


def _recorded(line: PlanLine, state: WeaponState | None) -> bool:
    """Whether all marks of a line stand on the weapon in the record."""
    there = {(mark.kind, mark.text, mark.serial, mark.part) for mark in (state.marks if state else ())}
    return all((each.mark.kind, each.mark.text, each.mark.serial, each.mark.part) in there for each in line.marks)


def _plain(session: Session) -> dict[str, Any]:
    return {
        "name": session.name,
        "by": session.by,
        "authority": session.authority,
        "at": session.at,
        "circumstance": session.circumstance,
        "state": session.state,
        "profile": session.profile,
        "done": session.done,
        "lines": [
            {"weapon": line.weapon, "marks": [_mark_plain(each) for each in line.marks]} for line in session.lines
        ],
    }


def _mark_plain(to_make: MarkToMake) -> dict[str, Any]:
    sizes = {"min_depth_mm": to_make.min_depth_mm, "min_height_mm": to_make.min_height_mm}
    return {
        "mark": to_make.mark.plain(),
        "reasons": list(to_make.reasons),
        **{name: None if size is None else str(size) for name, size in sizes.items()},
    }


def _session(plain: Mapping[str, Any]) -> Session:
    lines = (PlanLine(WeaponId(line["weapon"]), (), tuple(map(_to_make, line["marks"]))) for line in plain["lines"])
    return Session(**{**plain, "lines": tuple(lines)})


def _to_make(plain: Mapping[str, Any]) -> MarkToMake:
    depth, height = (plain[name] for name in ("min_depth_mm", "min_height_mm"))
    return MarkToMake(
        Mark.of_plain(plain["mark"]),
        Decimal(depth) if depth else None,
        Decimal(height) if height else None,
        tuple(plain["reasons"]),
    )
