"""The indicator over the API: as JSON, and as SDMX in each form."""

import pytest
from pysdmx.io import read_sdmx

from tests.api.conftest import As
from tracemark.authorities import Role
from tracemark.node import Node

ADDRESS = "/api/v1/indicators/16.4.2"


def test_it_is_told_with_its_terms_and_its_head(caller: As, node: Node) -> None:
    told = caller(Role.AUDITOR).get(ADDRESS, {"from": "2024", "to": "2025", "denominator": "all"}).json()
    assert told["terms"] == {
        "denominator": "all", "add_back": False, "lawful_holders": True, "unsaid_is_criminal": True,
        "manners": ["seized", "found", "surrendered"],
    }  # fmt: skip
    head = node.stores.records.head()
    assert head is not None
    assert told["head"] == f"{head.size}.{head.root.hex()}"
    assert [each["year"] for each in told["years"]] == [2024, 2025]


@pytest.mark.parametrize(
    ("form", "media"),
    [
        ("sdmx", "application/vnd.sdmx.structurespecificdata+xml; version=2.1; charset=utf-8"),
        ("sdmx-3", "application/vnd.sdmx.data+xml; version=3.0.0; charset=utf-8"),
        ("sdmx-csv", "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8"),
    ],
)
def test_it_is_given_as_sdmx(caller: As, form: str, media: str) -> None:
    answer = caller(Role.AUDITOR).get(f"{ADDRESS}/{form}", {"from": "2024", "to": "2025"})
    assert answer.headers["Content-Type"] == media
    assert len(read_sdmx(answer.content.decode(), validate=True).get_datasets()) == 1


def test_years_that_run_backwards_are_refused_with_a_reason(caller: As) -> None:
    refused = caller(Role.AUDITOR).get(ADDRESS, {"from": "2025", "to": "2024"})
    assert (refused.status_code, refused.json()["findings"][0]["code"]) == (422, "reporting.years_unfit")


def test_a_form_nobody_knows_and_a_reader_without_figures_are_refused(caller: As) -> None:
    assert caller(Role.AUDITOR).get(f"{ADDRESS}/pdf").status_code == 422
    assert caller(Role.STOREKEEPER).get(ADDRESS).status_code == 403
