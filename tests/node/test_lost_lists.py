"""Two nodes and a list of stolen weapons: what fits is found, now and later, once, and both sides are told."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.node.two_nodes import Pair, pair, post
from tests.rooms import officer
from tracemark import tracing
from tracemark.authorities import Agency, AgencyKind, Role
from tracemark.correspondence import Message
from tracemark.kernel import Actor, PartialDate
from tracemark.marking import Mark, MarkKind
from tracemark.node import import_lost_list, look_for_lost, send_waiting, share_lost_list
from tracemark.node.nodes import Node
from tracemark.recordkeeping import Event, EventKind, append
from tracemark.tracing import ComponentReading, ListForm, LostListRefused, Recovery, TraceRequest
from tracemark.weapons import Description, WeaponId

PISTOL = {"kind": "pistol", "maker": "M1", "calibre": "9x19"}


def analyst(node: Node) -> Actor:
    return officer(Role.TRACING_ANALYST, authority=f"{node.state}-POL")


def acted(node: Node) -> dict[str, Any]:
    return {"actor": analyst(node), "stores": node.stores, "clock": node.clock}


def two(folder: Path) -> Pair:
    """Two nodes with police that may see what other States tell; a pistol and a rifle were stolen from ours."""
    found = pair()
    found.ours, found.theirs = (replace(each, folder=folder / each.state) for each in (found.ours, found.theirs))
    found.wire.nodes = {each.letterbox.endpoint: each for each in (found.ours, found.theirs)}
    for node in (found.ours, found.theirs):
        with node.stores.atomic():
            name = f"{node.state}-POL"
            node.stores.agencies.put(Agency(name, name, AgencyKind.POLICE, node.state, competent=True))
    bears(found.ours, 1, "AB 1234", "stolen")
    bears(found.ours, 2, "CD 5678", "lost")
    bears(found.ours, 3, "EF 9999")
    return found


def bears(node: Node, weapon: int, serial: str, *after: str, maker: str = "M1") -> None:
    """Register a pistol, and let it be lost or stolen."""
    mark = {"kind": "manufacture", "part": "frame", "text": serial, "serial": serial}
    told: dict[str, Any] = {"weapon": {**PISTOL, "maker": maker}, "holder": f"{node.state}-POL", "marks": [mark]}
    told["components"] = [{"part": "frame", "control": True}]
    events = [(EventKind.REGISTERED, told), *((EventKind(each), {"place": "depot"}) for each in after)]
    with node.stores.atomic():
        append(
            events=[
                Event(WeaponId(weapon), kind, PartialDate.parse("2026-01-02"), f"{node.state}-REG", "o", details)
                for kind, details in events
            ],
            stores=node.stores,
            clock=node.clock,
        )


def recover(node: Node, serial: str, maker: str = "M1") -> WeaponId:
    mark = Mark(MarkKind.MANUFACTURE, text=serial, serial=serial)
    recovery = Recovery(
        EventKind.SEIZED,
        PartialDate.parse("2026-05-01"),
        "harbour",
        f"{node.state}-POL",
        description=Description(kind="pistol", maker=maker),
        marks=(mark,),
    )
    return tracing.record_recovery(recovery=recovery, **acted(node))


def share(found: Pair, form: ListForm) -> str:
    name = share_lost_list(found.ours, found.theirs.key.name, form, analyst(found.ours)).name
    carry(found)
    return name


def carry(found: Pair) -> None:
    assert send_waiting(found.ours, found.wire).troubles() | send_waiting(found.theirs, found.wire).troubles() == set()


def hits(node: Node) -> list[tuple[int, str, str]]:
    lists = tracing.lost_lists(actor=analyst(node), stores=node.stores)
    found = [hit.found for each in reversed(lists) for hit in each.hits]
    return [(each.weapon, each.fit.value, each.where.value) for each in found]


@pytest.mark.parametrize("form", ListForm)
def test_what_is_held_and_what_is_seized_later_is_found_once_and_both_sides_know(
    form: ListForm, tmp_path: Path
) -> None:
    found = two(tmp_path)
    bears(found.theirs, 11, "ab-1234")
    bears(found.theirs, 12, "AB 1234", maker="M2")
    share(found, form)
    look_for_lost(found.theirs)
    carry(found)
    assert (hits(found.theirs), hits(found.ours)) == ([(11, "exact", "register")], [(1, "exact", "register")])
    seized = recover(found.theirs, "CD5678")
    assert [each[1].weapon for each in look_for_lost(found.theirs).hits] == [seized]
    assert look_for_lost(found.theirs).hits == ()
    carry(found)
    assert hits(found.theirs) == [(11, "exact", "register"), (seized, "exact", "recovery")]
    assert hits(found.ours) == [(1, "exact", "register"), (2, "exact", "recovery")]


def test_a_comparison_that_was_forgotten_finds_nothing_twice(tmp_path: Path) -> None:
    found = two(tmp_path)
    bears(found.theirs, 11, "AB1234")
    share(found, ListForm.HASHED)
    assert len(look_for_lost(found.theirs).hits) == 1
    (tmp_path / "XB" / "lost-lists.json").write_text("torn", "utf-8")
    assert look_for_lost(found.theirs).hits == ()


def test_a_damaged_number_of_a_case_may_be_it_and_a_number_alone_counts_only_of_what_was_seized(tmp_path: Path) -> None:
    found = two(tmp_path)
    share(found, ListForm.HASHED)
    look_for_lost(found.theirs)
    bears(found.theirs, 11, "AB1234", maker="")
    alone = recover(found.theirs, "AB1234", maker="")
    damaged = recover(found.theirs, "", maker="")
    request = TraceRequest(damaged, (ComponentReading("C?56?8", "frame", ""),), "tracing", maker="M1")
    tracing.open_trace(request=request, **acted(found.theirs))
    look_for_lost(found.theirs)
    assert sorted(hits(found.theirs)) == sorted([(alone, "serial", "recovery"), (damaged, "damaged", "recovery")])


def test_a_newer_list_takes_the_place_of_the_older_one(tmp_path: Path) -> None:
    found = two(tmp_path)
    share(found, ListForm.FULL)
    with found.ours.stores.atomic():
        event = Event(
            WeaponId(1), EventKind.FOUND, PartialDate.parse("2026-02-01"), "XA-POL", "o",
            {"place": "a river", "custodian": "XA-POL"},
        )  # fmt: skip
        append(events=[event], stores=found.ours.stores, clock=found.ours.clock)
    found.move(minutes=1)
    share(found, ListForm.FULL)
    bears(found.theirs, 11, "AB1234")
    bears(found.theirs, 12, "CD5678")
    look_for_lost(found.theirs)
    assert hits(found.theirs) == [(12, "exact", "register")]


def test_a_list_in_words_is_read_by_who_is_competent_and_that_is_noted(tmp_path: Path) -> None:
    found = two(tmp_path)
    share(found, ListForm.FULL)
    [kept] = tracing.lost_lists(actor=analyst(found.theirs), stores=found.theirs.stores)
    told = tracing.lost_entries(name=kept.name, actor=analyst(found.theirs), bureau=found.theirs.bureau)
    assert sorted((each.serial, each.how, each.maker) for each in told) == [
        ("AB 1234", "stolen", "M1"), ("CD 5678", "lost", "M1"),
    ]  # fmt: skip
    with pytest.raises(tracing.InterstateRefused):
        tracing.lost_entries(
            name=kept.name,
            actor=officer(Role.TRACING_ANALYST, authority="XB-REG"),
            bureau=found.theirs.bureau,
        )


def test_a_hit_in_what_was_never_shared_with_that_node_is_not_let_in(tmp_path: Path) -> None:
    found = two(tmp_path)
    name = share(found, ListForm.FULL)
    body: dict[str, Any] = {"list": name, "part": 1, "entry": 2, "fit": "exact", "where": "register"}
    for spoilt in ({}, {"list": "LL-2026-000009"}, {"entry": -1}, {"entry": "0"}, {"fit": "sure"}):
        post(found.theirs, Message(found.ours.key.name, tracing.LOST_HIT, {**body, **spoilt}))
    send_waiting(found.theirs, found.wire)
    codes = {each.code for each in found.ours.stores.inbox.rejections()}
    assert (codes, hits(found.ours)) == ({"tracing.lost_list_never_shared"}, [])


def test_nothing_lost_is_nothing_to_share(tmp_path: Path) -> None:
    found = two(tmp_path)
    with pytest.raises(LostListRefused) as refused:
        share_lost_list(found.theirs, found.ours.key.name, ListForm.FULL, analyst(found.theirs))
    assert refused.value.findings[0].code == "tracing.nothing_lost"


def test_a_file_is_kept_whole_or_its_bad_rows_are_named(tmp_path: Path) -> None:
    found = two(tmp_path)
    file = tmp_path / "iarms.csv"
    file.write_text("Make,Serial number,Status\nM1,EF9999,stolen\nM1,,stolen\n", "utf-8")
    kept, faults = import_lost_list(found.ours, file, "", analyst(found.ours))
    assert (kept, [(each.row, each.field) for each in faults]) == (None, [(3, "serial")])
    file.write_text("Make,Serial number,Status\nM1,EF9999,stolen\n", "utf-8")
    kept, _ = import_lost_list(found.ours, file, "FR", analyst(found.ours))
    look_for_lost(found.ours)
    assert hits(found.ours) == [(3, "exact", "register")]
    assert found.ours.stores.outbox.waiting() == []
