"""A report is published by two people from a day on, and only what is for everybody is public."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.reporting.desk import APPROVER, CONTACT, drafted, said, standing
from tests.rooms import NOW, StillClock, clock, stores
from tracemark.authorities import NotPermitted, Role
from tracemark.documents import Drawn, report_json, report_words
from tracemark.kernel import Plain
from tracemark.recordkeeping import Sealed
from tracemark.reporting import (
    Answer,
    Period,
    PublicationRefused,
    ReportRefused,
    answer_question,
    approve_publication,
    assess,
    comment_on_report,
    propose_publication,
    propose_report_publication,
    public_report_named,
    public_reports,
    publish_report,
    published_scheme,
    sign_off_report,
    submit_report,
    take_back_report,
)
from tracemark.reporting import Drawn as Figure
from tracemark.reporting.differencing import Known
from tracemark.reporting.disclosure import disclosure_of
from tracemark.storage.memory import MemoryStores

__all__ = ["clock", "stores"]
TODAY = NOW.date()


@pytest.fixture
def submitted(stores: MemoryStores, clock: StillClock, tmp_path: Path) -> str:
    """A submitted report, of which one answer is not for publication."""
    name = drafted(stores, clock, tmp_path, seized=9)
    said(stores, clock, name, "nca.exists", "yes")
    said(stores, clock, name, "nca.composition", {"all": 12, "women": 3, "men": 9})
    kept = Answer("npc.exists", "no", note="not yet agreed", withheld=True)
    answer_question(report=name, answer=kept, actor=CONTACT, stores=stores, clock=clock)
    comment_on_report(report=name, text="ask the ministry", actor=CONTACT, stores=stores, clock=clock)
    sign_off_report(report=name, actor=APPROVER, stores=stores, clock=clock)
    submit_report(report=name, actor=CONTACT, stores=stores, clock=clock)
    return name


def published(stores: MemoryStores, clock: StillClock, name: str, public_from: date | None = None) -> None:
    propose_report_publication(report=name, public_from=public_from, actor=CONTACT, stores=stores, clock=clock)
    publish_report(report=name, actor=APPROVER, stores=stores, clock=clock)


def test_two_people_publish_and_one_takes_back(stores: MemoryStores, clock: StillClock, submitted: str) -> None:
    with pytest.raises(ReportRefused) as error:
        publish_report(report=submitted, actor=APPROVER, stores=stores, clock=clock)
    assert [each.code for each in error.value.findings] == ["reporting.publication_not_proposed"]
    both = replace(CONTACT, roles=frozenset({Role.APPROVER.value, Role.POINT_OF_CONTACT.value}))
    propose_report_publication(report=submitted, actor=both, stores=stores, clock=clock)
    with pytest.raises(NotPermitted):
        publish_report(report=submitted, actor=both, stores=stores, clock=clock)
    assert public_reports(stores, TODAY) == []
    publish_report(report=submitted, actor=APPROVER, stores=stores, clock=clock)
    assert [each.name for each in public_reports(stores, TODAY)] == [submitted]
    take_back_report(report=submitted, reason="a name in it", actor=APPROVER, stores=stores, clock=clock)
    assert public_reports(stores, TODAY) == []
    with pytest.raises(KeyError):
        public_report_named(submitted, stores, TODAY)
    with pytest.raises(ReportRefused):
        publish_report(report=submitted, actor=APPROVER, stores=stores, clock=clock)


def test_it_stays_closed_until_its_day(stores: MemoryStores, clock: StillClock, submitted: str) -> None:
    day = TODAY + timedelta(days=10)
    published(stores, clock, submitted, day)
    assert (standing(stores, submitted).standing, public_reports(stores, TODAY)) == ("published", [])
    assert [each.name for each in public_reports(stores, day)] == [submitted]


def test_what_is_withheld_small_or_said_inside_is_not_public(
    stores: MemoryStores, clock: StillClock, submitted: str
) -> None:
    published(stores, clock, submitted)
    known = public_report_named(submitted, stores, TODAY)
    values: dict[str, Plain] = {name: known.answers[name].value for name in ("nca.composition", "col.seized")}
    assert values == {
        "nca.composition": {"all": 12, "women": None, "men": None},
        "col.seized": {"all": 10, "2024": None, "2025": None},
    }
    assert (known.answers["npc.exists"].value, known.answers["npc.exists"].note) == (None, "")
    text = report_json(known, known.in_edition()).decode()
    told = ("not yet agreed", "ask the ministry", CONTACT.name, APPROVER.name)
    assert [each for each in told if each in text] == []
    assert standing(stores, submitted).answers["npc.exists"].value == "no"


def test_an_answer_that_would_be_what_another_leaves_is_withheld(
    stores: MemoryStores, clock: StillClock, submitted: str
) -> None:
    known = standing(stores, submitted)
    told: dict[str, Plain] = {"col.kinds": [{"manner": "seized", "weapon_kind": "pistol", "number": 60},
                                            {"manner": "found", "weapon_kind": "pistol", "number": 40},
                                            {"manner": "surrendered", "weapon_kind": "pistol", "number": 3}],
                              "col.seized": {"all": 60}, "col.found": {"all": 40}, "col.surrendered": {"all": 3},
                              "gen.women": {"all": "8.0"},
                              "gen.officers": {"all": 50}}  # fmt: skip
    answers = {**known.answers, **{name: Answer(name, value) for name, value in told.items()}}
    seen = disclosure_of(replace(known, answers=answers), Known()).public().answers
    assert {name: seen[name].value for name in ("col.seized", "col.found", "gen.women")} == {
        "col.seized": {"all": 60},
        "col.found": {"all": None},
        "gen.women": {"all": None},
    }


def test_it_is_said_that_an_answer_is_withheld(stores: MemoryStores, clock: StillClock, submitted: str) -> None:
    published(stores, clock, submitted)
    known = public_report_named(submitted, stores, TODAY)
    words = report_words(known, known.in_edition(), Drawn("Taravia", "", "2026-05-06T07:08:09Z", ""))
    lines = {item.id: item.lines for part in words.parts for item in part.items}
    assert lines["npc.exists"] == ("This answer is not for publication.",)
    assert lines["nca.composition"] == ("Women: withheld", "Men: withheld", "Total: 12")


def test_the_public_score_is_reckoned_from_what_is_public(
    stores: MemoryStores, clock: StillClock, submitted: str
) -> None:
    published(stores, clock, submitted)
    scheme = published_scheme()
    points = assess(public_report_named(submitted, stores, TODAY), scheme).points
    assert 0 < points <= assess(standing(stores, submitted), scheme).points


def seized_in(years: Period, number: int) -> Figure:
    return Figure("recoveries.seized", "weapons", years, "7.ab", number, (), {})


def test_a_figure_that_would_tell_what_a_report_withholds_is_refused(
    stores: MemoryStores, clock: StillClock, submitted: str
) -> None:
    """The report tells that ten were seized in two years, and withholds how many in each."""
    published(stores, clock, submitted)
    seen = public_report_named(submitted, stores, TODAY).answers["col.seized"].value
    assert seen == {"all": 10, "2024": None, "2025": None}
    with pytest.raises(PublicationRefused) as refused:
        propose_publication(drawn=seized_in(Period.parse("2024", "2024"), 9), actor=CONTACT, stores=stores, clock=clock)
    assert [(each.code, each.facts["publications"]) for each in refused.value.findings] == [
        ("reporting.publication_tells", [submitted])
    ]
    propose_publication(
        drawn=Figure("recoveries.seized", "weapons", Period.parse("2024", "2025"), "7.ab", 10, (), {}),
        actor=CONTACT,
        stores=stores,
        clock=clock,
    )


def test_a_report_withholds_what_would_tell_a_number_beside_a_figure_that_stands_published(
    stores: MemoryStores, clock: StillClock, submitted: str
) -> None:
    """That nine were seized in 2024 is known: that ten were in two years would tell of the one in 2025."""
    name = propose_publication(
        drawn=seized_in(Period.parse("2024", "2024"), 9), actor=CONTACT, stores=stores, clock=clock
    )
    approve_publication(name=name, actor=APPROVER, stores=stores, clock=clock)
    published(stores, clock, submitted)
    answers = public_report_named(submitted, stores, TODAY).answers
    assert answers["col.seized"].value == {"all": None, "2024": 9, "2025": None}


def test_what_is_published_is_read_together_once_and_again_when_something_of_it_changed(
    stores: MemoryStores, clock: StillClock, submitted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(stores, clock, submitted)
    events, asked = stores.dossiers.events, list[str]()

    def noted(name: str) -> list[Sealed]:
        asked.append(name)
        return events(name)

    monkeypatch.setattr(stores.dossiers, "events", noted)
    first = public_reports(stores, TODAY)
    assert asked == [submitted]
    assert public_reports(stores, TODAY) == first == [public_report_named(submitted, stores, TODAY)]
    assert asked == [submitted]
    drawn = seized_in(Period.parse("2019", "2019"), 30)
    name = propose_publication(drawn=drawn, actor=CONTACT, stores=stores, clock=clock)
    assert public_reports(stores, TODAY) == first
    approve_publication(name=name, actor=APPROVER, stores=stores, clock=clock)
    asked.clear()
    assert public_reports(stores, TODAY) == first
    assert set(asked) == {submitted, name}
