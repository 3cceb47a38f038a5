"""Figures of a node: drawn from its own columns, the same again at the same head."""

import shutil

import pytest

from tests.node.test_exporting import AUDITOR, node, stored
from tracemark.authorities import NotPermitted, Role
from tracemark.kernel import Actor
from tracemark.node import HeadMissing, Node, drawing
from tracemark.reporting import Period

__all__ = ["node"]
KEEPER = Actor("keeper", "XT-ARMY", frozenset({Role.STOREKEEPER.value}))
PERIOD = Period.parse("2000", "2026")


def test_a_figure_is_the_same_at_the_same_head_though_the_record_grew(node: Node) -> None:
    with drawing(node, PERIOD, AUDITOR) as opened:
        first = opened.draw("recoveries.seized", ("year", "weapon_kind"))
    size = node.stores.records.size()
    stored(node)
    with drawing(node, PERIOD, AUDITOR) as opened:
        assert opened.head.split(".")[0] == str(size + 1)
    with drawing(node, PERIOD, AUDITOR, size=size) as opened:
        assert opened.draw("recoveries.seized", ("year", "weapon_kind")) == first
    shutil.rmtree(node.columns)
    with drawing(node, PERIOD, AUDITOR, size=size) as opened:
        assert opened.draw("recoveries.seized", ("year", "weapon_kind")) == first
    with pytest.raises(HeadMissing), drawing(node, PERIOD, AUDITOR, size=10**9):
        pass


def test_who_may_not_see_figures_sees_none(node: Node) -> None:
    with pytest.raises(NotPermitted), drawing(node, PERIOD, KEEPER):
        pass
