"""Things of EPCIS documents with their lives, from the document to the record."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.intake.lots import OFFICER, StandingClock, new_stores
from tracemark.authorities import Agency, AgencyKind
from tracemark.exchange import DocumentRefused, epcis_table, write_epcis
from tracemark.intake import CatalogueNames, Intake, IntakeReport, dry_run, import_table, judge_held, shipped_profile
from tracemark.kernel import PartialDate, Plain
from tracemark.recordkeeping import Event, EventKind
from tracemark.storage.memory import MemoryStores
from tracemark.weapons import WeaponId

CLOCK = StandingClock()
THING = "urn:epc:id:sgtin:0614141.107346.TV20177"
MAKER, DEALER = "urn:epc:id:pgln:0614141.00001", "urn:epc:id:pgln:0614141.00777"


def event(step: str, on: str, holder: str = "", **more: object) -> dict[str, Any]:
    told: dict[str, Any] = {
        "type": "ObjectEvent",
        "eventTime": f"{on}T10:00:00Z",
        "eventTimeZoneOffset": "+00:00",
        "epcList": [THING],
        "action": "OBSERVE",
        "bizStep": step,
    }
    parties = [{"type": "owning_party", "destination": holder}]
    return told | ({"destinationList": parties} if holder else {}) | more


MADE = event("commissioning", "2019-05-17", MAKER)
SOLD = event("retail_selling", "2019-06-01", DEALER)


def document(*events: dict[str, Any]) -> bytes:
    plain = {
        "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2020-01-01T00:00:00Z",
        "epcisBody": {"eventList": list(events)},
    }
    return json.dumps(plain).encode()


def taken_in(stores: MemoryStores, content: bytes) -> IntakeReport:
    intake = Intake(epcis_table(content, file="e.jsonld"), shipped_profile("epcis"), CatalogueNames())
    said = dry_run(intake=intake, actor=OFFICER, stores=stores, clock=CLOCK)
    done = import_table(intake=intake, actor=OFFICER, stores=stores, clock=CLOCK)
    assert (said.imported, said.held, said.refused, said.unchanged, said.counts) == (
        done.imported, done.held, done.refused, done.unchanged, done.counts,
    )  # fmt: skip
    return done


def test_a_thing_comes_in_with_its_life_in_the_order_it_happened() -> None:
    stores = new_stores()
    assert taken_in(stores, document(SOLD, MADE)).imported == 1
    told = [
        (each.event.kind.value, str(each.event.happened), each.event.details["holder"]) for each in stores.records.all()
    ]
    assert told == [
        ("manufactured", "2019-05-17", f"organisation:{MAKER}"),
        ("transferred", "2019-06-01", f"organisation:{DEALER}"),
    ]
    assert [mark.serial for mark in stores.register.state(WeaponId(1)).marks] == ["TV20177"]


def test_what_means_nothing_in_a_weapons_life_is_refused_with_its_reason_and_stops_nothing() -> None:
    weighed, pallets = event("sampling", "2019-05-20"), event("storing", "2019-05-21", epcList=[])
    report = taken_in(new_stores(), document(MADE, weighed, pallets))
    assert (report.imported, report.refused) == (1, 2)
    told = [each.facts["value"] for each in report.findings if each.code == "intake.event_meaningless"]
    assert told == ["ObjectEvent sampling no thing", "ObjectEvent storing no thing"]


def test_an_event_that_does_not_say_who_holds_the_thing_is_refused_by_its_field() -> None:
    report = taken_in(new_stores(), document(event("commissioning", "2019-05-17")))
    told = [each.facts["field"] for each in report.findings if each.code == "intake.detail_empty"]
    assert (report.refused, told) == (1, ["life.holder"])


def test_a_later_document_goes_on_with_the_life_once_somebody_has_judged() -> None:
    stores = new_stores()
    taken_in(stores, document(MADE))
    report = taken_in(stores, document(SOLD))
    assert (report.imported, report.held, report.refused) == (0, 1, 0)
    recorded = judge_held(held=1, same_as=WeaponId(1), actor=OFFICER, stores=stores, clock=CLOCK)
    assert [each.event.kind.value for each in recorded.sealed] == ["transferred"]
    assert taken_in(stores, document(SOLD, event("inspecting", "2099-01-01"))).refused == 1


def test_who_is_no_organisation_by_identifier_is_a_person_beside_the_record() -> None:
    stores = new_stores()
    stores.agencies.put(Agency("XT-D01", "Hill Arms", AgencyKind.DEALER))
    weapon: dict[str, Plain] = {"kind": "pistol", "maker": "glock", "model": "glock/17"}
    life = [
        Event(
            WeaponId(9), EventKind.REGISTERED, PartialDate(2019), "XU-REG", "x", {"weapon": weapon, "holder": "XT-D01"}
        ),
        Event(WeaponId(9), EventKind.TRANSFERRED, PartialDate(2020), "XU-REG", "x", {"holder": "Nobody Atall"}),
        Event(WeaponId(9), EventKind.TRANSFERRED, PartialDate(2021), "XU-REG", "x", {"holder": "person:" + "a" * 64}),
        Event(WeaponId(9), EventKind.TRANSFERRED, PartialDate(2022), "XU-REG", "x", {"holder": "organisation:Vale"}),
    ]
    written = write_epcis(life, base="https://other.example/", created_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert taken_in(stores, json.dumps(written).encode()).imported == 1
    holders = [str(each.event.details["holder"]) for each in stores.records.all()]
    assert (holders[0], *holders[2:]) == ("XT-D01", "private", "organisation:Vale")
    [(_, data)] = stores.persons.kept.values()
    assert (data, stores.register.state(WeaponId(1)).description.model) == ({"name": "Nobody Atall"}, "glock/17")
    kept = [each.body.decode() for each in stores.records.all()] + [str(stores.intake.known_by_id)]
    assert [each for each in kept if "Nobody" in each] == []


def test_a_damaged_life_of_another_node_is_refused_and_breaks_nothing() -> None:
    damaged = event("commissioning", "2019-05-17", MAKER) | {
        "tracemark:kind": "manufactured",
        "tracemark:happened": "2019-05-17",
        "tracemark:details": {"weapon": "pistol", "marks": [7], "holder": ["x"], "removed": 3},
    }
    context = {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"tracemark": "urn:x:"}]}
    content = json.dumps(json.loads(document(damaged)) | context).encode()
    report = taken_in(new_stores(), content)
    assert (report.imported, report.refused) == (0, 1)


@pytest.mark.parametrize(
    ("name", "value"), [("happened", "yesterday"), ("happened", 7), ("details", []), ("kind", {}), ("by", None)]
)
def test_own_words_that_are_not_in_their_form_refuse_the_document_by_name(name: str, value: object) -> None:
    wrong = {**MADE, "tracemark:kind": "manufactured", "tracemark:details": {}, f"tracemark:{name}": value}
    with pytest.raises(DocumentRefused) as refused:
        epcis_table(document(wrong), file="e.jsonld")
    [finding] = refused.value.findings
    assert (finding.facts["file"], finding.facts["where"]) == ("e.jsonld", f"tracemark:{name}")


def test_epcis_2_0_every_valid_fixture_is_taken_apart_and_nothing_without_meaning_comes_in(shared_data: Path) -> None:
    corpus = shared_data / "epcis_2_0_corpus"
    read: Counter[str] = Counter()
    for path in sorted(each for ending in ("jsonld", "json", "xml") for each in corpus.glob(f"**/*.{ending}")):
        try:
            table = epcis_table(path.read_bytes(), file=path.name)
        except DocumentRefused:
            read["refused"] += 1
            continue
        intake = Intake(table, shipped_profile("epcis"), CatalogueNames())
        report = dry_run(intake=intake, actor=OFFICER, stores=new_stores(), clock=CLOCK)
        read["read"] += 1
        assert report.refused == report.rows, path
        assert all(each.facts.get("row") for each in report.findings), path
    assert read == {"read": 233, "refused": 159}
