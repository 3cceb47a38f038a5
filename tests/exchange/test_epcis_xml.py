from collections import Counter
from pathlib import Path

import pytest

from tracemark.exchange import DocumentRefused, read_epcis_xml
from tracemark.recordkeeping import EventKind

EVENT = """<ObjectEvent xmlns:x="http://register.example/x">
  <eventTime>2020-01-01T02:00:00Z</eventTime><eventTimeZoneOffset>-06:00</eventTimeZoneOffset>
  <epcList><epc>https://register.example/weapon/W-12</epc></epcList>
  <action>OBSERVE</action><bizStep>urn:epcglobal:cbv:bizstep:shipping</bizStep>
  <readPoint><id>urn:epc:id:sgln:0614141.07346.1234</id></readPoint>
  <destinationList><destination type="urn:epcglobal:cbv:sdt:owning_party">urn:epc:id:pgln:0614141.00777</destination>
  </destinationList>
  <x:note>seen</x:note>
</ObjectEvent>"""


def refusal(content: str) -> list[tuple[object, object]]:
    with pytest.raises(DocumentRefused) as refused:
        read_epcis_xml(content.encode(), file="x.xml")
    return [(each.facts["where"], each.facts["value"]) for each in refused.value.findings]


def test_an_event_in_xml_is_read_as_in_json() -> None:
    [event] = read_epcis_xml(EVENT.encode(), file="x.xml", base="https://register.example/")
    assert (event.kind, str(event.happened), event.weapon) == (EventKind.SHIPPED, "2019-12-31", 12)
    assert event.details == {"place": "urn:epc:id:sgln:0614141.07346.1234", "holder": "urn:epc:id:pgln:0614141.00777"}
    assert event.plain["http://register.example/x:note"] == "seen"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("<action>OBSERVE</action>", "<action>OBSERV</action>", "action"),
        ("2020-01-01T02:00:00Z", "01.01.2020", "eventTime"),
        ("<action>OBSERVE</action>", "<action>OBSERVE</action><made>x</made>", "EventList/0/made"),
    ],
)
def test_what_is_wrong_is_named(before: str, after: str, expected: str) -> None:
    assert refusal(EVENT.replace(before, after))[0][0] == expected


def test_elements_out_of_order_are_refused() -> None:
    step = "<bizStep>urn:epcglobal:cbv:bizstep:shipping</bizStep>"
    moved = EVENT.replace(step, "").replace("<action>", f"{step}<action>")
    assert refusal(moved) == [("EventList/0/action", "the element stands in the wrong place")]


@pytest.mark.parametrize(
    "attack",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]>',
        '<!DOCTYPE a SYSTEM "http://register.example/a.dtd">',
        "<!DOCTYPE a [<!ELEMENT a ANY>]>",
    ],
)
def test_a_document_type_that_declares_or_points_is_refused(attack: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        read_epcis_xml((attack + EVENT).encode(), file="x.xml")
    assert [each.code for each in refused.value.findings] == ["exchange.document_type_declared"]


def test_a_document_type_that_only_names_its_root_is_let_pass() -> None:
    assert len(read_epcis_xml(f"<!DOCTYPE ObjectEvent>{EVENT}".encode(), file="x.xml")) == 1


# Elements out of the order of the XML binding, times without seconds, and what is not read: master data, queries.
NOT_READ = {
    "EPCISMasterDataDocument is no EPCIS document": 2,
    "no EventList": 1,
    "the element stands in the wrong place": 8,
    "'2006-11-07T13:00Z' is not a 'date-time'": 1,
    "'2020-01-14T23:00Z' is not a 'date-time'": 1,
    "an event of EPCIS 1.2 in a document of 2.0": 2,
}


def test_epcis_2_0_the_fixtures_in_xml(shared_data: Path) -> None:
    corpus = shared_data / "epcis_2_0_corpus"
    chosen = [
        *corpus.glob("openepcis-test-resources/2.0/EPCIS/XML/**/*.xml"),
        *corpus.glob("gs1-EPCIS/XML/**/*.xml"),
        *corpus.glob("event-hash-tests/**/*.xml"),
    ]
    read: Counter[bool] = Counter()
    refused: Counter[object] = Counter()
    for path in sorted(set(chosen) - set(corpus.glob("gs1-EPCIS/XML/CaptureJob/*"))):
        invalid = "Invalid" in path.parts
        try:
            events = read_epcis_xml(path.read_bytes(), file=path.name)
        except DocumentRefused as refusal:
            value = str(refusal.findings[0].facts["value"])
            refused["invalid" if invalid else _short(value)] += 1
        else:
            assert not invalid, path
            read[bool(events)] += 1
    assert refused == {"invalid": 11, **NOT_READ}
    assert read == {True: 99, False: 1}


def _short(value: str) -> str:
    return "an event of EPCIS 1.2 in a document of 2.0" if "quantityElement" in value else value
