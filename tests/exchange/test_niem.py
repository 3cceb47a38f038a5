from collections import Counter
from pathlib import Path

import pytest

from tests.intake.lots import TODAY
from tracemark.exchange import DocumentRefused, read_niem
from tracemark.intake import CatalogueNames, RowReader, shipped_profile, survey

DOCUMENT = """<doc:Results xmlns:doc="urn:doc" xmlns:nc="urn:nc" xmlns:s="urn:s" xmlns:x="urn:x">
  <nc:Person s:id="P1"><nc:PersonName><nc:PersonFullName>Nobody At All</nc:PersonFullName></nc:PersonName></nc:Person>
  <x:Firearm s:id="F1">
    <nc:ItemSerialIdentification><nc:IdentificationID>TV12345</nc:IdentificationID></nc:ItemSerialIdentification>
    <nc:ItemModelName>17</nc:ItemModelName>
    <x:FirearmMakeCode>GLC</x:FirearmMakeCode><x:FirearmMakeText>Glock</x:FirearmMakeText>
    <nc:FirearmCaliberCode>9x19</nc:FirearmCaliberCode>
  </x:Firearm>
  <x:ItemRegistration s:id="R1">
    <nc:RegistrationIdentification><nc:IdentificationID>R-7</nc:IdentificationID></nc:RegistrationIdentification>
    <nc:LocationCountyName>Hill</nc:LocationCountyName>
    <nc:RegistrationEffectiveDate><nc:Date>2004-05-22</nc:Date></nc:RegistrationEffectiveDate>
  </x:ItemRegistration>
  <nc:PropertyRegistrationAssociation>
    <nc:ItemRegistrationReference s:ref="R1"/><nc:ItemReference s:ref="F1"/>
    <nc:ItemRegistrationHolderReference s:ref="P1"/>
  </nc:PropertyRegistrationAssociation>
</doc:Results>"""


def test_a_firearm_is_a_row_and_its_registrant_stands_apart() -> None:
    found = read_niem(DOCUMENT.encode(), file="one.xml")
    [(number, values)] = found.table.rows()
    assert dict(zip(found.table.columns, values, strict=True)) == {
        "firearm": "F1",
        "serial": "TV12345",
        "category": "",
        "make": "Glock",
        "model": "17",
        "calibre": "9x19",
        "registration": "R-7",
        "registered_on": "2004-05-22",
        "county": "Hill",
        "status": "",
    }
    assert found.persons == {number: {"person": {"PersonName": {"PersonFullName": "Nobody At All"}}}}


def test_a_firearm_becomes_a_draft_without_the_person() -> None:
    found = read_niem(DOCUMENT.encode(), file="one.xml")
    profile = shipped_profile("niem")
    seen = survey(found.table, profile)
    reader = RowReader(
        profile=profile, columns=found.table.columns, dates=seen.readers, names=CatalogueNames(), today=TODAY
    )
    [draft] = [reader.read(*row) for row in found.table.rows()]
    assert (draft.description.maker, draft.description.calibre, draft.serials) == ("glock", "9x19", ("TV12345",))
    [event] = draft.events
    assert (event.kind.value, str(event.happened), event.document) == ("registered", "2004-05-22", "R-7")
    assert "Nobody" not in str(draft.plain())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "exchange.document_type_declared"),
        ('<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>', "exchange.document_type_declared"),
        ('<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', "exchange.document_type_declared"),
        ("<a><b></a>", "exchange.not_xml"),
        ("", "exchange.not_xml"),
    ],
)
def test_a_document_that_attacks_or_is_broken_is_refused(content: str, code: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        read_niem(content.encode(), file="bad.xml")
    assert [each.code for each in refused.value.findings] == [code]


def test_niem_the_instances_of_a_real_exchange_are_read(shared_data: Path) -> None:
    found = {
        path.name: read_niem(path.read_bytes(), file=path.name)
        for path in sorted((shared_data / "niem_firearm_instances").glob("*.xml"))
    }
    counted = Counter(each.table.total for each in found.values())
    assert counted == {1: 60, 2: 30, 3: 13, 4: 2, 0: 7}
    assert sum(len(each.persons) for each in found.values()) == 167
    assert {name for name, each in found.items() if not each.table.total} == {
        "Access-Denial-FirearmSearchResults.xml",
        "Error-FirearmSearchResults.xml",
        "FirearmSearchRequest.xml",
        "Firearm_Registration_Query_Request.xml",
        "Person_Firearm_Registration_Query_Request.xml",
        "QueryResults-AccessDenied.xml",
        "QueryResults-Error.xml",
    }
