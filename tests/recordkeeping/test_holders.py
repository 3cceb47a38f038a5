import pytest

from tests.recordkeeping.lives import event
from tracemark.kernel import Plain
from tracemark.recordkeeping import (
    commit,
    draw_person,
    holders_in,
    is_known_holder,
    organisation_holder,
    person_commitment,
    unknown_holders,
)

CODES = {"XT-ARMY"}
REFERENCE = "person:" + "0" * 64


@pytest.mark.parametrize(
    "told",
    ["XT-ARMY", "XT-ARMY/3rd-depot", "private", REFERENCE, "organisation:Vale Guns", "organisation:" + "g" * 200],
)
def test_iti_11_whom_the_record_may_name(told: str) -> None:
    assert is_known_holder(told, CODES)


@pytest.mark.parametrize(
    "told",
    [
        "Nobody Atall", "XT-NAVY", "person:", "person:" + "0" * 63, "person:" + "G" * 64, "organisation:",
        "organisation: Vale", "organisation:Vale ", "organisation:Vale\nGuns", "organisation:" + "g" * 201, "",
    ],
)  # fmt: skip
def test_iti_11_a_word_that_could_be_a_persons_name_is_refused(told: str) -> None:
    assert not is_known_holder(told, CODES)
    found = list(unknown_holders(event("transferred", "2010", holder=told), CODES))
    assert [(each.code, each.facts["field"]) for each in found] == [("recordkeeping.holder_unknown", "holder")]


def test_a_weapon_that_goes_abroad_goes_to_whom_we_do_not_list() -> None:
    assert list(unknown_holders(event("exported", "2010", holder="Foreign Ministry", to_state="AT"), CODES)) == []


def test_a_person_is_drawn_under_a_fresh_salt() -> None:
    one, other = draw_person({"name": "Nobody"}), draw_person({"name": "Nobody"})
    assert one.commitment == commit(one.data, one.salt) != other.commitment
    assert (person_commitment(one.holder), person_commitment("XT-ARMY")) == (one.commitment, "")


def test_an_organisations_name_is_written_on_one_line() -> None:
    assert organisation_holder(" Vale\n  Guns ") == "organisation:Vale Guns"


def test_a_correction_names_whom_it_puts_in_the_place_of_another() -> None:
    details: dict[str, Plain] = {"corrects": 1, "reason": "x", "details": {"holder": REFERENCE, "from": "XT-ARMY"}}
    assert holders_in(details) == [REFERENCE, "XT-ARMY"]
