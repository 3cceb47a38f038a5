from collections import Counter
from random import Random

import pytest

from tests.rooms import StillClock, told
from tests.tracing.test_actions import ANALYST
from tracemark.demo.stories import damaged_serial
from tracemark.kernel import PartialDate, Plain
from tracemark.marking import fold_serial
from tracemark.recordkeeping import Event, EventKind
from tracemark.storage.memory import MemoryStores
from tracemark.tracing import Cell, Query, lay_beside, load_weights, parse_reading, search_marks, signs_read
from tracemark.tracing.matching.alignments import aligned
from tracemark.tracing.matching.channels import channel_of
from tracemark.tracing.matching.keys import encode_serials
from tracemark.weapons import WeaponId

WEIGHTS = load_weights()


def laid(text: str, serial: str) -> list[tuple[str, str, str]]:
    reading = parse_reading(text)
    steps = aligned(encode_serials([fold_serial(serial)])[0], channel_of(reading, WEIGHTS).forward)
    cells = lay_beside(reading, serial, steps)
    return [(each.read, each.recorded, each.how.value) for each in cells]


def drawn(cells: list[Cell]) -> dict[str, int]:
    """What the picture shows, counted as the search counts."""
    seen = Counter(each.how.value for each in cells)
    return {
        "agree": seen["agrees"] + seen["folds"],
        "look_alike": seen["looks_alike"],
        "misread": seen["differs"],
        "added": seen["added"],
        "left_out": seen["left_out"],
        "swapped": seen["swapped"] // 2,
    }


@pytest.mark.parametrize("seed", range(12))
def test_the_picture_and_the_reasons_of_the_search_count_alike(
    seed: int, stores: MemoryStores, clock: StillClock
) -> None:
    random = Random(seed)
    serials = ["".join(random.choices("AB0123456789", k=8)) for _ in range(60)]
    told(stores, clock, *(registered(number, serial) for number, serial in enumerate(serials, 1)))
    for serial in serials[:10]:
        reading = parse_reading(damaged_serial(serial, random))
        ranking = search_marks(query=Query((reading,)), actor=ANALYST, stores=stores, weights=WEIGHTS, clock=clock)
        for candidate in ranking.candidates:
            facts = candidate.reasons[0].facts
            shown = drawn(lay_beside(reading, str(facts["serial"]), candidate.reasons[0].steps))
            assert shown == {name: facts.get(name, 0) for name in shown}, (reading.raw, facts)


def registered(number: int, serial: str) -> Event:
    details: dict[str, Plain] = {
        "weapon": {"kind": "pistol"},
        "holder": "XT-ARMY",
        "marks": [{"kind": "manufacture", "part": "frame", "text": serial, "serial": serial}],
    }
    day = PartialDate(2001, 5, 4)
    return Event(WeaponId(number), EventKind.REGISTERED, day, "XT-REG", "officer", details)


@pytest.mark.parametrize("reading", ["CA8471", "CA8?71"])
def test_a_look_alike_is_told_from_any_other_misreading(reading: str) -> None:
    assert laid(reading, "CA3471")[2] == ("8", "3", "looks_alike")
    assert laid(reading, "CAK471")[2] == ("8", "K", "differs")


def test_both_rows_show_the_signs_as_they_are_written() -> None:
    assert laid("ЖЩ?12", "ЖЩ 512") == [
        ("Ж", "Ж", "agrees"), ("Щ", "Щ", "agrees"), ("?", "5", "unread"), ("1", "1", "agrees"), ("2", "2", "agrees"),
    ]  # fmt: skip
    assert [each[:2] for each in laid("БА[01]9", "БА09")] == [("Б", "Б"), ("А", "А"), ("0/1", "0"), ("9", "9")]


def test_a_latin_letter_does_not_simply_agree_with_another_script_s() -> None:
    assert laid("B4", "Б4") == [("B", "Б", "folds"), ("4", "4", "agrees")]


@pytest.mark.parametrize(
    ("reading", "serial", "hows"),
    [
        ("*471", "CAK471", ["gap"] * 3 + ["agrees"] * 3),
        ("K471", "CAK471", ["lost"] * 2 + ["agrees"] * 4),
        ("CA[0K]4", "CAK471", ["agrees"] * 4 + ["lost"] * 2),
        ("CKA471", "CAK471", ["agrees", "swapped", "swapped", "agrees", "agrees", "agrees"]),
        ("CAK4771", "CAK471", ["agrees"] * 4 + ["added"] + ["agrees"] * 2),
    ],
)
def test_what_happened_to_a_serial_is_told_place_by_place(reading: str, serial: str, hows: list[str]) -> None:
    assert sorted(how for _, _, how in laid(reading, serial)) == sorted(hows)


@pytest.mark.parametrize("text", ["ЖЩ?12(?)", "A[0O]-9 …", "Æ12", "٣٤?", "illegible", "", "**A"])
def test_the_places_shown_are_those_that_are_searched(text: str) -> None:
    reading = parse_reading(text)
    assert [(each.allowed, each.gap) for each in signs_read(reading)] == [
        (each.allowed, each.gap) for each in reading.places
    ]
