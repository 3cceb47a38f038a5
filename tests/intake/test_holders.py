"""Whom a file may name, and how that enters the record."""

import pytest

from tests.intake.lots import OFFICER, PROFILE, codes, draft_of, profile, row
from tracemark.authorities import Agency, AgencyKind
from tracemark.intake import ProfileRefused, survey, table_of
from tracemark.recordkeeping import commit, unknown_holders
from tracemark.weapons import WeaponId

AGENCIES = (
    Agency("XT-ARMY", "Army of Testland", AgencyKind.ARMED_FORCES),
    Agency("XT-D1", "Hill Arms", AgencyKind.DEALER),
    Agency("XT-D2", "Twin Arms", AgencyKind.DEALER),
    Agency("XT-D3", "Twin Arms", AgencyKind.DEALER),
)
DECLARED = 'names = "organisation"'


def naming(names: str) -> str:
    return PROFILE.replace(DECLARED, names)


def holder(draft_text: str, cell: str) -> str:
    return str(draft_of(row(holder=cell), draft_text, AGENCIES).events[0].details["holder"])


@pytest.mark.parametrize(
    ("names", "cell", "expected"),
    [
        ('names = "agency"', "XT-ARMY", "XT-ARMY"),
        ('names = "agency"', "xt-army", "XT-ARMY"),
        ('names = "agency"', "army of testland", "XT-ARMY"),
        ('names = "agency"', "XT-ARMY/3rd-depot", "XT-ARMY/3rd-depot"),
        ('names = "organisation"', "Vale  Guns Ltd", "organisation:Vale Guns Ltd"),
        ('names = "organisation"', "Hill Arms", "XT-D1"),
        ('names = "organisation"', "Twin Arms", "organisation:Twin Arms"),
        ('names = "organisation"', "Private", "private"),
        ('names = "person"', "private", "private"),
        ('names = "person"', "XT-ARMY", "XT-ARMY"),
        ('names = "person"', "person:" + "a" * 64, "person:" + "a" * 64),
    ],
)
def test_iti_11_a_holder_is_a_listed_agency_an_organisation_or_nobody_by_name(
    names: str, cell: str, expected: str
) -> None:
    assert holder(naming(names), cell) == expected


@pytest.mark.parametrize(
    "names",
    ['names = "person"', 'separator = " "', 'names = { column = "model" }', 'names = { column = "country" }'],
    ids=["declared", "not declared", "the row tells a word nobody knows", "the row tells nothing"],
)
def test_who_is_not_declared_to_be_an_organisation_is_a_person_beside_the_record(names: str) -> None:
    draft = draft_of(row(holder="Nobody Atall", country=""), naming(names), AGENCIES)
    [person] = draft.persons
    assert (person.data, commit(person.data, person.salt)) == ({"name": "Nobody Atall"}, person.commitment)
    assert [each.details["holder"] for each in draft.events] == [person.holder]
    assert "Nobody" not in f"{draft.plain()} {draft.findings} {draft.cells}"


def test_the_row_itself_may_tell_whom_it_names() -> None:
    text = naming('names = { column = "model", values = { P = "person", O = "organisation", A = "agency" } }')
    text = text.replace('model = "model"\n', "")
    found = [
        str(draft_of(row(holder=cell, model=kind), text, AGENCIES).events[0].details["holder"])[:16]
        for kind, cell in (("O", "Vale Guns"), ("a", "Hill Arms"), ("P", "Nobody"))
    ]
    assert found[:2] == ["organisation:Val", "XT-D1"]
    assert found[2].startswith("person:")
    assert codes(draft_of(row(holder="Vale Guns", model="X"), text)) == ["intake.holder_kind_unknown"]


def test_one_name_in_one_row_is_one_person_with_all_that_is_said_of_them() -> None:
    more = 'names = "person", person = { born = "model" }'
    text = naming(more).replace('model = "model"\n', "")
    text += '[[event]]\nkind = "transferred"\nhappened = "got_on"\nholder = { constant = "private" }\n'
    text += '[event.details]\nfrom = { column = "holder", names = "person" }\n'
    draft = draft_of(row(holder="Nobody Atall", model="1970"), text)
    [person] = draft.persons
    assert person.data == {"name": "Nobody Atall", "born": "1970"}
    assert draft.events[1].details == {"holder": "private", "from": person.holder}


