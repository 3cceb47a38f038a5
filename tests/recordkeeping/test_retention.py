from datetime import date

import pytest

from tests.recordkeeping.lives import WEAPON, event, imported
from tests.rooms import StillClock, officer, told
from tracemark.authorities import NotPermitted, Role
from tracemark.kernel import PartialDate
from tracemark.recordkeeping import (
    EventKind,
    Kept,
    Term,
    TermsRefused,
    below_floor,
    floors,
    keep_person,
    keep_until,
    kept,
    propose_erasure,
    read_terms,
    retention_of,
)
from tracemark.storage.memory import MemoryStores

SINCE = PartialDate(1990)
LAW = """
[[term]]
retention = "other"
years = 40
source = "Firearms Act 2014, section 12"
since = "2014-05-17"
until = "2026-12"

[[term]]
retention = "manufacture"
years = "for ever"
source = "Firearms Act 2014, section 12"
since = 2014-05-17
"""


def until(kind: EventKind, happened: PartialDate, *terms: Term, on: date | None = None) -> PartialDate | None:
    return keep_until(kind, happened, terms, on=on).until


def test_iti_12a_records_of_manufacture_are_kept_thirty_years() -> None:
    assert keep_until(EventKind.MANUFACTURED, PartialDate(2000, 5, 1)) == Kept(PartialDate(2030, 5, 1), "ITI 12(a)")


def test_iti_12b_all_other_records_are_kept_twenty_years() -> None:
    assert keep_until(EventKind.TRANSFERRED, PartialDate(2000, 5, 1)) == Kept(PartialDate(2020, 5, 1), "ITI 12(b)")


def test_fp_7_ten_years_are_the_least_of_any_record() -> None:
    assert {each.years for each in floors() if str(each.source) == "FP 7"} == {10}
    short = below_floor([Term("other", 7, "Act 1", SINCE), Term("manufacture", 12, "Act 2", SINCE)])
    assert [(str(each.source), each.facts["law"], each.facts["years"], each.facts["floor"]) for each in short] == [
        ("ITI 12(b)", "Act 1", 7, 20),
        ("FP 7", "Act 1", 7, 10),
        ("ITI 12(a)", "Act 2", 12, 30),
    ]


def test_iti_12_a_state_may_keep_longer_but_not_shorter() -> None:
    assert until(EventKind.TRANSFERRED, PartialDate(2000, 5, 1), Term("other", 50, "Act", SINCE)) == PartialDate(
        2050, 5, 1
    )
    assert until(EventKind.TRANSFERRED, PartialDate(2000, 5, 1), Term("other", 7, "Act", SINCE)) == PartialDate(
        2020, 5, 1
    )
    assert until(EventKind.TRANSFERRED, PartialDate(2000, 5, 1), Term("other", None, "Act", SINCE)) is None
    assert below_floor([Term("other", None, "Act", SINCE), Term("other", 20, "Act", SINCE)]) == []


def test_a_leap_day_and_a_year_alone_are_kept_to_the_end() -> None:
    assert until(EventKind.TRANSFERRED, PartialDate(2004, 2, 29)) == PartialDate(2024, 2, 29)
    assert until(EventKind.MANUFACTURED, PartialDate(2004, 2, 29)) == PartialDate(2034, 3, 1)
    assert until(EventKind.TRANSFERRED, PartialDate(2004)) == PartialDate(2024, 12, 31)


def test_a_state_s_terms_are_dated() -> None:
    other, manufacture = read_terms(LAW, file="law.toml")
    assert (other.years, manufacture.years, manufacture.until) == (40, None, None)
    assert [other.in_force(day) for day in (date(2014, 5, 16), date(2014, 5, 17), date(2026, 12, 31))] == [
        False, True, True,
    ]  # fmt: skip
    sold = EventKind.TRANSFERRED, PartialDate(2000, 5, 1)
    assert until(*sold, other, on=date(2026, 1, 1)) == PartialDate(2040, 5, 1)
    assert until(*sold, other, on=date(2027, 1, 1)) == PartialDate(2020, 5, 1)


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (LAW.replace('"other"', '"sales"'), "retention = "),
        (LAW.replace("40", "-1"), "years = "),
        (LAW.replace('since = "2014-05-17"', 'since = "May 2014"'), "since = "),
        (LAW.replace('source = "Firearms Act 2014, section 12"', "", 1), "source = "),
    ],
)
def test_terms_that_cannot_be_read_name_file_place_and_field(wrong: str, expected: str) -> None:
    with pytest.raises(TermsRefused) as refused:
        read_terms(wrong, file="law.toml")
    [finding] = refused.value.findings
    assert (finding.code, finding.facts["file"]) == ("recordkeeping.terms_unreadable", "law.toml")
    assert expected in str(finding.facts["expected"])


def test_terms_that_are_no_toml_name_line_and_column() -> None:
    with pytest.raises(TermsRefused) as refused:
        read_terms("[[term", file="law.toml")
    [finding] = refused.value.findings
    facts = {"file": "law.toml", "line": 1, "column": 7, "fault": "unclosed"}
    assert (finding.code, finding.facts) == ("recordkeeping.terms_not_toml", facts)


def test_a_record_is_kept_as_long_as_its_event_that_asks_longest() -> None:
    life = [imported("2001-05-04"), event("transferred", "2010-06", holder="XT-DEALER")]
    assert kept(life, (), on=date(2026, 1, 1)) == Kept(PartialDate(2030, 6, 30), "ITI 12(b)")
    assert kept(life, (), on=date(2026, 1, 1)).runs(date(2030, 6, 30))
    assert not kept(life, (), on=date(2026, 1, 1)).runs(date(2030, 7, 1))


@pytest.mark.parametrize("role", list(Role))
def test_retention_is_read_by_whom_it_is_granted(role: Role, stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, imported())
    actor = officer(role, authority="XT-ARMY")
    if role in {Role.REGISTRY_OFFICER, Role.LICENSING_OFFICER, Role.APPROVER, Role.AUDITOR}:
        found = retention_of(weapon=WEAPON, terms=(), actor=actor, stores=stores, clock=clock)
        assert found == Kept(PartialDate(2021, 5, 4), "ITI 12(b)")
    else:
        with pytest.raises(NotPermitted):
            retention_of(weapon=WEAPON, terms=(), actor=actor, stores=stores, clock=clock)


@pytest.mark.parametrize(
    ("happened", "sold", "warned"),
    [
        ("2020", False, {"kept_until": "2040-12-31", "holds": WEAPON}),
        ("2001", False, {"holds": WEAPON}),
        ("2020", True, {"kept_until": "2041-12-31"}),
    ],
)
def test_iti_12_an_erasure_says_that_the_record_must_be_kept_and_whose_weapon_it_still_is(
    happened: str, sold: bool, warned: dict[str, object], stores: MemoryStores, clock: StillClock
) -> None:
    actor = officer(Role.REGISTRY_OFFICER)
    holder = keep_person(data={"name": "x"}, salt=bytes(32), actor=actor, stores=stores)
    told(stores, clock, imported(happened, holder=holder))
    if sold:
        told(stores, clock, event("transferred", "2021", holder="XT-DEALER"))
    proposed = propose_erasure(
        holder=holder, weapon=WEAPON, legal_basis="court order", actor=actor, stores=stores, clock=clock
    )
    found = {
        name: value for name, value in proposed.content.items() if name not in {"commitment", "legal_basis", "weapon"}
    }
    assert found == warned
