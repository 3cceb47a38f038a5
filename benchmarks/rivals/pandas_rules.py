"""Three rules as an analyst writes them with pandas, over the same Parquet files."""

from datetime import date
from pathlib import Path

import pandas as pd

from tracemark.recordkeeping import RECOVERIES, event_kinds
from tracemark.storage import SnapshotFolder


def answer(rule: str, folder: Path, today: date) -> dict[str, int]:
    kept = SnapshotFolder.open(folder)
    return {
        rule: {"recovered_while_held": held, "serial_twice": twice, "issued_not_returned": issued}[rule](kept, today)
    }


def held(kept: SnapshotFolder, _: date) -> int:
    leads = {kind.value: terms.to.value for kind, terms in event_kinds().items() if terms.to and kind != "identified"}
    events = read(kept, "events", ["position", "kind", "weapon", "happened_first", "holder"])
    identified = events.loc[events.kind == "identified", "weapon"]
    recovered = events.loc[events.kind.isin([*RECOVERIES]) & ~events.weapon.isin(identified), "weapon"]
    lives = events[events.weapon.isin(recovered) & events.kind.isin([*leads])].copy()
    lives = lives.sort_values(["weapon", "happened_first", "position"])
    lives["status"] = lives.kind.map(leads)
    lives["before"] = lives.groupby("weapon").status.shift()
    lives["held_by"] = lives.holder.where(~lives.kind.isin([*RECOVERIES]))
    lives["held_by"] = lives.groupby("weapon").held_by.ffill().groupby(lives.weapon).shift()
    found = lives[lives.kind.isin([*RECOVERIES]) & lives.before.isin(["held", "issued"])]
    return int((found.held_by.notna() & ~found.held_by.fillna("").str.startswith("person:")).sum())


def twice(kept: SnapshotFolder, _: date) -> int:
    marks = read(kept, "marks", ["position", "weapon", "event_kind", "mark_kind", "folded", "maker"])
    marks = marks[(marks.mark_kind == "manufacture") & marks.folded.fillna("").ne("") & marks.maker.fillna("").ne("")]
    marks = marks[marks.event_kind.isin(["manufactured", "imported", "registered"])]
    named = marks.merge(read(kept, "descriptions", ["position", "model"]), on="position")
    named = named[named.model.fillna("").ne("")].drop_duplicates(["maker", "model", "folded", "weapon"])
    return int((named.groupby(["maker", "model", "folded"]).size() > 1).sum())


def issued(kept: SnapshotFolder, today: date) -> int:
    events = read(kept, "events", ["position", "kind", "weapon", "happened_first", "happened_last", "until"])
    events = events[events.weapon > 0]
    last = events.loc[events.groupby("weapon").position.idxmax()]
    latest = events.groupby("weapon").happened_first.max()
    found = last[(last.kind == "issued") & (last.happened_first.to_numpy() == latest.loc[last.weapon].to_numpy())]
    until = pd.to_datetime(found.until.fillna(found.happened_last))
    return int(((pd.Timestamp(today) - until).dt.days > 730).sum())


def read(kept: SnapshotFolder, table: str, columns: list[str]) -> pd.DataFrame:
    return pd.concat(pd.read_parquet(path, columns=columns) for path in kept.paths(table))
