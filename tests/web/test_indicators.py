"""The page of the indicator: pictures with their tables, files with the same terms, and series of others."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.reporting.outside import PUBLISHED, QUESTIONNAIRE, present
from tests.web.conftest import ClientAs
from tests.web.desk_work import recover
from tracemark.authorities import Role
from tracemark.node import Node

AUDITOR = Role.AUDITOR.value
YEARS = {"since": "2025", "until": "2026"}


def upload(path: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile(path.name, present(path).read_bytes())


@pytest.mark.usefixtures("sample")
def test_the_page_shows_shares_results_and_revisions_each_with_a_table(client_as: ClientAs, node: Node) -> None:
    recover(node)
    html = client_as(AUDITOR).get(reverse("indicator"), YEARS).content.decode()
    assert re.findall(r'<svg class="chart"[^>]* aria-label="([^"]+)"', html) == [
        "Share traced or established, by year",
        "What came of tracing, by year",
    ]
    assert re.findall(r"<h2[^>]*>([^<]+)", html)[-4:] == [
        "Share traced or established, by year",
        "What came of tracing, by year",
        "As it was known",
        "Take it away",
    ]
    size = node.stores.records.size()
    assert f'Drawn at head <bdi class="hash">{size}.' in html
    assert "Each weapon counts once a year." in html


@pytest.mark.usefixtures("sample")
def test_a_file_has_the_terms_of_the_page(client_as: ClientAs, node: Node) -> None:
    recover(node)
    client = client_as(AUDITOR)
    html = client.get(reverse("indicator"), YEARS | {"denominator": "all"}).content.decode()
    (address,) = re.findall(r'href="([^"]+sdmx-csv/[^"]+)"', html)
    answer = client.get(address.replace("&amp;", "&"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sdg-16-4-2-xt-sdmx-csv.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [row["TIME_PERIOD"] for row in rows] == ["2025", "2026"]
    assert "denominator: all; arms from lawful holders: included" in rows[0]["COMMENT_OBS"]


def test_of_years_without_a_recovery_it_says_so(client_as: ClientAs) -> None:
    html = client_as(AUDITOR).get(reverse("indicator"), {"since": "1950", "until": "1951"}).content.decode()
    assert "no weapon that came to hand in these years" in html
    assert '<svg class="chart"' not in html


@pytest.mark.usefixtures("sample")
def test_what_cannot_be_shown_is_said(client_as: ClientAs) -> None:
    client, wrong = client_as(AUDITOR), {"since": "2026", "until": "2024"}
    answer = client.get(reverse("indicator"), wrong)
    assert (answer.status_code, "let the last year not be before the first" in answer.content.decode()) == (422, True)
    assert client.get(reverse("indicator_file", args=["sdmx"]), wrong).status_code == 404
    assert client.get(reverse("indicator_file", args=["pdf"])).status_code == 404


def test_series_of_others_are_compared_and_nothing_is_kept(client_as: ClientAs, node: Node) -> None:
    before = node.stores.records.size()
    given = {"published": upload(PUBLISHED), "questionnaire": upload(QUESTIONNAIRE), "state": "ro"}
    html = client_as(AUDITOR).post(reverse("indicator_compare"), given).content.decode()
    assert re.findall(r"<span><bdi>(\d+(?:\.\d+)?|–)</bdi></span></td>\s*<td data-label=\"Agreement", html) == [
        "0.00",
        "13.70",
        "0.00",
        "–",
    ]
    assert "same value as before" in html
    assert node.stores.records.size() == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a,b\n1,2\n", "the columns"),
        (b"", "empty"),
        (b"series,iso3,year,value,source,footnote\nVC_ARM_SZTRACE,ROM,2017,5,IAFQ,\n", "Row 2"),
    ],
)
def test_another_table_is_refused_with_a_reason(content: bytes, told: str, client_as: ClientAs) -> None:
    given = {"published": SimpleUploadedFile("p.csv", content)}
    answer = client_as(AUDITOR).post(reverse("indicator_compare"), given)
    assert (answer.status_code, told in answer.content.decode()) == (422, True)
