"""A store is counted from a file, as a scanner writes it; late counts are told to whoever runs a timer."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.cli.test_contract import plain, run
from tests.web.sample import StillClock
from tracemark import stockpiles
from tracemark.authorities import Role
from tracemark.kernel import Actor
from tracemark.node import open_node
from tracemark.recordkeeping import RegisterFilter, Status
from tracemark.stockpiles import SiteTold
from tracemark.weapons import weapon_text

KEEPER = Actor("keeper", "XT-REG", frozenset({Role.REGISTRY_OFFICER.value}))


def test_a_count_from_a_file_finds_what_is_missing(demo_copy: str, tmp_path: Path) -> None:
    node = open_node(demo_copy)
    held = node.stores.register.page(RegisterFilter(status=Status.HELD.value), holders=None, limit=3)
    site = stockpiles.list_site(
        site=SiteTold("Amberly", keeper="keeper", racks=["A"]), actor=KEEPER, stores=node.stores, clock=node.clock
    )
    names = [weapon_text(each.weapon) for each in held]
    by = (KEEPER, node.stores, node.clock)
    stockpiles.put_away(site=site, rack="A", lines=names, actor=by[0], stores=by[1], clock=by[2])
    count = stockpiles.open_count(site=site, reason="", due="", actor=by[0], stores=by[1], clock=by[2])
    node.stores.close()
    seen = tmp_path / "seen.txt"
    seen.write_text("\n".join([*names[:2], "no such mark"]))
    found = plain(run("count", count, str(seen), "--rack", "A", "--close", "--db", demo_copy, "--json"))
    assert found == {
        "seen": names[:2],
        "extra": [],
        "unread": ["no such mark"],
        "missing": names[2:],
        "investigation": found["investigation"],
    }
    again = run("count", count, str(seen), "--db", demo_copy)
    assert (again.exit_code, again.stdout) == (1, "")


def test_another_site_s_weapon_is_named_and_not_counted(demo_copy: str, tmp_path: Path) -> None:
    node = open_node(demo_copy)
    held = node.stores.register.page(RegisterFilter(status=Status.HELD.value), holders=None, limit=2)
    ours, theirs = (weapon_text(each.weapon) for each in held)
    by: dict[str, Any] = {"actor": KEEPER, "stores": node.stores, "clock": node.clock}
    here, there = (
        stockpiles.list_site(site=SiteTold(each, keeper="keeper"), **by) for each in ("Amberly", "Brackwater")
    )
    for site, weapon in ((here, ours), (there, theirs)):
        stockpiles.put_away(site=site, rack="", lines=[weapon], **by)
    count = stockpiles.open_count(site=here, reason="", due="", **by)
    before = len(node.stores.records.of_weapon(held[1].weapon))
    seen = tmp_path / "seen.txt"
    seen.write_text(f"{ours}\n{theirs}")
    said = " ".join(run("count", count, str(seen), "--db", demo_copy).stdout.split())
    assert said == f"Of this site: {ours}; belong elsewhere, and not counted: {theirs}"
    assert len(node.stores.records.of_weapon(held[1].weapon)) == before
    node.stores.close()


def test_a_late_count_ends_with_status_1(demo_copy: str, tmp_path: Path) -> None:
    empty = f"sqlite:///{tmp_path}/empty.sqlite3"
    open_node(empty).stores.close()
    assert run("sites", "--late", "--db", empty).exit_code == 0
    node = open_node(demo_copy)
    long_ago = StillClock(datetime(2020, 1, 1, tzinfo=UTC))
    site = SiteTold("Brackwater", every_days=30, answers={"locks": "no"})
    name = stockpiles.list_site(site=site, actor=KEEPER, stores=node.stores, clock=long_ago)
    node.stores.close()
    late = run("sites", "--late", "--db", demo_copy, "--json")
    first = {"name": name, "place": "Brackwater", "authority": "XT-REG", "due": "2020-01-31", "risk": 100, "open": True}
    assert (late.exit_code, json.loads(late.stdout)["sites"][0]) == (1, first)
    assert run("sites", "--db", demo_copy).exit_code == 0
