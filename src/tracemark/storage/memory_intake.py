from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracemark.intake import HeldRow, HeldState, KnownRow, Run
from tracemark.weapons import WeaponId


class MemoryIntake:
    """Runs of imports, rows set aside and rows to be known again, in memory.

    All tables are replaced, never changed, so that a shallow copy is all that putting them back takes.
    """

    def __init__(self) -> None:
        self.runs_by_id: dict[int, Run] = {}
        self.held_by_id: dict[int, HeldRow] = {}
        self.known_by_id: dict[int, KnownRow] = {}

    def find_run(self, file: str, profile: str) -> Run | None:
        known = self.runs_by_id.values()
        return next((run for run in known if (run.file, run.profile_fingerprint) == (file, profile)), None)

    def run(self, run: int) -> Run:
        return self.runs_by_id[run]

    def runs(self, limit: int = 50) -> list[Run]:
        return sorted(self.runs_by_id.values(), key=lambda run: -run.id)[:limit]

    def start(self, run: Run) -> Run:
        begun = replace(run, id=len(self.runs_by_id) + 1)
        self.runs_by_id = {**self.runs_by_id, begun.id: begun}
        return begun

    def advance(self, run: Run, rows_before: int) -> bool:
        known = self.runs_by_id[run.id]
        if known.rows != rows_before or known.finished_at:
            return False
        self.runs_by_id = {**self.runs_by_id, run.id: run}
        return True

    def hold(self, rows: Sequence[HeldRow]) -> None:
        first = len(self.held_by_id) + 1
        self.held_by_id = self.held_by_id | {number: replace(row, id=number) for number, row in enumerate(rows, first)}

    def held(self, row: int) -> HeldRow:
        return self.held_by_id[row]

    def page(self, *, state: HeldState | None = None, run: int = 0, after: int = 0, limit: int = 50) -> list[HeldRow]:
        found = (
            row
            for number, row in sorted(self.held_by_id.items())
            if number > after and (state is None or row.state is state) and run in (0, row.run)
        )
        return [row for row, _ in zip(found, range(limit), strict=False)]

    def of_weapon(self, weapon: WeaponId) -> list[HeldRow]:
        return [row for _, row in sorted(self.held_by_id.items()) if row.weapon == weapon and row.judged_at]

    def settle(self, row: HeldRow) -> None:
        self.held_by_id = self.held_by_id | {row.id: row}

    def known_rows(self, identities: Iterable[str]) -> dict[str, list[KnownRow]]:
        wanted, found = set(identities), dict[str, list[KnownRow]]()
        for _, row in sorted(self.known_by_id.items()):
            if row.identity in wanted:
                found.setdefault(row.identity, []).append(row)
        return found

    def know(self, rows: Sequence[KnownRow]) -> None:
        known = dict(self.known_by_id)
        for row in rows:
            number = row.id or len(known) + 1
            known[number] = replace(row, id=number)
        self.known_by_id = known
