import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.exchange import DocumentRefused, check_epcis, read_epcis, write_epcis
from tracemark.kernel import PartialDate, Plain
from tracemark.recordkeeping import Event, EventKind, event_kinds
from tracemark.weapons import WeaponId

BASE = "https://register.example/"
WRITTEN_AT = datetime(2026, 1, 1, tzinfo=UTC)


def event_of(kind: EventKind, happened: str = "2019-05") -> Event:
    """An event that says everything its kind may say."""
    terms = event_kinds()[kind]
    details: dict[str, Plain] = {name: f"{name}, said / Ж" for name in sorted(terms.requires | terms.may)}
    details |= {"marks": [{"kind": "manufacture", "serial": "TV1"}]} if "marks" in details else {}
    if "removed" in details:
        details |= {"removed": [3074], "fitted": [{"id": 5121, "part": "barrel"}]}
    weapon = WeaponId(0 if terms.concerns_no_weapon else 12)
    return Event(weapon, kind, PartialDate.parse(happened), "XT-REG", "officer", details, "D 1/2")


def through(events: list[Event]) -> list[Event]:
    document = json.dumps(write_epcis(events, base=BASE, created_at=WRITTEN_AT))
    return [each.event() for each in read_epcis(document, file="own", base=BASE)]


@pytest.mark.parametrize("kind", [kind for kind, terms in event_kinds().items() if not terms.dossier])
def test_every_kind_of_event_comes_back_as_it_went(kind: EventKind) -> None:
    assert through([event_of(kind)]) == [event_of(kind)]


@given(st.text(min_size=1, max_size=30), st.sampled_from(["2019", "2019-05", "2019-05-17"]))
def test_any_holder_and_place_come_back(text: str, happened: str) -> None:
    event = Event(
        WeaponId(3),
        EventKind.TRANSFERRED,
        PartialDate.parse(happened),
        "XT",
        "a",
        {"holder": text, "place": text},
        text,
    )
    assert through([event]) == [event]


def test_other_systems_read_step_place_and_parties() -> None:
    [told] = write_epcis([event_of(EventKind.SHIPPED)], base=BASE, created_at=WRITTEN_AT)["epcisBody"]["eventList"]
    assert (told["type"], told["bizStep"], told["disposition"]) == ("ObjectEvent", "shipping", "in_transit")
    assert told["epcList"] == ["https://register.example/weapon/W-12"]
    assert told["eventTime"] == "2019-05-01T00:00:00Z"
    assert told["readPoint"] == {"id": "https://register.example/place/place%2C%20said%20%2F%20%D0%96"}


def test_parts_that_move_are_told_as_an_association() -> None:
    document = write_epcis([event_of(EventKind.REASSEMBLED)], base=BASE, created_at=WRITTEN_AT)
    [told] = document["epcisBody"]["eventList"]
    assert (told["type"], told["parentID"], told["childEPCs"]) == (
        "AssociationEvent",
        "https://register.example/weapon/W-12",
        ["https://register.example/component/3074", "https://register.example/component/5121"],
    )


@pytest.mark.parametrize(
    ("step", "disposition", "kind"),
    [
        ("shipping", "in_transit", EventKind.SHIPPED),
        ("https://ref.gs1.org/cbv/BizStep-receiving", "cbv:Disp-returned", EventKind.RETURNED),
        ("cbv:BizStep-receiving", "in_progress", EventKind.RECEIVED),
        ("other", "stolen", EventKind.STOLEN),
        ("tracemark:BizStep-seizing", "tracemark:Disp-seized", EventKind.SEIZED),
        ("sensor_reporting", "active", None),
    ],
)
def test_events_of_other_systems_are_taken_for_ours(step: str, disposition: str, kind: EventKind | None) -> None:
    plain = {
        "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
        "type": "ObjectEvent",
        "eventTime": "2020-01-01T02:00:00Z",
        "eventTimeZoneOffset": "-06:00",
        "action": "OBSERVE",
        "epcList": ["urn:epc:id:sgtin:0614141.107346.2017"],
        "bizStep": step,
        "disposition": disposition,
        "bizLocation": {"id": "urn:epc:id:sgln:0614141.00888.0"},
    }
    [read] = read_epcis(json.dumps(plain), file="other")
    assert (read.kind, str(read.happened), read.details) == (
        kind, "2019-12-31", {"place": "urn:epc:id:sgln:0614141.00888.0"},
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "{", "[1]", '"x"', "[" * 100_000])
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(DocumentRefused):
        read_epcis(text, file="x")


def fixtures(folder: Path) -> Iterator[tuple[str, object]]:
    corpus = folder / "epcis_2_0_corpus"
    chosen = [
        *corpus.glob("openepcis-test-resources/2.0/EPCIS/JSON/**/*.json"),
        *corpus.glob("gs1-EPCIS/JSON/**/*.jsonld"),
        *corpus.glob("gs1-EPCIS/JSON-Schema/test/*.json"),
        *corpus.glob("event-hash-tests/**/*.json*"),
    ]
    for path in sorted(chosen):
        yield str(path.relative_to(corpus)), json.loads(path.read_text("utf-8-sig"))


def accepted(plain: object, file: str) -> bool:
    try:
        check_epcis(plain, file=file)
    except DocumentRefused:
        return False
    return True


def test_epcis_2_0_the_valid_fixtures_are_accepted_and_the_invalid_refused(shared_data: Path) -> None:
    verdicts = {name: accepted(plain, name) for name, plain in fixtures(shared_data)}
    assert [name for name, verdict in verdicts.items() if verdict == ("/Invalid/" in name)] == []
    assert (sum(verdicts.values()), len(verdicts) - sum(verdicts.values())) == (128, 19)


def test_every_event_of_the_valid_fixtures_is_read(shared_data: Path) -> None:
    read = [
        event
        for name, plain in fixtures(shared_data)
        if "/Invalid/" not in name
        for event in read_epcis(json.dumps(plain), file=name)
    ]
    assert len(read) == 207
    assert sum(event.kind is not None for event in read) == 113


def test_a_refusal_says_where_and_what(shared_data: Path) -> None:
    name = "openepcis-test-resources/2.0/EPCIS/JSON/Capture/Invalid/ObjectEvent_with_invalid_action.json"
    with pytest.raises(DocumentRefused) as refused:
        read_epcis((shared_data / "epcis_2_0_corpus" / name).read_text(), file="fixture.json")
    facts = refused.value.findings[0].facts
    assert (facts["file"], facts["where"]) == ("fixture.json", "epcisBody/eventList/0/action")
