"""Series of others as they lie beside the project; a test that needs them is skipped where they are absent."""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

_DATA = Path(__file__).parents[3] / "shared" / "data"
PUBLISHED = _DATA / "sdg_16_4_2_vc_arm_sztrace" / "vc_arm_sztrace_2026Q3.csv"
QUESTIONNAIRE = _DATA / "unodc_iafq_firearms" / "iafq_2022-06-17.csv.gz"
STRUCTURES = _DATA / "sdg_sdmx"


def present(path: Path) -> Path:
    """Return a file or folder of outside data, or skip the test."""
    if not path.exists():
        pytest.skip(f"outside data absent: {path.name}")
    return path


def published_rows() -> Iterator[dict[str, str]]:
    with present(PUBLISHED).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def questionnaire_rows() -> Iterator[dict[str, str]]:
    with gzip.open(present(QUESTIONNAIRE), "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
