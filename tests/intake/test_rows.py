from dataclasses import replace
from typing import Any

import pytest

from tests.intake.lots import COLUMNS, PROFILE, TODAY, KnownNames, codes, draft_of, profile, reader_of, row
from tracemark.authorities import Agency, AgencyKind
from tracemark.intake import (
    CatalogueNames,
    Draft,
    Grade,
    ListedAgencies,
    RowReader,
    Severity,
    severities,
    survey,
    table_of,
)
from tracemark.kernel import Finding
from tracemark.weapons import Description


def facts(draft: Draft, code: str) -> dict[str, Any]:
    found: list[Finding] = [each for each in draft.findings if each.code == code]
    assert len(found) == 1
    return {name: found[0].facts[name] for name in ("row", "field", "value", "suggestion")}


def test_a_good_row_tells_a_weapon_with_its_mark_and_event() -> None:
    draft = draft_of(row())
    assert draft.findings == ()
    assert draft.grade is Grade.A
    assert draft.description == Description(
        kind="pistol", maker="known_maker", model="known_model", calibre="known_calibre", country="AT", year=2001
    )
    assert draft.components == ({"part": "frame", "control": True},)
    assert draft.marks == ({"kind": "manufacture", "part": "frame", "serial": "AB12345", "text": "AB12345"},)
    assert [(each.kind.value, str(each.happened), each.details) for each in draft.events] == [
        ("registered", "2002-04-05", {"holder": "organisation:XT-DEALER"})
    ]


def test_a_component_whose_part_a_row_leaves_out_is_told_and_never_stops_the_rows_beside_it() -> None:
    text = PROFILE.replace('part = { constant = "frame" }\ncontrol', 'part = "holder"\ncontrol', 1)
    reader = reader_of(text)
    assert codes(reader.read(2, row(holder="slide"))) == []
    lacking = reader.read(3, row())
    assert (lacking.refused, facts(lacking, "intake.detail_unfit")["field"]) == (True, "components")
    assert lacking.findings[0].facts["part"] == "1.part"


def test_words_the_catalogue_does_not_know_are_kept_as_written_with_a_suggestion() -> None:
    draft = draft_of(row(maker="Nobody & Sons", model="short"))
    assert draft.description.as_written == {"maker": "Nobody & Sons", "model": "short"}
    assert (draft.description.maker, draft.description.model) == ("", "")
    assert facts(draft, "intake.maker_unknown") == {
        "row": 2, "field": "maker", "value": "Nobody & Sons", "suggestion": "known_nearest",
    }  # fmt: skip
    assert facts(draft, "intake.name_uncertain")["suggestion"] == "known_long"
    assert (draft.refused, draft.grade) == (False, Grade.B)


@pytest.mark.parametrize("serial", ["000000", "NONE", "unknown", "N.A.", "no serial number", "XXXX", "illegible"])
def test_a_word_that_stands_for_a_serial_is_none(serial: str) -> None:
    draft = draft_of(row(serial))
    assert codes(draft) == ["intake.serial_placeholder"]
    assert (draft.marks, draft.serials, draft.grade) == ((), (), Grade.D)
    assert draft.description.as_written == {"serial": serial}


@pytest.mark.parametrize(
    ("serial", "code"),
    [("", "intake.serial_missing"), ("A1", "intake.serial_short")],
)
def test_a_serial_that_is_doubtful_is_said(serial: str, code: str) -> None:
    draft = draft_of(row(serial))
    assert (draft.refused, codes(draft)) == (False, [code])


AS_WRITTEN = PROFILE.replace("[file]", "[file]\nserials_as_written = true")


@pytest.mark.parametrize(
    ("serial", "code", "suggestion", "vouched"),
    [
        ("1.23457E+11", "intake.serial_spreadsheet", "", False),
        ("1E+16", "intake.serial_spreadsheet", "", False),
        ("12345678901234500", "intake.serial_rounded", "", True),
        ("12345.0", "intake.serial_decimal", "12345", True),
        ("2024-09-01", "intake.serial_dated", "", True),
        ("#REF!", "intake.cell_without_value", "", False),
    ],
)
def test_iti_8a_a_serial_that_a_spreadsheet_changed_refuses_its_row_unless_the_profile_vouches_for_it(
    serial: str, code: str, suggestion: str, vouched: bool
) -> None:
    draft = draft_of(row(serial))
    assert facts(draft, code) == {"row": 2, "field": "serial", "value": serial, "suggestion": suggestion}
    assert (draft.refused, codes(draft)) == (True, [code])
    assert codes(many([serial], AS_WRITTEN)[0]) == ([] if vouched else [code])


