from collections import Counter
from pathlib import Path

import pytest

from tests.intake.lots import TODAY
from tracemark.exchange import NIEM_COLUMNS, DocumentRefused, read_niem
from tracemark.intake import CatalogueNames, Draft, RowReader, shipped_profile, survey

PERSON = """<nc:Person s:id="P1">
  <nc:PersonBirthDate><nc:Date>1970</nc:Date></nc:PersonBirthDate>
  <nc:PersonName><nc:PersonGivenName>Nobody</nc:PersonGivenName><nc:PersonMiddleName>At</nc:PersonMiddleName>
    <nc:PersonSurName>All</nc:PersonSurName></nc:PersonName>
</nc:Person>"""
DOCUMENT = """<doc:Results xmlns:doc="urn:doc" xmlns:nc="urn:nc" xmlns:s="urn:s" xmlns:x="urn:x">
  PERSON
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
  <nc:Location s:id="L1"><nc:LocationAddress><nc:AddressDeliveryPointText>1 No Street</nc:AddressDeliveryPointText>
    <nc:LocationCityName>Nowhere</nc:LocationCityName></nc:LocationAddress></nc:Location>
  <nc:ResidenceAssociation><nc:PersonReference s:ref="P1"/><nc:LocationReference s:ref="L1"/></nc:ResidenceAssociation>
</doc:Results>""".replace("PERSON", PERSON)


def row_of(content: str) -> dict[str, str]:
    table = read_niem(content.encode(), file="one.xml")
    [(_, values)] = table.rows()
    return dict(zip(table.columns, values, strict=True))


def draft_of(content: str) -> Draft:
    table, profile = read_niem(content.encode(), file="one.xml"), shipped_profile("niem")
    dates = survey(table, profile).readers
    reader = RowReader(profile=profile, columns=table.columns, dates=dates, names=CatalogueNames(), today=TODAY)
    [draft] = [reader.read(*row) for row in table.rows()]
    return draft


def test_a_firearm_is_a_row_with_its_registrant() -> None:
    assert row_of(DOCUMENT) == {
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
        "holder": "Nobody At All",
        "holder_kind": "person",
        "holder_born": "1970",
        "holder_sex": "",
        "holder_document": "",
        "holder_address": "1 No Street, Nowhere",
    }


def test_the_registrant_goes_beside_the_record() -> None:
    draft = draft_of(DOCUMENT)
    assert (draft.description.maker, draft.description.calibre, draft.serials) == ("glock", "9x19", ("TV12345",))
    [event], [person] = draft.events, draft.persons
    assert (event.kind.value, str(event.happened), event.document) == ("registered", "2004-05-22", "R-7")
    assert event.details == {"place": "Hill", "holder": person.holder}
    assert person.data == {"name": "Nobody At All", "born": "1970", "address": "1 No Street, Nowhere"}
    assert "No" not in str(draft.plain()).replace("None", "")


def test_an_organisation_is_named_as_such_and_who_is_not_named_is_private() -> None:
    company = DOCUMENT.replace(
        PERSON, '<nc:Organization s:id="P1"><nc:OrganizationName>Vale Guns</nc:OrganizationName></nc:Organization>'
    )
    assert draft_of(company).events[0].details["holder"] == "organisation:Vale Guns"
    nobody = draft_of(DOCUMENT.replace(PERSON, ""))
    assert (nobody.events[0].details["holder"], nobody.persons) == ("private", ())


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
    counted = Counter(each.total for each in found.values())
    assert counted == {1: 60, 2: 30, 3: 13, 4: 2, 0: 7}
    places = NIEM_COLUMNS.index("holder"), NIEM_COLUMNS.index("holder_kind")
    holders = [tuple(bool(values[place]) for place in places) for each in found.values() for _, values in each.rows()]
    assert holders == [(True, True)] * 167
    assert {name for name, each in found.items() if not each.total} == {
        "Access-Denial-FirearmSearchResults.xml",
        "Error-FirearmSearchResults.xml",
        "FirearmSearchRequest.xml",
        "Firearm_Registration_Query_Request.xml",
        "Person_Firearm_Registration_Query_Request.xml",
        "QueryResults-AccessDenied.xml",
        "QueryResults-Error.xml",
    }
