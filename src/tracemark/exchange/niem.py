import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from tracemark.exchange.documents import local, parse_xml, refused
from tracemark.intake import Table, table_of
from tracemark.kernel import Plain

NIEM_COLUMNS = (
    "firearm", "serial", "category", "make", "model", "calibre", "registration", "registered_on", "county", "status",
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
_CATEGORY = ("FirearmCategoryCode", "FirearmCategoryDescriptionCode")


@dataclass(frozen=True, slots=True)
class NiemFirearms:
    """The firearms of a NIEM document as a table, and apart from it the persons they are registered to, by row.

    Persons are personal data: they never enter the table, and belong beside the record, under a commitment.
    """

    table: Table
    persons: Mapping[int, Mapping[str, Plain]]


def read_niem(content: bytes, *, file: str) -> NiemFirearms:
    """Read the firearms of a NIEM document, whatever release of NIEM and whatever exchange it is of.

    Elements are known by their names, since exchanges extend NIEM under namespaces of their own.

    Raises:
        DocumentRefused: it is no XML, or declares a document type.

    Source: NIEM 6, j:FirearmType.
    """
    root = parse_xml(content, file=file)
    if not local(root):
        raise refused("not_xml", file, "", "no root element")
    by_id = {identity: element for element in root.iter() if (identity := _attribute(element, "id"))}
    rows: list[list[str]] = []
    persons: dict[int, Mapping[str, Plain]] = {}
    for firearm in _firearms(root):
        registration, person = _linked(firearm, root, by_id)
        said = _row(firearm, registration, len(rows) + 1)
        rows.append([said.get(column, "") for column in NIEM_COLUMNS])
        if person is not None:
            persons[len(rows) + 1] = _person(person, root, by_id)
    return NiemFirearms(table_of(file, NIEM_COLUMNS, rows, hashlib.sha256(content).hexdigest()), persons)


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


def _person(person: etree._Element, root: etree._Element, by_id: Mapping[str, etree._Element]) -> dict[str, Plain]:
    """Return what the document says of a person, with the home it gives."""
    found: dict[str, Plain] = {"person": _tree(person)}
    identity = _attribute(person, "id")
    for association in root.iter():
        if local(association) == "ResidenceAssociation":
            refers = {local(each): _attribute(each, "ref") for each in association}
            home = by_id.get(refers.get("LocationReference", ""))
            if refers.get("PersonReference") == identity and home is not None:
                found["residence"] = _tree(home)
    return found


def _tree(element: etree._Element) -> Plain:
    """Return an element as plain data: its text, or what it holds by name, in lists where a name comes twice."""
    inner = [each for each in element if local(each)]
    if not inner:
        return (element.text or "").strip()
    found: dict[str, Plain] = {}
    for each in inner:
        name, value = local(each), _tree(each)
        known = found.get(name)
        found[name] = value if name not in found else [*(known if isinstance(known, list) else [known]), value]
    return found


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