def many(serials: list[str], text: str = PROFILE) -> list[Draft]:
    rows = [row(serial) for serial in serials]
    seen = survey(table_of("lot.csv", COLUMNS, rows), profile(text))
    reader = RowReader(
        profile=profile(text),
        columns=COLUMNS,
        dates=seen.readers,
        names=KnownNames(),
        today=TODAY,
        serials=seen.serials,
    )
    return [reader.read(number, each) for number, each in enumerate(rows, 2)]


def test_a_number_shorter_than_those_that_kept_their_zeros_is_doubted_and_told_how_it_may_have_been() -> None:
    found = many(["0001234", "1235", "1234567", "AB12"])
    assert [codes(each) for each in found] == [[], ["intake.serial_zeros_lost"], [], []]
    assert (found[1].refused, found[1].grade, found[1].findings[0].facts["suggestion"]) == (False, Grade.C, "0001235")


@pytest.mark.parametrize(("serials", "text"), [(["01234", "001234", "12"], PROFILE), (["0001234", "123"], AS_WRITTEN)])
def test_zeros_are_not_missed_where_their_number_differs_or_the_profile_vouches(serials: list[str], text: str) -> None:
    assert all("intake.serial_zeros_lost" not in codes(each) for each in many(serials, text))


def test_a_cell_without_a_value_refuses_its_row_and_a_persons_is_not_repeated() -> None:
    assert facts(draft_of(row(model="#N/A")), "intake.cell_without_value")["value"] == "#N/A"
    text = PROFILE.replace('names = "organisation"', 'names = "person"')
    assert facts(draft_of(row(holder="=B2"), text), "intake.cell_without_value")["value"] == "…"


ACTING = PROFILE.replace('happened = "got_on"', 'happened = "got_on"\nauthority = "model"').replace(
    'model = "model"\n', ""
)
LISTED = (
    Agency("XT-PO", "Ministère de l’Intérieur", AgencyKind.POLICE),
    Agency("XT-C1", "Customs", AgencyKind.CUSTOMS),
    Agency("XT-C2", "Customs", AgencyKind.CUSTOMS),
)


@pytest.mark.parametrize("named", ["XT-PO", "xt-po", "Ministère de l’Intérieur", "MINISTERE DE L’INTERIEUR"])
def test_an_authority_is_recorded_by_its_code_whichever_way_it_is_named(named: str) -> None:
    draft = draft_of(row(model=named), ACTING, LISTED)
    assert (codes(draft), draft.events[0].authority) == ([], "XT-PO")


@pytest.mark.parametrize(
    ("named", "suggestion"),
    [("Ministere de l’Interior", "XT-PO"), ("Customs", "XT-C1, XT-C2"), ("Nobody", "")],
)
def test_an_authority_that_is_not_one_listed_agency_refuses_the_row_with_the_nearest(
    named: str, suggestion: str
) -> None:
    draft = draft_of(row(model=named), ACTING, LISTED)
    assert facts(draft, "intake.authority_unknown") == {
        "row": 2, "field": "model", "value": named, "suggestion": suggestion,
    }  # fmt: skip
    assert draft.refused


def test_the_agency_that_brings_the_file_may_be_on_no_list_yet() -> None:
    own = ListedAgencies((), "XT-REG")
    assert (own.authority("XT-REG"), own.authority("XT-PO"), own.code("XT-REG")) == ("XT-REG", "", "")


def test_a_serial_whose_absence_is_explained_is_not_missed() -> None:
    text = PROFILE.replace('year = "year"', 'year = "year"\nunmarked_because = { constant = "home_made" }', 1)
    draft = draft_of(row(""), text)
    assert (codes(draft), draft.description.unmarked_because) == ([], "home_made")