def test_two_rows_with_one_name_are_two_commitments() -> None:
    text = naming('names = "person"')
    one, other = (draft_of(row(holder="Nobody Atall"), text).persons[0] for _ in range(2))
    assert one.commitment != other.commitment


@pytest.mark.parametrize(
    ("names", "cell", "code"),
    [
        ('names = "agency"', "Nobody Atall", "intake.agency_unknown"),
        ('names = "organisation"', "N" * 201, "intake.organisation_unread"),
    ],
)
def test_what_cannot_be_recorded_refuses_the_row_and_is_not_repeated(names: str, cell: str, code: str) -> None:
    draft = draft_of(row(holder=cell), naming(names), AGENCIES)
    assert (draft.refused, codes(draft), draft.persons) == (True, [code], ())
    [finding] = draft.findings
    assert (finding.facts["row"], finding.facts["field"]) == (2, "holder")
    assert cell not in f"{draft.plain()} {draft.findings}"


def test_a_broken_character_in_a_persons_column_is_told_without_what_stands_there() -> None:
    draft = draft_of(row(holder="Nobo\ufffddy"), naming('names = "person"'))
    [finding] = draft.findings
    assert (finding.facts["field"], finding.facts["value"]) == ("holder", "…")


def test_whatever_a_file_names_passes_the_rule_for_single_events() -> None:
    listed = {each.code for each in AGENCIES}
    cells = ("XT-ARMY", "Nobody", "private", "Hill Arms", "organisation:", "person:1", "  ", "a\tb")
    for names in ('names = "agency"', 'names = "organisation"', 'names = "person"'):
        for cell in cells:
            draft = draft_of(row(holder=cell, seized_on="06/2003"), naming(names), AGENCIES)
            told = [event.event(WeaponId(1), OFFICER) for event in draft.events]
            assert [finding for event in told for finding in unknown_holders(event, listed)] == []


@pytest.mark.parametrize(
    ("names", "noted"),
    [('separator = " "', ["holder"]), ('names = "person"', []), ('names = "agency"', [])],
)
def test_a_dry_run_says_of_whom_the_profile_says_nothing(names: str, noted: list[str]) -> None:
    text = naming(names)
    seen = survey(table_of("lot.csv", tuple(profile(text).columns()), []), profile(text))
    found = [each for each in seen.findings if each.code == "intake.holder_undeclared"]
    assert [each.facts["field"] for each in found] == noted


@pytest.mark.parametrize(
    "text",
    [
        naming('names = "person"').replace('columns = ["serial"]', 'columns = ["serial", "holder"]'),
        naming('names = "person"').replace('place = { constant = "Port" }', 'place = "holder"'),
        naming('names = "person", person = { born = "year" }'),
        naming('names = { column = "holder" }'),
    ],
    ids=["key", "place", "year", "kind"],
)
def test_a_column_that_names_persons_is_recorded_in_no_other_way(text: str) -> None:
    with pytest.raises(ProfileRefused) as refused:
        profile(text)
    assert {each.code for each in refused.value.findings} == {"intake.profile_person_elsewhere"}


@pytest.mark.parametrize(
    ("names", "code", "field"),
    [
        ('names = "dealer"', "intake.profile_value_unknown", "names"),
        ('names = { column = "model", values = { X = "dealer" } }', "intake.profile_value_unknown", "names"),
        ('person = { "größe" = "model" }', "intake.profile_field_unknown", "größe"),
        ('person = { name = "model" }', "intake.profile_field_unknown", "name"),
        ('nams = "person"', "intake.profile_field_unknown", "nams"),
    ],
)
def test_what_is_wrong_with_a_holder_is_named(names: str, code: str, field: str) -> None:
    with pytest.raises(ProfileRefused) as refused:
        profile(naming(names))
    assert [(each.code, each.facts["field"]) for each in refused.value.findings] == [(code, field)]
