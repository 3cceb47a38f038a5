import json
from collections.abc import Iterable, Mapping, Sequence

from tracemark.intake import HeldRow, HeldState, KnownRow, Run
from tracemark.storage.relational.codec import write_plain
from tracemark.storage.relational.sql import Database, Row
from tracemark.weapons import WeaponId

_RUN = (
    *("file", "table_name", "profile", "profile_fingerprint", "actor"),
    *("started_at", "rows_done", "finished_at", "counts"),
)
_HELD = ("run_id", "row_number", "state", "draft", "findings", "against", "weapon", "judged_by", "judged_at")
_KNOWN = ("identity", "run_id", "row_number", "cells", "weapon")
# The names joined here are constants of this file.
_SELECT_RUN = f"SELECT id, {', '.join(_RUN)} FROM intake_run"
_SELECT_HELD = f"SELECT id, {', '.join(_HELD)} FROM intake_held"


class RelationalIntake:
    """Runs of imports, rows set aside and rows to be known again, in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find_run(self, file: str, profile: str) -> Run | None:
        row = self._database.row(f"{_SELECT_RUN} WHERE file = %s AND profile_fingerprint = %s", file, profile)
        return _run(row) if row else None

    def run(self, run: int) -> Run:
        row = self._database.row(f"{_SELECT_RUN} WHERE id = %s", run)
        if row is None:
            raise KeyError(run)
        return _run(row)

    def runs(self, limit: int = 50) -> list[Run]:
        return [_run(row) for row in self._database.rows(f"{_SELECT_RUN} ORDER BY id DESC LIMIT %s", limit)]

    def start(self, run: Run) -> Run:
        row = (
            *(run.file, run.table, run.profile, run.profile_fingerprint, run.actor),
            *(run.started_at, run.rows, run.finished_at, write_plain(run.counts)),
        )
        self._database.insert("intake_run", _RUN, [row])
        found = self.find_run(run.file, run.profile_fingerprint)
        if found is None:
            raise KeyError(run.file)
        return found

    def advance(self, run: Run, rows_before: int) -> bool:
        touched = self._database.execute(
            "UPDATE intake_run SET rows_done = %s, finished_at = %s, counts = %s "
            "WHERE id = %s AND rows_done = %s AND finished_at = ''",
            run.rows,
            run.finished_at,
            write_plain(run.counts),
            run.id,
            rows_before,
        )
        return touched == 1

    def hold(self, rows: Sequence[HeldRow]) -> None:
        self._database.insert("intake_held", _HELD, [_held_values(row) for row in rows])

    def held(self, row: int) -> HeldRow:
        found = self._database.row(f"{_SELECT_HELD} WHERE id = %s", row)
        if found is None:
            raise KeyError(row)
        return _held(found)

    def page(self, *, state: HeldState | None = None, run: int = 0, after: int = 0, limit: int = 50) -> list[HeldRow]:
        conditions, values = ["id > %s"], [after]
        if run:
            conditions.append("run_id = %s")
            values.append(run)
        texts = []
        if state:
            conditions.append("state = %s")
            texts.append(state.value)
        where = " AND ".join(conditions)
        found = self._database.rows(f"{_SELECT_HELD} WHERE {where} ORDER BY id LIMIT %s", *values, *texts, limit)
        return [_held(row) for row in found]

    def of_weapon(self, weapon: WeaponId) -> list[HeldRow]:
        found = self._database.rows(f"{_SELECT_HELD} WHERE weapon = %s AND judged_at <> '' ORDER BY id", weapon)
        return [_held(row) for row in found]

    def settle(self, row: HeldRow) -> None:
        self._database.execute(
            "UPDATE intake_held SET state = %s, weapon = %s, judged_by = %s, judged_at = %s WHERE id = %s",
            row.state.value,
            row.weapon,
            row.judged_by,
            row.judged_at,
            row.id,
        )

    def known_rows(self, identities: Iterable[str]) -> Mapping[str, list[KnownRow]]:
        condition, listed = self._database.among("identity", identities)
        sql = f"SELECT id, {', '.join(_KNOWN)} FROM intake_known WHERE {condition} ORDER BY id"
        found: dict[str, list[KnownRow]] = {}
        for number, identity, run, place, cells, weapon in self._database.rows(sql, listed):
            known = KnownRow(number, identity, run, place, json.loads(cells), WeaponId(weapon))
            found.setdefault(identity, []).append(known)
        return found

    def know(self, rows: Sequence[KnownRow]) -> None:
        self._database.insert("intake_known", _KNOWN, [_known_values(row) for row in rows if not row.id])
        renewed = [(row.id, *_known_values(row)) for row in rows if row.id]
        self._database.replace("intake_known", ("id", *_KNOWN), renewed)


def _run(row: Row) -> Run:
    number, file, table, profile, profile_fingerprint, actor, started_at, rows, finished_at, counts = row
    return Run(
        id=number,
        file=file,
        table=table,
        profile=profile,
        profile_fingerprint=profile_fingerprint,
        actor=actor,
        started_at=started_at,
        rows=rows,
        finished_at=finished_at,
        counts=json.loads(counts),
    )


def _held_values(row: HeldRow) -> Row:
    return (
        row.run,
        row.row,
        row.state.value,
        write_plain(row.draft),
        json.dumps(list(row.findings), ensure_ascii=False),
        json.dumps(list(row.against)),
        row.weapon,
        row.judged_by,
        row.judged_at,
    )


def _held(row: Row) -> HeldRow:
    number, run, place, state, draft, findings, against, weapon, judged_by, judged_at = row
    return HeldRow(
        id=number,
        run=run,
        row=place,
        state=HeldState(state),
        draft=json.loads(draft),
        findings=tuple(json.loads(findings)),
        against=tuple(json.loads(against)),
        weapon=weapon,
        judged_by=judged_by,
        judged_at=judged_at,
    )


def _known_values(row: KnownRow) -> Row:
    return row.identity, row.run, row.row, json.dumps(row.cells, ensure_ascii=False), row.weapon
