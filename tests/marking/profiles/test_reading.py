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
    ("old", "new", "message"),
    [
        ('value = "0.005"', "value = 0.005", "field value: 0.005 is no text: write it in quotation marks"),
        ('value = "0.005"', 'value = "0,005"', "field value: '0,005' is no decimal number: write it like \"0.0762\""),
        ('value = "0.005"', 'value = "-1"', "field value: '-1' is no measure: write a number above zero"),
        ('value = "0.005"\n', "", "field value: is missing: add it"),
        ('unit = "inch"', 'unit = "cm"', "field unit: 'cm' is not known: use mm or inch"),
        (
            'code = "marking.xt_depth"',
            'code = "xt_depth"',
            "field code: 'xt_depth' has no room: begin it with marking.",
        ),
        (
            'citation = "ITI 7"',
            'citation = "our-law"',
            "field citation: 'our-law' names no paragraph: write it like XT/ARMS-ACT 12(3)",
        ),
        ('["import"]', '"import"', 'field marks: is no list of words: write it like ["first", "second"]'),
        ('circumstances = ["import", "recovered"]\n', "", "field circumstances: is missing: name at least one"),
        (
            "from = 2027-01-01",
            'from = "2027"',
            "field from: '2027' is no date: write it like 2025-07-23, without quotation",
        ),
        (
            'grade = "encouraged"',
            'grade = "must"',
            "field grade: 'must' is not known: use one of required, encouraged,",
        ),
        ('confidence = "read"', 'confidence = "sure"', "field confidence: 'sure' is not known: use one of read,"),
        ('unit = "inch"', 'if_described = "yes"', "field if_described: 'yes' is neither: write true or false"),
        ('unit = "inch"', 'saying = "colour"', "field saying: 'colour' is not known: use one of maker,"),
        ('unit = "inch"', "depht = 1", "field depht: is not known: use one of circumstances,"),
        (
            'unit = "inch"',
            'values = ["x"]',
            "field values: has no meaning for the criterion min_depth_mm: leave it out",
        ),
    ],
)
def test_an_error_names_file_requirement_field_and_remedy(old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(ProfileUnreadable) as refused:
        profile_of(GOOD.replace(old, new), "xt.toml")
    where = (
        "requirement 1 (xt_depth)"
        if "xt_depth" in new and "marking." not in new
        else "requirement 1 (marking.xt_depth)"
    )
    assert str(refused.value).startswith(f"xt.toml: {where}, {message}")


def test_an_unknown_value_of_a_list_is_named() -> None:
    text = GOOD.replace('criterion = "min_depth_mm"', 'criterion = "scripts"\nvalues = ["latin", "runic"]')
    text = text.replace('value = "0.005"\n', "").replace('unit = "inch"\n', "")
    with pytest.raises(ProfileUnreadable, match="'runic' is not known: use one of latin, cyrillic, greek, arabic, han"):
        profile_of(text, "xt.toml")


def test_a_text_that_is_no_toml_and_one_without_requirements() -> None:
    with pytest.raises(ProfileUnreadable, match=r"^xt.toml: not TOML \(.*\): mend that line$"):
        profile_of("title = ", "xt.toml")
    with pytest.raises(ProfileUnreadable, match=r"write each under a line \[\[requirement\]\]"):
        profile_of('title = "x"', "xt.toml")
