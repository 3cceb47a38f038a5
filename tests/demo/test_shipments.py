"""Licences, consignments and counts of the fictional State, and what goes wrong among them."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.demo.test_building import AUDITOR
from tracemark import demo, node, transfers
from tracemark.demo import Paper, Plant
from tracemark.diversion import Signal
from tracemark.node import Node

TODAY = date(2026, 12, 31)
ON_PAPER = {
    "certificate_unknown", "certificate_used_twice", "count_overdue", "counted_missing", "counts_alike",
    "delivery_overdue", "destruction_incomplete", "embargoed_at_date", "licence_overdrawn", "negative_balance",
    "received_short", "received_unsent", "round_counts", "route_deviation", "shipped_outside_validity",
    "back_dated_by_account", "back_dated_entry", "passed_on_without_consent", "repeat_buyer", "small_seizures",
}  # fmt: skip


def standings(opened: Node, kind: str) -> set[str]:
    return {each.standing for each in opened.stores.dossiers.page(kind, limit=1_000)}


@pytest.fixture(scope="module")
def planted(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> tuple[list[Plant], list[Signal]]:
    """What was planted in a State of much paper, and what was found there."""
    folder, truth = tmp_path_factory.mktemp("paper"), list[Plant]()
    with django_db_blocker.unblock():
        opened = node.open_node(f"sqlite:///{folder}/state.sqlite3")
        demo.build_state(node=opened, weapons=15_000, seed=5, plants=0.001, note=truth.append, paper=Paper(120, 48))
        node.export_parquet(opened, folder / "columns", AUDITOR)
        opened.stores.close()
    return truth, list(node.detect_signals(folder / "columns", today=TODAY))


def test_the_desks_have_licences_consignments_and_certificates_at_every_stage(demo_node: Node) -> None:
    assert standings(demo_node, "licence") == {
        "drafted", "advised", "approved", "refused", "issued", "revoked", "closed"
    }  # fmt: skip
    assert standings(demo_node, "consignment") >= {"shipped", "received", "closed"}
    assert standings(demo_node, "certificate") == {"drafted", "used"}
    assert standings(demo_node, "count") == {"closed"}


def test_the_oldest_certificate_that_waits_is_signed_with_the_nodes_own_key(demo_node: Node) -> None:
    demo.sign_certificate(demo_node)
    assert standings(demo_node, "certificate") == {"drafted", "issued", "used"}
    (name,) = (each.name for each in demo_node.stores.dossiers.page("certificate") if each.standing == "issued")
    signed = transfers.certificate(name=name, actor=AUDITOR, stores=demo_node.stores)
    told = node.check_certificate(token=signed.token, key=str(demo_node.key), on=TODAY)
    assert told.number == name


def test_every_kind_of_diversion_on_paper_is_planted_and_found(planted: tuple[list[Plant], list[Signal]]) -> None:
    truth, signals = planted
    missed = [
        plant
        for plant in truth
        if plant.rule in ON_PAPER
        and not any(
            each.rule == plant.rule
            and (set(plant.weapons) & set(each.weapons) or (plant.dossier or None) in (each.facts or {}).values())
            for each in signals
        )
    ]
    assert missed == []
    assert {plant.rule for plant in truth} >= ON_PAPER


def test_without_plants_nothing_is_planted_on_paper(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> None:
    truth = list[Plant]()
    with django_db_blocker.unblock():
        opened = node.open_node(f"sqlite:///{tmp_path}/state.sqlite3")
        demo.build_state(node=opened, weapons=3_000, seed=2001, note=truth.append)
        assert Counter(each.rule for each in truth) == {
            "counted_missing": 1, "count_overdue": 1, "destroyed_then_recovered": 1
        }  # fmt: skip
        opened.stores.close()
