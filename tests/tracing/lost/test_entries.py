"""A list of lost weapons in words and under a salt: the same weapons, and what each of the two tells."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.tracing import ListForm, LostListRefused, LostWeapon, tag_of
from tracemark.tracing.lost import list_parts, read_part

SALT = bytes(range(32))
LOST = LostWeapon("AB 123-4", "stolen", maker="M1", since="2026-02")
AT = "2026-05-06T07:08:09.000Z"


@pytest.mark.parametrize("form", ListForm)
@given(weapons=st.lists(st.builds(LostWeapon, st.from_regex(r"[A-Z]{2}[0-9]{4}", fullmatch=True)), max_size=8))
def test_a_list_that_travelled_is_the_list(form: ListForm, weapons: list[LostWeapon]) -> None:
    [part], order = list_parts(weapons, "LL-2026-000001", AT, form, SALT)
    assert read_part(json.loads(json.dumps(part.body()))) == part
    assert sorted(order) == list(range(len(weapons)))


def test_a_long_list_travels_in_parts_that_count_on() -> None:
    weapons = [LostWeapon(f"AB{number:05}") for number in range(5_001)]
    parts, order = list_parts(weapons, "LL-2026-000001", AT, ListForm.FULL, SALT)
    assert [(each.part, each.parts, len(each.weapons)) for each in parts] == [(1, 2, 5_000), (2, 2, 1)]
    assert parts[1].weapons == (weapons[order[5_000]],)


def test_a_hashed_list_holds_no_number_and_is_found_by_who_knows_it_however_written() -> None:
    [part], _ = list_parts([LOST], "LL-2026-000001", AT, ListForm.HASHED, SALT)
    assert not {"AB", "1234", "M1"} & set(json.dumps(part.body()["entries"]).upper().split('"'))
    [other], _ = list_parts([LostWeapon("ab1234", maker="m1")], "LL-2026-000001", AT, ListForm.HASHED, SALT)
    assert part.marks == other.marks


def test_a_tag_is_hmac_sha256_cut_to_sixteen_bytes() -> None:
    """Drawn with `openssl dgst -sha256 -mac HMAC`, so that another vendor's node finds the same."""
    assert tag_of(SALT.hex(), "M1:AB1234") == "bed35d62f2ea757b591c96c367081143"


def test_tags_under_two_salts_have_nothing_in_common() -> None:
    assert tag_of("00" * 32, ":AB1234") != tag_of("11" * 32, ":AB1234")


def test_who_has_a_hashed_list_finds_each_number_by_trying_and_who_has_not_the_salt_finds_none() -> None:
    """What is said of hashing is true: it hides a number from who looks, not from who tries."""
    weapons = [LostWeapon(f"AB{number:04}", maker="M1") for number in (7, 4711, 9999)]
    [part], _ = list_parts(weapons, "LL-2026-000001", AT, ListForm.HASHED, SALT)
    tags = {each.exact for each in part.marks}

    def tried(salt: str) -> list[int]:
        return [number for number in range(10_000) if tag_of(salt, f"M1:AB{number:04}") in tags]

    assert (tried(part.salt), tried("00" * 32)) == ([7, 4711, 9999], [])


@pytest.mark.parametrize(
    "spoilt",
    [
        {"form": "other"},
        {"salt": "00"},
        {"part": 2},
        {"part": True},
        {"entries": [{"exact": "", "serial": "00"}]},
        {"entries": [{"exact": "zz", "serial": "0" * 32}]},
        {"entries": {}},
        {"list": 7},
    ],
    ids=lambda spoilt: json.dumps(spoilt)[:30],
)
def test_what_is_no_list_is_refused(spoilt: dict[str, object]) -> None:
    [part], _ = list_parts([LOST], "LL-2026-000001", AT, ListForm.HASHED, SALT)
    with pytest.raises(LostListRefused):
        read_part({**part.body(), **spoilt})