@pytest.mark.parametrize(
    ("year", "code"),
    [
        ("1066", "intake.year_impossible"),
        ("2199", "intake.year_impossible"),
        ("MMI", "intake.year_unread"),
        ("2005", "intake.year_after_event"),
    ],
)
def test_a_year_that_cannot_be(year: str, code: str) -> None:
    assert codes(draft_of(row(year=year))) == [code]


def test_a_broken_date_refuses_the_row_with_a_mend() -> None:
    draft = draft_of(row(got_on="12/09/202"))
    assert facts(draft, "intake.date_year_short") == {
        "row": 2, "field": "got_on", "value": "12/09/202", "suggestion": "202X-09-12",
    }  # fmt: skip
    assert (draft.refused, codes(draft)) == (True, ["intake.date_year_short"])


def test_iti_5_a_recovery_before_the_sale_is_refused() -> None:
    draft = draft_of(row(got_on="05/04/2002", seized_on="04/04/2002"))
    assert facts(draft, "intake.recovery_before_sale") == {
        "row": 2, "field": "seized", "value": "2002-04-04", "suggestion": "registered 2002-04-05",
    }  # fmt: skip
    assert draft.refused


def test_a_recovery_of_unknown_day_in_the_year_of_the_sale_is_no_contradiction_but_out_of_order() -> None:
    assert codes(draft_of(row(got_on="05/04/2002", seized_on="2002"))) == ["intake.impossible_sequence"]


def test_a_recovery_alone_is_a_record() -> None:
    draft = draft_of(row(got_on="", seized_on="04/04/2002"))
    assert (draft.refused, [each.kind.value for each in draft.events]) == (False, ["seized"])


def test_a_row_that_tells_of_nothing_is_refused() -> None:
    assert codes(draft_of(row(got_on=""))) == ["intake.no_event"]


def test_a_day_to_come_is_refused() -> None:
    assert codes(draft_of(row(got_on="16/01/2026"))) == ["intake.date_future"]


def test_words_for_nothing_are_empty_cells() -> None:
    draft = draft_of(row(model="-", calibre="N/A"))
    assert (draft.description.model, draft.description.calibre, draft.description.as_written) == ("", "", None)


def test_a_ragged_row_says_how_many_cells_it_has() -> None:
    draft = draft_of(row()[:-1])
    assert facts(draft, "intake.row_ragged") == {
        "row": 2, "field": "", "value": f"{len(COLUMNS) - 1} cells", "suggestion": f"{len(COLUMNS)} cells",
    }  # fmt: skip


@pytest.mark.parametrize("sign", ["\x00", "\ufffd"])
def test_a_broken_character_names_its_column(sign: str) -> None:
    assert facts(draft_of(row(model=f"P{sign}1")), "intake.character_broken")["field"] == "model"


def test_an_empty_detail_that_the_event_needs_is_refused() -> None:
    text = PROFILE.replace('place = { constant = "Port" }', 'place = "holder"')
    assert codes(draft_of(row(seized_on="01/01/2020"), text)) == ["intake.detail_empty"]


def test_a_required_cell_that_is_empty_is_refused() -> None:
    text = PROFILE.replace("[file]", '[file]\nrequired = ["model"]')
    assert codes(draft_of(row(model=""), text)) == ["intake.required_empty"]


def test_an_event_without_date_is_missed_only_where_another_column_tells_of_it() -> None:
    text = PROFILE.replace('happened = "seized_on"', 'happened = "seized_on"\nwhen = "holder"')
    assert codes(draft_of(row(holder="XT-ARMY"), text)) == ["intake.date_missing"]
    assert codes(draft_of(row(), text)) == []


def test_a_draft_comes_back_from_its_plain_form() -> None:
    draft = draft_of(row(seized_on="06/2003"))
    assert Draft.of_plain(draft.plain()) == replace(draft, cells={})


def test_every_code_has_a_severity() -> None:
    assert {each.value for each in severities().values()} == {each.value for each in Severity}


def test_advice_is_a_name_and_no_code() -> None:
    told = CatalogueNames().named("model", "Glock 19x", maker="glock").suggestion
    assert (CatalogueNames().named("maker", "Glok").suggestion, "/" in told) == ("Glock", False)
