"""The indicator of a node: from its own columns, the same again at the same head, and as a file."""

import csv
import io
from dataclasses import replace

import pytest

from tests.node.test_exporting import AUDITOR, node, stored
from tests.node.test_figures import KEEPER
from tracemark.authorities import NotPermitted
from tracemark.node import Node, SdmxForm, indicator_file, measure_indicator, node_of_nothing
from tracemark.reporting import AS_PUBLISHED, Terms

__all__ = ["node"]
YEARS = (2021, 2025)


def test_it_is_the_same_at_the_same_head_though_the_record_grew(node: Node) -> None:
    first = measure_indicator(node, YEARS, AUDITOR, Terms())
    size = node.stores.records.size()
    stored(node)
    assert measure_indicator(node, YEARS, AUDITOR, Terms(), size=size) == first
    assert measure_indicator(node, YEARS, AUDITOR, Terms()).head.split(".")[0] == str(size + 1)


def test_a_file_says_beside_each_value_what_it_is_a_share_of(node: Node) -> None:
    terms = replace(AS_PUBLISHED, unsaid_is_criminal=False)
    measured = measure_indicator(node, YEARS, AUDITOR, terms)
    rows = list(csv.DictReader(io.StringIO(indicator_file(node, measured, SdmxForm.CSV).decode())))
    share = measured.years[0].share
    assert rows[0]["COMMENT_OBS"] == (
        f"{share.numerator} of {share.denominator} arms; denominator: potentially_traceable; unmarked but established "
        "arms: left out; arms from lawful holders: left out; seizures of unstated legal basis (0): left out; only arms "
        "seized"
    )
    assert rows[0]["SOURCE_DETAIL"] == f"Register of XT, head {measured.head}"


def test_of_an_empty_record_every_year_is_missing() -> None:
    measured = measure_indicator(node_of_nothing(), YEARS, AUDITOR, Terms())
    assert (measured.head, [each.share.percent for each in measured.years]) == ("", [None] * 5)
    with pytest.raises(NotPermitted):
        measure_indicator(node_of_nothing(), YEARS, KEEPER, Terms())


def test_who_may_not_see_figures_sees_none(node: Node) -> None:
    with pytest.raises(NotPermitted):
        measure_indicator(node, YEARS, KEEPER, Terms())
