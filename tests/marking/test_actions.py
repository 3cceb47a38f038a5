"""A State's own law on marks, version by version."""

from datetime import date

import pytest

from tests.marking.profiles.test_reading import GOOD
from tests.rooms import StillClock, officer, stores
from tracemark.authorities import NotPermitted, Role
from tracemark.marking import (
    ProfileNotTaken,
    ProfileUnreadable,
    ProfileVersion,
    add_law,
    check_law,
    law_on,
    law_titles,
)
from tracemark.storage.memory import MemoryStores

__all__ = ["stores"]

REGISTRY = officer(Role.REGISTRY_OFFICER)
NEWER = GOOD.replace("0.005", "0.006").replace("Exemplar", "Newer")


def added(
    stores: MemoryStores, text: str = GOOD, first: date = date(2026, 1, 1), last: date | None = None, name: str = "xt"
) -> ProfileVersion:
    return add_law(
        name=name, text=text, valid_from=first, valid_until=last, actor=REGISTRY, stores=stores, clock=StillClock()
    )


def test_iti_7_a_newer_version_takes_the_place_from_its_first_day(stores: MemoryStores) -> None:
    added(stores)
    added(stores, NEWER, date(2027, 1, 1), date(2028, 12, 31))
    titles = {
        day: law_on("xt", day, stores=stores).title for day in (date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    }
    assert list(titles.values()) == ["Exemplar State", "Exemplar State", "Newer State"]
    for none_holds in (date(2025, 12, 31), date(2029, 1, 1)):
        with pytest.raises(KeyError):
            law_on("xt", none_holds, stores=stores)
    assert law_titles(stores=stores) == {"eu": "European Union", "us": "United States", "xt": "Newer State"}
    assert law_on("us", date(1900, 1, 1), stores=stores).name == "us"


def test_no_version_is_ever_replaced(stores: MemoryStores) -> None:
    first = added(stores)
    assert added(stores) == first
    for text, last in ((NEWER, None), (GOOD, date(2026, 5, 1))):
        with pytest.raises(ProfileNotTaken, match=r"marking\.profile_version_stands"):
            added(stores, text, last=last)
    assert list(stores.profiles.versions()) == [first]


@pytest.mark.parametrize(
    ("name", "last", "code"),
    [
        ("eu", None, "marking.profile_name_taken"),
        ("../xt", None, "marking.profile_name_unfit"),
        ("xt", date(2025, 1, 1), "marking.profile_ends_before"),
    ],
)
def test_what_cannot_be_added_so_is_refused(name: str, last: date | None, code: str, stores: MemoryStores) -> None:
    with pytest.raises(ProfileNotTaken) as refused:
        added(stores, name=name, last=last)
    assert [each.code for each in refused.value.findings] == [code]
    assert list(stores.profiles.versions()) == []


def test_a_law_that_cannot_be_read_is_not_kept(stores: MemoryStores) -> None:
    with pytest.raises(ProfileUnreadable):
        added(stores, GOOD.replace("min_depth_mm", "min_weight"))
    assert list(stores.profiles.versions()) == []
    assert check_law(name="xt", text=GOOD, actor=REGISTRY).title == "Exemplar State"


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.REGISTRY_OFFICER])
def test_who_may_not_adds_and_checks_no_law(role: Role, stores: MemoryStores) -> None:
    with pytest.raises(NotPermitted):
        check_law(name="xt", text=GOOD, actor=officer(role))
    with pytest.raises(NotPermitted):
        add_law(
            name="xt", text=GOOD, valid_from=date(2026, 1, 1), valid_until=None, actor=officer(role), stores=stores,
            clock=StillClock(),
        )  # fmt: skip
