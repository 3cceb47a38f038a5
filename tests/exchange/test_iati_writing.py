"""What is written as IATI 2.03 is valid under its schema, and reads back as it was."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.assistance.given import activity
from tests.assistance.rounds import programme
from tracemark.assistance import (
    QUALITATIVE,
    UNITS,
    AidActivity,
    AidIndicator,
    AidResult,
    Budget,
    Money,
    Narrative,
    Organisation,
    Payment,
    Share,
    programme_activity,
    recognise,
)
from tracemark.exchange import DocumentRefused, read_iati, write_iati

AT = datetime(2026, 5, 1, tzinfo=UTC)
WORDS = st.text("abcé <>&\"'ИЖص小", min_size=1, max_size=12).map(str.split).map(" ".join).filter(bool)
CODES = st.text("ABC123", min_size=1, max_size=5)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
AMOUNTS = st.decimals(-10_000, 10_000, places=2)
NARRATIVES = st.lists(st.builds(Narrative, WORDS, st.sampled_from(["", "en", "fr", "ar"])), min_size=1, max_size=2)
MONEY = st.builds(Money, AMOUNTS, st.sampled_from(["USD", "EUR"]), DAYS)
SHARES = st.lists(st.builds(Share, CODES, st.just("1"), st.none() | st.decimals(0, 100, places=1)), max_size=2).map(
    tuple
)
ACTIVITIES = st.builds(
    AidActivity,
    identifier=CODES,
    titles=NARRATIVES.map(tuple),
    reporting=st.builds(Organisation, WORDS, CODES, st.just("10")),
    descriptions=NARRATIVES.map(tuple),
    participating=st.lists(st.builds(Organisation, WORDS, CODES, st.just("22"), st.just("4")), min_size=1).map(tuple),
    status=st.sampled_from("123456"),
    dates=st.lists(st.tuples(st.sampled_from("1234"), DAYS), min_size=1, max_size=3).map(tuple),
    countries=SHARES.map(lambda shares: tuple(Share(each.code, "", each.percent) for each in shares)),
    regions=SHARES,
    sectors=SHARES,
    budgets=st.lists(st.builds(Budget, DAYS, DAYS, MONEY), max_size=2).map(tuple),
    payments=st.lists(st.builds(Payment, st.sampled_from(["2", "3"]), DAYS, MONEY, WORDS, WORDS), max_size=2).map(
        tuple
    ),
)


@given(st.lists(ACTIVITIES, min_size=1, max_size=2))
def test_what_is_written_is_valid_and_reads_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, told: list[AidActivity]
) -> None:
    path = tmp_path_factory.getbasetemp() / "aid.xml"
    path.write_bytes(write_iati(told, generated_at=AT))
    assert read_iati(path).activities == tuple(told)


INDICATORS = st.builds(
    AidIndicator,
    NARRATIVES.map(tuple),
    st.sampled_from([UNITS, QUALITATIVE]),
    DAYS,
    DAYS,
    st.lists(st.builds(Narrative, WORDS), max_size=1).map(tuple),
    st.none() | st.integers(0, 1_000),
    st.lists(st.builds(Narrative, WORDS), max_size=2).map(tuple),
)
RESULTS = st.builds(
    AidResult,
    st.sampled_from("123"),
    NARRATIVES.map(tuple),
    st.lists(st.builds(Narrative, WORDS), max_size=1).map(tuple),
    st.lists(INDICATORS, min_size=1, max_size=2).map(tuple),
)


@given(st.lists(RESULTS, min_size=1, max_size=2))
def test_results_stand_with_their_activity_and_are_valid(told: list[AidResult]) -> None:
    written = write_iati([activity("XX-1"), activity("XX-2")], generated_at=AT, results={"XX-2": told})
    first, second = etree.fromstring(written).iterfind("iati-activity")
    assert first.find("result") is None
    for element, result in zip(second.iterfind("result"), told, strict=True):
        assert element.get("type") == result.kind
        assert [each.get("measure") for each in element.iterfind("indicator")] == [
            each.measure for each in result.indicators
        ]
        values = [each.get("value") for each in element.iterfind("indicator/period/actual")]
        assert values == [
            None if each.value is None else str(each.value)
            for each in result.indicators
            if each.value is not None or each.found
        ]


def test_a_programme_is_written_as_work_on_small_arms_with_its_states_and_money(tmp_path: Path) -> None:
    made = programme_activity(
        programme("Marking fund", 100, states=frozenset({"XA", "XB", "XC"})),
        publisher=Organisation("A fund", "XM-1", "40"),
        description="Help.",
        currency="USD",
        language="en",
        on=date(2026, 5, 1),
    )
    path = tmp_path / "aid.xml"
    path.write_bytes(write_iati([made], generated_at=AT))
    assert read_iati(path).activities == (made,)
    assert (made.identifier, made.status) == ("XM-1-Marking-fund", "2")
    assert [each.percent for each in made.countries] == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]
    assert recognise(made) is not None


def test_what_the_standard_asks_for_and_an_activity_lacks_is_refused() -> None:
    lacking = AidActivity("XX-1", (Narrative("T"),), Organisation("Agency", "XX"), status="2")
    with pytest.raises(DocumentRefused) as refused:
        write_iati([lacking], generated_at=AT, file="ours.xml")
    assert [(each.code, each.facts["element"]) for each in refused.value.findings] == [
        ("exchange.iati_attribute_missing", "reporting-org"),
        ("exchange.iati_misplaced", "activity-status"),
    ]
    assert {each.facts["file"] for each in refused.value.findings} == {"ours.xml (XX-1)"}
    assert write_iati([activity("XX-1")], generated_at=AT) == write_iati([activity("XX-1")], generated_at=AT)
