"""Figures through the API: listed, drawn, and drilled down to what was counted."""

import pytest

from tests.api.conftest import As
from tests.api.register import WEAPONS
from tracemark import reporting
from tracemark.authorities import Role

PERIOD = {"from": "2000", "to": "2030"}
HERE = "/api/v1/figures"


def test_every_figure_is_listed_with_its_query(caller: As) -> None:
    items = caller(Role.AUDITOR).get(HERE).json()["items"]
    assert [each["figure"] for each in items] == list(reporting.figures())
    told = {each["figure"]: each for each in items}
    assert told["imports.marked_share"]["parts"] == ["imports.marked", "imports.weapons"]
    assert told["recoveries.seized"]["sql"] == reporting.figures()["recoveries.seized"].sql


def test_a_figure_is_drawn_and_its_rows_add_up(caller: As) -> None:
    client = caller(Role.AUDITOR)
    kinds = client.get(f"{HERE}/weapons.registered", {**PERIOD, "by": ["weapon_kind", "year"]}).json()
    assert list(kinds) == ["figure", "value", "unit", "by", "head", "available"]
    assert kinds["value"] == sum(each["value"] for each in kinds["by"]) == WEAPONS
    first = client.get(f"{HERE}/weapons.registered/rows", {**PERIOD, "limit": str(WEAPONS - 1)}).json()
    second = client.get(f"{HERE}/weapons.registered/rows", {**PERIOD, "after": str(first["next"])}).json()
    counted = [each["counted"] for each in first["items"] + second["items"]]
    assert counted == list(range(1, WEAPONS + 1))
    assert (second["next"], second["head"]) == (None, kinds["head"])


def test_what_the_record_never_kept_is_not_available(caller: As) -> None:
    drawn = caller(Role.AUDITOR).get(f"{HERE}/people.victims", PERIOD).json()
    assert (drawn["value"], drawn["by"], drawn["available"]) == (None, [], False)


@pytest.mark.parametrize(
    ("place", "query", "status"),
    [
        ("weapons.painted", PERIOD, 404),
        ("stock.held", {**PERIOD, "by": "colour"}, 404),
        ("imports.marked_share/rows", PERIOD, 404),
        ("stock.held", {"from": "2026", "to": "2025"}, 422),
        ("stock.held", {"from": "soon", "to": "2025"}, 422),
        ("stock.held", {"from": "2025"}, 422),
    ],
)
def test_what_cannot_be_drawn_is_refused(place: str, query: dict[str, str], status: int, caller: As) -> None:
    assert caller(Role.AUDITOR).get(f"{HERE}/{place}", query).status_code == status


def test_who_may_not_see_figures_sees_none(caller: As) -> None:
    client = caller(Role.STOREKEEPER)
    assert [client.get(f"{HERE}{each}", PERIOD).status_code for each in ("/stock.held", "/stock.held/rows")] == [
        403,
        403,
    ]
