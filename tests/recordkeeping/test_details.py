import tomllib
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.recordkeeping.lives import WEAPON, event, imported
from tracemark.kernel import Plain, canonical_bytes
from tracemark.marking import Mark, MarkKind, Method, Surface
from tracemark.recordkeeping import EventKind, WeaponState, apply, component_plain, event_kinds
from tracemark.recordkeeping.details import detail_checks, unfit_details
from tracemark.weapons import Component, ComponentId, Description, Material, Origin, Part

EVERY_MARK = Mark(
    MarkKind.IMPORT, "XT 20", part=Part.SLIDE, place="left", method=Method.LASER, surface=Surface.METAL,
    depth_mm=Decimal("0.0762"), height_mm=Decimal("1.6"), serial="AB1", maker="m", state="XT", year=2020, model="m1",
    calibre="9x19", photo="0" * 64, qualities={"durable": True},
)  # fmt: skip
EVERY_DESCRIPTION = Description(
    "pistol", "m", "m1", "9x19", "XT", 2001, Origin.CRAFT, "ground_off", {"maker": "M & Co"}
)
EVERY_COMPONENT = Component(ComponentId(257), Part.FRAME, control=True, material=Material.POLYMER, metal_plate=False)


def misfits(kind: str, **details: Any) -> list[tuple[str, Plain, Plain, Plain]]:
    found = unfit_details(event(kind, "2020", **details))
    return [(each.code, each.facts["field"], each.facts.get("part"), each.facts.get("expected")) for each in found]


def test_every_detail_of_every_kind_says_what_it_may_hold() -> None:
    named = {name for terms in event_kinds().values() for name in terms.requires | terms.may}
    assert named == set(detail_checks())


def test_all_that_the_nouns_write_may_be_recorded() -> None:
    told = {
        "weapon": EVERY_DESCRIPTION.plain(),
        "marks": [EVERY_MARK.plain()],
        "components": [component_plain(EVERY_COMPONENT)],
    }
    assert misfits("imported", from_state="XU", holder="XT-ARMY", **told) == []


@pytest.mark.parametrize(
    ("details", "field", "part", "expected"),
    [
        ({"holder": {"a": [1]}}, "holder", None, "text"),
        ({"lot": 5}, "lot", None, "text"),
        ({"lot": "a\0b"}, "lot", None, "text"),
        ({"lot": "\ud800"}, "lot", None, "text"),
        ({"marks": "foo"}, "marks", None, "list"),
        ({"marks": [{"text": "A"}]}, "marks", "1.kind", ", ".join(MarkKind)),
        ({"marks": [{"kind": "other", "depth_mm": 0.1}]}, "marks", "1.depth_mm", "measure"),
        ({"marks": [{"kind": "other", "depth_mm": "1.2.3"}]}, "marks", "1.depth_mm", "measure"),
        ({"marks": [{"kind": "other", "colour": "red"}]}, "marks", "1.colour", "nothing"),
        ({"components": [{"part": "frame"}, {"control": True}]}, "components", "2.part", ", ".join(Part)),
        ({"weapon": {"maker": 5, "year": "abc"}}, "weapon", "maker", "text"),
        ({"weapon": {"year": "abc"}}, "weapon", "year", "year"),
        ({"weapon": {"as_written": {"maker": 5}}}, "weapon", "as_written", "texts"),
        ({"weapon": ["pistol"]}, "weapon", None, "weapon"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(details: dict[str, Any], field: str, part: str, expected: str) -> None:
    sound = {"from_state": "XU", "holder": "XT-ARMY"}
    assert misfits("imported", **sound | details) == [("recordkeeping.detail_unfit", field, part, expected)]


@pytest.mark.parametrize(
    ("kind", "details", "expected"),
    [
        ("counted", {"place": {"a": 1}}, "text"),
        ("counted", {"place": "Depot", "count": 4}, "text"),
        ("inspected", {"mark": 1, "legible_percent": 101}, "percent"),
        ("inspected", {"mark": True, "legible_percent": 10}, "number"),
        ("issued", {"to": "XT-ARMY/unit", "until": "17/05/2026"}, "day"),
        ("reassembled", {"removed": ["first"]}, "number"),
        ("seized", {"place": "Port", "persons": [{"sex": "female"}]}, "text"),
        ("seized", {"place": "Port", "breach": "civil"}, "criminal, administrative"),
        ("surrendered", {"place": "Port", "taken_from": "owner"}, "lawful_holder, other"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_of_any_kind_of_event(
    kind: str, details: dict[str, Any], expected: str
) -> None:
    assert [each[3] for each in misfits(kind, **details)] == [expected]


RECORDS = {
    name
    for name, kind in tomllib.loads((files("tracemark.recordkeeping") / "details.toml").read_text())["details"].items()
    if kind == "record"
}
"""Details that are held to nothing, since an action of their own writes them."""

ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["part", "kind", "maker", "year", "id"]), inner, max_size=2)
    ),
    max_leaves=5,
)


@given(st.sampled_from(list(EventKind)), st.dictionaries(st.sampled_from(sorted(detail_checks())), ANYTHING))
def test_what_passes_has_a_canonical_form_and_can_be_folded(kind: EventKind, details: dict[str, Any]) -> None:
    terms = event_kinds()[kind]
    sound = {name: value for name, value in details.items() if name not in RECORDS}
    told = event(kind, "2020", **{"holder": "XT-ARMY", "to": "XT-ARMY/unit"} | sound)
    known: dict[str, Any] = {name: each for name, each in told.details.items() if name in terms.requires | terms.may}
    told = event(kind, "2020", **known)
    if [each for each in unfit_details(told) if each.code != "recordkeeping.detail_missing"]:
        return
    canonical_bytes(told.details)
    if not terms.requires - known.keys():
        apply(WeaponState(WEAPON), told, 0)


def test_a_sound_life_is_not_touched() -> None:
    assert list(unfit_details(imported())) == []
