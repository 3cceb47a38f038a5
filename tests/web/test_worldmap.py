import json
from pathlib import Path

import pytest

from tracemark.weapons import catalogue
from tracemark.web import worldmap
from tracemark.web.worldmap import SHADES, world_map


def test_every_member_state_has_a_place_on_the_map() -> None:
    placed = {each.state for each in world_map({}).countries}
    assert {code for code, each in catalogue().states.items() if each.status == "member"} - placed == set()


def test_shades_rise_with_the_numbers() -> None:
    shown = {each.state: each.shade for each in world_map({"FR": 1, "DE": 40, "BR": 900}).countries}
    assert (shown["IT"], shown["FR"], shown["BR"]) == (0, 1, SHADES)
    assert shown["FR"] < shown["DE"] < shown["BR"]


def test_a_state_the_map_does_not_know_stands_in_the_table() -> None:
    assert world_map({"XT": 3, "FR": 3, "BR": 5}).rows == (("BR", 5), ("FR", 3), ("XT", 3))


def test_a_state_may_lay_its_own_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "map.json"
    own.write_text(json.dumps({"width": 1, "height": 1, "outlines": {"FR": "M0 0"}, "dots": {}, "uncoded": []}))
    monkeypatch.setenv("TRACEMARK_MAP", str(own))
    worldmap._known.cache_clear()
    assert [each.state for each in world_map({}).countries] == ["FR"]
    worldmap._known.cache_clear()
