"""Published figures in SDMX, read back by another library with their own structure."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pysdmx.io import read_sdmx
from pysdmx.model import Role

from tracemark.exchange import SdmxForm, figure_dsd, figure_structure, write_figure
from tracemark.kernel import PartialDate
from tracemark.reporting import SUM, Period, Publication, PublicationStanding, PublishedTable, figures
from tracemark.weapons import catalogue

NOW = datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)


def publication(figure: str, by: tuple[str, ...], numbers: dict[tuple[str, ...], Any], period: Period) -> Publication:
    table = PublishedTable(figure, figures()[figure].unit, period, by, numbers)
    on = PartialDate.parse("2026-01-02")
    return Publication("PF-2026-000001", PublicationStanding.PUBLISHED, table, 5, "7.ab", "d", "cleo", on)


MARKED = publication(
    "weapons.marked",
    ("year", "weapon_kind"),
    {("2024", "pistol"): None, ("2024", SUM): 32, ("", "pistol"): 8, (SUM, "pistol"): 10, (SUM, SUM): 52},
    Period.parse("2024", "2025"),
)


def read_back(found: Publication, form: SdmxForm) -> list[dict[str, str]]:
    read = read_sdmx(write_figure(found, "XT", NOW, form).decode(), validate=True)
    data: Any = read.get_datasets()[0]
    assert str(data.structure) == "DataStructure=TRACEMARK:FIGURES(2.0)"
    rows = data.data.to_dict("records")
    return [{name: each for name, each in row.items() if isinstance(each, str) and each} for row in rows]


def in_order(row: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(row.items())


@pytest.mark.parametrize("form", SdmxForm)
def test_another_library_reads_the_same_numbers(form: SdmxForm) -> None:
    whole = "2024-01-01/P731D"
    told = {
        "REF_AREA": "XT", "FIGURE": "WEAPONS_MARKED", "WEAPON_KIND": "_T", "YEAR": "_T", "UNIT_MEASURE": "WEAPONS",
        "OBS_STATUS": "A", "SOURCE_DETAIL": "Register of XT, publication PF-2026-000001, head 7.ab",
    }  # fmt: skip
    others = {each.upper(): "_T" for each in figures()["weapons.marked"].by if each not in MARKED.table.by}
    usual = dict.fromkeys(figure_dsd().dimensions, "_Z") | told | others
    expected = [
        usual | {"TIME_PERIOD": whole, "OBS_VALUE": "52"},
        usual | {"TIME_PERIOD": "2024", "OBS_VALUE": "32"},
        usual | {"TIME_PERIOD": whole, "OBS_VALUE": "10", "WEAPON_KIND": "pistol"},
        usual | {"TIME_PERIOD": "2024", "OBS_STATUS": "Q", "WEAPON_KIND": "pistol"},
        usual | {"TIME_PERIOD": whole, "OBS_VALUE": "8", "YEAR": "_X", "WEAPON_KIND": "pistol"},
    ]
    assert sorted(map(in_order, read_back(MARKED, form))) == sorted(map(in_order, expected))


def test_sex_and_age_bear_the_codes_of_the_goals() -> None:
    numbers: dict[tuple[str, ...], Any] = {("female", "15-17"): 7, ("unknown", "65+"): 5, ("", ""): 6, (SUM, SUM): 18}
    found = publication("people.delegates", ("sex", "age_band"), numbers, Period(date(2025, 1, 1), date(2025, 12, 31)))
    told = {(each["SEX"], each["AGE"], each["TIME_PERIOD"]): each["OBS_VALUE"]
            for each in read_back(found, SdmxForm.ML_2_1)}  # fmt: skip
    assert told == {
        ("F", "Y15T17", "2025"): "7", ("_U", "Y_GE65", "2025"): "5", ("_X", "_X", "2025"): "6",
        ("_T", "_T", "2025"): "18",
    }  # fmt: skip


def test_a_share_keeps_its_decimals() -> None:
    [name] = [each.id for each in figures().values() if each.parts][:1]
    found = publication(name, (), {(SUM,): Decimal("33.25")}, Period.parse("2025", "2025"))
    assert [each["OBS_VALUE"] for each in read_back(found, SdmxForm.CSV)] == ["33.25"]


def test_the_structure_validates_and_knows_every_code_that_data_bear() -> None:
    numbers: dict[tuple[str, ...], Any] = {("التلال", ""): 6, ("Coast", "XT-POL"): 7, (SUM, SUM): 13}
    seized = publication("recoveries.seized", ("place", "authority"), numbers, Period.parse("2025", "2025"))
    written = figure_structure([MARKED, seized], lambda *told: " ".join(told), ["en", "ar"])
    read: Any = read_sdmx(written.decode(), validate=True)
    [structure] = read.get_data_structure_definitions()
    dimensions = [each.id for each in structure.components if each.role is Role.DIMENSION]
    assert dimensions == [*figure_dsd().dimensions, "TIME_PERIOD"]
    codes = {each.id: {code.id: code.name for code in each.items} for each in read.get_codelists()}
    listed = {each.id: each.enumeration.id for each in structure.components if each.enumeration}
    free = {"REF_AREA", "TIME_PERIOD", "OBS_VALUE", "SOURCE_DETAIL"}
    for found in (MARKED, seized):
        for row in read_back(found, SdmxForm.ML_3_0):
            unknown = {name for name in row.keys() - free if row[name] not in codes[listed[name]]}
            assert unknown == set()
    assert {codes["CL_PLACE"][row["PLACE"]] for row in read_back(seized, SdmxForm.CSV)} == {
        "place التلال en", "place Coast en", "sdmx total en",
    }  # fmt: skip
    assert codes["CL_FIGURE"].keys() == {each.replace(".", "_").upper() for each in figures()}


def test_every_disaggregation_has_a_list_of_its_own_from_the_projects_tables() -> None:
    read: Any = read_sdmx(figure_structure([], lambda *told: " ".join(told), ["en"]).decode(), validate=True)
    codes = {each.id.removeprefix("CL_"): [code.id for code in each.items] for each in read.get_codelists()}
    own = {name: set(told) - {"_T", "_U", "_X", "_Z"} for name, told in codes.items()}
    assert own["WEAPON_KIND"] == catalogue().kinds.keys()
    assert own["MANNER"] == {"seized", "found", "surrendered"}
    assert own["STATE"] == catalogue().states.keys()
    stated = {"AUTHORITY", "BODY", "HOLDER", "KNOWN", "LEGAL_BASIS", "LINKS", "PLACE", "REGION", "SETTLED", "YEAR"}
    assert {name for name, told in own.items() if not told} == stated
