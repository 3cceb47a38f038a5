from datetime import date
from decimal import Decimal

import pytest

from tracemark.marking import Circumstance, Criterion, Grade, MarkKind, ProfileUnreadable, profile_of, shipped_profiles

GOOD = """
title = "Exemplar State"
state = "XT"
[[requirement]]
code = "marking.xt_depth"
citation = "ITI 7"
criterion = "min_depth_mm"
value = "0.005"
unit = "inch"
marks = ["import"]
circumstances = ["import", "recovered"]
from = 2027-01-01
grade = "encouraged"
confidence = "read"
"""


def test_a_state_adds_its_own_profile() -> None:
    profile = profile_of(GOOD, "xt.toml")
    (requirement,) = profile.requirements
    assert (profile.name, profile.title, profile.state) == ("xt.toml", "Exemplar State", "XT")
    assert (requirement.criterion, requirement.least_mm) == (Criterion.MIN_DEPTH_MM, Decimal("0.127"))
    assert requirement.circumstances == {Circumstance.IMPORT, Circumstance.RECOVERED}
    assert (requirement.marks, requirement.grade) == ((MarkKind.IMPORT,), Grade.ENCOURAGED)
    assert (requirement.first_on, requirement.last_on) == (date(2027, 1, 1), None)


def test_shipped_profiles_by_name() -> None:
    assert {name: profile.title for name, profile in shipped_profiles().items()} == {
        "eu": "European Union",
        "us": "United States",
    }


@pytest.mark.parametrize(
    ("old", "new", "code", "field", "value"),
    [
        ('value = "0.005"', "value = 0.005", "value_unfit", "value", "0.005"),
        ('value = "0.005"', 'value = "0,005"', "value_unfit", "value", "0,005"),
        ('value = "0.005"', 'value = "-1"', "value_unfit", "value", "-1"),
        ('value = "0.005"\n', "", "field_missing", "value", None),
        ('unit = "inch"', 'unit = "cm"', "value_unknown", "unit", "cm"),
        ('code = "marking.xt_depth"', 'code = "xt_depth"', "value_unfit", "code", "xt_depth"),
        ('citation = "ITI 7"', 'citation = "our-law"', "value_unfit", "citation", "our-law"),
        ('["import"]', '"import"', "value_unfit", "marks", "import"),
        ('circumstances = ["import", "recovered"]\n', "", "field_missing", "circumstances", None),
        ("from = 2027-01-01", 'from = "2027"', "value_unfit", "from", "2027"),
        ('grade = "encouraged"', 'grade = "must"', "value_unknown", "grade", "must"),
        ('confidence = "read"', 'confidence = "sure"', "value_unknown", "confidence", "sure"),
        ('unit = "inch"', 'if_described = "yes"', "value_unfit", "if_described", "yes"),
        ('unit = "inch"', 'saying = "colour"', "value_unknown", "saying", "colour"),
        ('unit = "inch"', "depht = 1", "field_unknown", "depht", None),
        ('unit = "inch"', 'values = ["x"]', "field_meaningless", "values", None),
    ],
)
def test_an_error_names_file_requirement_field_and_remedy(
    old: str, new: str, code: str, field: str, value: str | None
) -> None:
    assert old in GOOD
    with pytest.raises(ProfileUnreadable) as refused:
        profile_of(GOOD.replace(old, new), "xt.toml")
    [found] = refused.value.findings
    requirement = "1 (xt_depth)" if new == 'code = "xt_depth"' else "1 (marking.xt_depth)"
    told = {name: found.facts.get(name) for name in ("file", "requirement", "field", "value")}
    assert (found.code, told) == (
        f"marking.profile_{code}",
        {"file": "xt.toml", "requirement": requirement, "field": field, "value": value},
    )
    remedy = {"value_unfit": "example", "value_unknown": "known", "field_unknown": "known"}.get(code)
    assert remedy is None or found.facts[remedy]


def test_an_unknown_value_of_a_list_is_named() -> None:
    text = GOOD.replace('criterion = "min_depth_mm"', 'criterion = "scripts"\nvalues = ["latin", "runic"]')
    text = text.replace('value = "0.005"\n', "").replace('unit = "inch"\n', "")
    with pytest.raises(ProfileUnreadable) as refused:
        profile_of(text, "xt.toml")
    facts = refused.value.findings[0].facts
    assert (facts["value"], facts["known"]) == ("runic", ["latin", "cyrillic", "greek", "arabic", "han", "other"])


def test_a_text_that_is_no_toml_and_one_without_requirements() -> None:
    with pytest.raises(ProfileUnreadable, match=r"marking\.profile_not_toml"):
        profile_of("title = ", "xt.toml")
    with pytest.raises(ProfileUnreadable, match=r"marking\.profile_no_requirement"):
        profile_of('title = "x"', "xt.toml")
