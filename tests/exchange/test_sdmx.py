"""SDMX as the global database of the goals has it, read back and validated by another library."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree
from pysdmx.errors import Invalid
from pysdmx.io import read_sdmx

from tests.reporting.outside import STRUCTURES, present
from tracemark.exchange import Observation, SdmxForm, SdmxMessage, sdmx_area, write_sdmx
from tracemark.reporting import SERIES, m49_regions

MESSAGE = SdmxMessage(
    "XT",
    datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC),
    (
        Observation("AF", 2023, Decimal("36.00"), "54 of 150 weapons, “traceable”", "register 7.ab"),
        Observation("AF", 2024, None, "0 of 0 weapons"),
        Observation("ES", 2023, Decimal("0.00")),
    ),
)
TOTALS = dict.fromkeys(
    (
        *("SEX", "AGE", "URBANISATION", "INCOME_WEALTH_QUANTILE", "EDUCATION_LEV", "OCCUPATION", "CUST_BREAKDOWN"),
        *("COMPOSITE_BREAKDOWN", "DISABILITY_STATUS", "ACTIVITY", "PRODUCT"),
    ),
    "_T",
)
KEY = {"FREQ": "A", "REPORTING_TYPE": "N", "SERIES": SERIES, "REF_AREA": "4", **TOTALS}


def read_back(form: SdmxForm) -> tuple[str, list[dict[str, Any]]]:
    """Return the structure and the observations that another library reads, what is empty left out."""
    read = read_sdmx(write_sdmx(MESSAGE, form).decode(), validate=True)
    data: Any = read.get_datasets()[0]
    rows = data.data.to_dict("records")
    return str(data.structure), [
        {name: each for name, each in row.items() if isinstance(each, str) and each} for row in rows
    ]


@pytest.mark.parametrize("form", SdmxForm)
def test_another_library_validates_it_and_reads_the_same_values(form: SdmxForm) -> None:
    structure, rows = read_back(form)
    assert structure == "DataStructure=IAEG-SDGs:SDG(1.24)"
    unit = {"UNIT_MEASURE": "PT", "UNIT_MULT": "0", "NATURE": "C"}
    assert rows == [
        KEY | unit | {"TIME_PERIOD": "2023", "TIME_DETAIL": "2023", "OBS_VALUE": "36.00", "OBS_STATUS": "A",
                      "COMMENT_OBS": "54 of 150 weapons, “traceable”", "SOURCE_DETAIL": "register 7.ab"},
        KEY | unit | {"TIME_PERIOD": "2024", "TIME_DETAIL": "2024", "OBS_STATUS": "M", "COMMENT_OBS": "0 of 0 weapons"},
        KEY | unit | {"TIME_PERIOD": "2023", "TIME_DETAIL": "2023", "OBS_VALUE": "0.00", "OBS_STATUS": "A",
                      "REF_AREA": "724"},
    ]  # fmt: skip


@pytest.mark.parametrize("form", [SdmxForm.ML_2_1, SdmxForm.ML_3_0])
def test_the_validation_bites(form: SdmxForm) -> None:
    broken = write_sdmx(MESSAGE, form).replace(b"<message:Test>false</message:Test>", b"")
    with pytest.raises(Invalid):
        read_sdmx(broken.decode(), validate=True)


@pytest.mark.parametrize(
    ("state", "area"), [("AF", "4"), ("ES", "724"), ("001", "1"), ("039", "39"), ("XT", "XT"), ("US", "840")]
)
def test_an_area_is_its_m49_code_without_leading_zeros(state: str, area: str) -> None:
    assert sdmx_area(state) == area


def test_the_codes_are_those_of_the_global_content_constraints() -> None:
    with present(STRUCTURES / "sdmx_global_content_constraints.csv").open(encoding="utf-8", newline="") as file:
        (constraint,) = (row for row in csv.DictReader(file) if row["SERIES"] == SERIES)
    written = next(csv.DictReader(io.StringIO(write_sdmx(MESSAGE, SdmxForm.CSV).decode())))
    asked = {name: codes for name, codes in constraint.items() if name != "Name"}
    assert {name: written[name] for name in asked} == asked


def test_regions_are_in_the_code_list_of_areas() -> None:
    listed = etree.parse(present(STRUCTURES / "UNSD" / "codelist_partial.xml")).getroot()
    parents = {
        code.get("id"): ref.get("id")
        for code in listed.iterfind(".//{*}Codelist[@id='CL_AREA']/{*}Code")
        for ref in code.iterfind("{*}Parent/Ref")
    }
    assert parents == {"002": "001", "009": "001", "010": "001", "015": "002"}
    assert {code: m49_regions()[code].parent for code in ("002", "009", "015")} == {
        code: parent for code, parent in parents.items() if code != "010"
    }
