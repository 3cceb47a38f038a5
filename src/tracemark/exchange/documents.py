from typing import Any

from lxml import etree

from tracemark.kernel import Finding, Refused, cite

LARGEST_DOCUMENT_BYTES = 64 << 20
"""A larger XML document is refused; whole registers travel as tables."""


class DocumentRefused(Refused):
    """A document is not what its standard says. Findings name the file, where in it, and what is wrong."""


def parse_xml(content: bytes, *, file: str) -> etree._Element:
    """Read an XML document without following anything it points to: no entities, no external files, no network.

    Raises:
        DocumentRefused: it is no XML, too large, or declares a document type, which is how such attacks begin.
    """
    if len(content) > LARGEST_DOCUMENT_BYTES:
        raise refused("document_too_large", file, "", f"{len(content)} bytes")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise refused("not_xml", file, f"line {error.lineno}", str(error.msg)) from error
    about: Any = root.getroottree().docinfo
    if about.doctype and not _names_only_its_root(about):
        raise refused("document_type_declared", file, "", about.doctype[:80])
    return root


def _names_only_its_root(about: Any) -> bool:  # noqa: ANN401 - the library gives it no type
    """Whether a document type declares nothing and points nowhere, as `<!DOCTYPE EPCISDocument>`."""
    inner = about.internalDTD
    return (
        not about.system_url and not about.public_id and not (list(inner.iterentities()) or list(inner.iterelements()))
    )


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; "" for comments and the like."""
    tag: object = element.tag
    return etree.QName(element).localname if isinstance(tag, str) else ""


def refused(code: str, file: str, where: str, what: str) -> DocumentRefused:
    """Return the refusal of a document."""
    return DocumentRefused([finding(code, file, where, what)])


def finding(code: str, file: str, where: str, what: str) -> Finding:
    """Return what is wrong with a document, and where in it."""
    return Finding(f"exchange.{code}", cite("PoA II.9"), {"file": file, "where": where, "value": what})
