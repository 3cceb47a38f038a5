import hashlib
from collections.abc import Iterator, Mapping

from lxml import etree

from tracemark.exchange.documents import local, parse_xml, refused
from tracemark.intake import Table, table_of

NIEM_COLUMNS = (
    "firearm", "serial", "category", "make", "model", "calibre", "registration", "registered_on", "county", "status",
    "holder", "holder_kind", "holder_born", "holder_sex", "holder_document", "holder_address",
)  # fmt: skip
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "serial": ("ItemSerialIdentification/IdentificationID",),
    "model": ("ItemModelName",),
    "make": ("FirearmMakeText", "FirearmMakeCode"),
    "calibre": ("FirearmCaliberText", "FirearmCaliberCode", "FirearmCalibreText", "FirearmGaugeText"),
}
_REGISTRATION: Mapping[str, tuple[str, ...]] = {
    "registration": ("RegistrationIdentification/IdentificationID",),
    "registered_on": ("RegistrationEffectiveDate/Date",),
    "county": ("LocationCountyName",),
    "status": (
        "RegistrationStatus/FirearmRegistrationStatusText",
        "RegistrationStatus/FirearmRegistrationStatusCode",
    ),
}
_PERSON: Mapping[str, tuple[str, ...]] = {
    "holder_born": ("PersonBirthDate/Date", "PersonBirthDate/DateRepresentation/Date"),
    "holder_sex": ("PersonSexCode", "PersonSexText"),
    "holder_document": ("PersonStateIdentification/IdentificationID", "PersonSSNIdentification/IdentificationID"),
}
_NAME_PARTS = ("PersonGivenName", "PersonMiddleName", "PersonSurName")
_ADDRESS_PARTS = (
    "AddressFullText", "AddressDeliveryPointText", "StreetFullText", "LocationCityName", "LocationStateName",
    "LocationPostalCode",
)  # fmt: skip
_CATEGORY = ("FirearmCategoryCode", "FirearmCategoryDescriptionCode")


def read_niem(content: bytes, *, file: str) -> Table:
    """Lay the firearms of a NIEM document out as a table, whatever release of NIEM and whatever exchange it is of.

    Elements are known by their names, since exchanges extend NIEM under namespaces of their own. Of the registrant the
    table has name, birth, sex, identity document and address, no more: what a person looks like stays in the document.

    Raises:
        DocumentRefused: it is no XML, or declares a document type.

    Source: NIEM 6, j:FirearmType.
    """
    root = parse_xml(content, file=file)
    if not local(root):
        raise refused("not_xml", file, "", "no root element")
    by_id = {identity: element for element in root.iter() if (identity := _attribute(element, "id"))}
    rows: list[list[str]] = []
    for firearm in _firearms(root):
        registration, holder = _linked(firearm, root, by_id)
        said = _row(firearm, registration, len(rows) + 1)
        if holder is not None:
            said |= _holder(holder, root, by_id)
        rows.append([said.get(column, "") for column in NIEM_COLUMNS])
    return table_of(file, NIEM_COLUMNS, rows, hashlib.sha256(content).hexdigest())


def _firearms(root: etree._Element) -> Iterator[etree._Element]:
    """Yield what describes a firearm; what merely asks for one in a search describes none that is registered."""
    if local(root).endswith("Request"):
        return
    for element in root.iter():
        if local(element) in ("Firearm", "FirearmItem") and len(element):
            yield element


def _row(firearm: etree._Element, registration: etree._Element | None, number: int) -> dict[str, str]:
    said = {name: _first(firearm, paths) for name, paths in _FIELDS.items()}
    codes = [_first(firearm, (path,)) for path in _CATEGORY]
    said["category"] = _first(firearm, ("FirearmCategoryText",)) or "".join(codes)
    said["firearm"] = _attribute(firearm, "id") or str(number)
    if registration is not None:
        said |= {name: _first(registration, paths) for name, paths in _REGISTRATION.items()}
    return said


def _linked(
    firearm: etree._Element, root: etree._Element, by_id: Mapping[str, etree._Element]
) -> tuple[etree._Element | None, etree._Element | None]:
    """Return the registration and the registrant that an association ties to the firearm, None where none does."""
    identity = _attribute(firearm, "id")
    for association in root.iter():
        if local(association) != "PropertyRegistrationAssociation":
            continue
        refers = {local(each): _attribute(each, "ref") for each in association}
        if identity and refers.get("ItemReference") == identity:
            holder = refers.get("ItemRegistrationHolderReference", "")
            return by_id.get(refers.get("ItemRegistrationReference", "")), by_id.get(holder)
    return None, None


def _holder(holder: etree._Element, root: etree._Element, by_id: Mapping[str, etree._Element]) -> dict[str, str]:
    """Return what is taken of a registrant, who is a person or an organisation."""
    organisation = next((each for each in holder.iter() if local(each) == "OrganizationName"), None)
    if "Organization" in local(holder) and organisation is not None:
        return {"holder": (organisation.text or "").strip(), "holder_kind": "organisation"}
    found = {name: _first(holder, paths) for name, paths in _PERSON.items()}
    parts = [_first(holder, (f"PersonName/{part}",)) for part in _NAME_PARTS]
    found["holder"] = _first(holder, ("PersonName/PersonFullName",)) or " ".join(filter(None, parts))
    home = _home(_attribute(holder, "id"), root, by_id)
    found["holder_address"] = ", ".join(_texts(home)) if home is not None else ""
    return found | {"holder_kind": "person"}


def _home(person: str, root: etree._Element, by_id: Mapping[str, etree._Element]) -> etree._Element | None:
    for association in root.iter():
        if local(association) == "ResidenceAssociation":
            refers = {local(each): _attribute(each, "ref") for each in association}
            if refers.get("PersonReference") == person:
                return by_id.get(refers.get("LocationReference", ""))
    return None


def _texts(home: etree._Element) -> Iterator[str]:
    """Yield the lines of an address, in the order in which an address is written."""
    for name in _ADDRESS_PARTS:
        yield from ((each.text or "").strip() for each in home.iter() if local(each) == name and each.text)


def _first(element: etree._Element, paths: tuple[str, ...]) -> str:
    for path in paths:
        found: list[etree._Element] = [element]
        for name in path.split("/"):
            found = [inner for outer in found for inner in outer if local(inner) == name]
        text = next((each.text.strip() for each in found if each.text and each.text.strip()), "")
        if text:
            return text
    return ""


def _attribute(element: etree._Element, name: str) -> str:
    """Return `s:id` or `s:ref`, whose namespace differs between releases."""
    return next((str(value) for key, value in element.attrib.items() if etree.QName(str(key)).localname == name), "")
