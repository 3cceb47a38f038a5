"""Aid activities read from files of IATI, however large, one activity at a time."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from tracemark.assistance import AidActivity
from tracemark.exchange.documents import DocumentRefused, finding, local, refused
from tracemark.exchange.iati_activity import read_activity
from tracemark.exchange.iati_first import read_first_activity
from tracemark.exchange.iati_schema import (
    MOST_FINDINGS,
    activity_schema,
    errors_of,
    iati_finding,
    line_of,
    schema_findings,
    worded,
)
from tracemark.kernel import Finding

LARGEST_IATI_BYTES, LARGEST_ACTIVITY_BYTES = 1 << 30, 16 << 20
"""A larger file, or more bytes of a file before an activity in it ends, are refused."""

_CHUNK, _HEAD = 1 << 18, 1 << 16
_WHOLE_BYTES = 64 << 20
_ROOT, _ACTIVITY = "iati-activities", "iati-activity"
_SAFE: Mapping[str, Any] = {"no_network": True, "load_dtd": False, "dtd_validation": False, "huge_tree": False}
_STREAM: Mapping[str, Any] = {**_SAFE, "resolve_entities": "internal"}
"""No file outside is ever read. With a schema, refusing all entities would have the parser take a file that breaks off
for a whole one; none can be declared, since a document type is refused before."""


@dataclass(frozen=True, slots=True)
class IatiFile:
    """What a file of IATI held: its version, the activities that were wanted, and how many there were in all.

    `left_out` counts what could not be read, by code of its sentence: files of IATI 1 only, a file of IATI 2 is valid
    or refused. `fingerprint` is the SHA-256 of its bytes.
    """

    version: str
    activities: tuple[AidActivity, ...]
    total: int
    left_out: Mapping[str, int]
    fingerprint: str


def read_iati(path: Path, *, wanted: Callable[[AidActivity], bool] = lambda _: True, version: str = "") -> IatiFile:
    """Read the activities of an IATI file, of which only the wanted ones are kept in memory.

    A file of IATI 2.0x is held to the schema of 2.03 and refused where it is not valid. One of IATI 1.0x, whose schema
    is not kept here, is read as far as it says what it means, and what is left out is counted. `version` is that of a
    file which does not say its own. Nothing a file points to is followed.

    Raises:
        DocumentRefused: it is no XML, no IATI, not valid, declares a document type, or is too large.
        OSError: it cannot be read.

    Source: IATI 2.03, iati-activities.
    """
    size = path.stat().st_size
    if size > LARGEST_IATI_BYTES:
        raise refused("document_too_large", path.name, "", f"{size} bytes")
    root = _root(path)
    version = root.get("version", "") or version
    if local(root) != _ROOT:
        raise DocumentRefused([iati_finding("iati_no_activities", path.name, line_of(root), local(root))])
    first = version.startswith("1.")
    kept, total, left_out, digest = list[AidActivity](), 0, Counter[str](), hashlib.sha256()
    unread: list[Finding] = []
    try:
        for element in _streamed(path, digest.update, None if first else activity_schema()):
            total += 1
            try:
                read = read_first_activity(element, root, left_out) if first else read_activity(element, root)
            except (ValueError, ArithmeticError) as fault:
                # A file that is not valid is only known as such further on, and its own fault says more.
                unread.append(iati_finding("iati_unreadable", path.name, line_of(element), _ACTIVITY, value=str(fault)))
                continue
            if read is not None and wanted(read):
                kept.append(read)
    except etree.XMLSyntaxError as error:
        raise _why(path, error) from None
    if unread:
        raise DocumentRefused(unread[:MOST_FINDINGS])
    return IatiFile(version, tuple(kept), total, left_out, digest.hexdigest())


def _root(path: Path) -> etree._Element:
    """Return the root's opening tag. A declared document type ends the reading before anything else is parsed."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    parser: Any = etree.XMLPullParser(("start",), resolve_entities=False, **_SAFE)
    try:
        parser.feed(head.partition(b"<!DOCTYPE")[0])
    except etree.XMLSyntaxError as error:
        raise refused("not_xml", path.name, f"line {error.lineno}", str(error.msg)) from None
    root: etree._Element | None = next((element for _, element in parser.read_events()), None)
    if b"<!DOCTYPE" in head or (root is not None and _about(root).doctype):
        raise refused("document_type_declared", path.name, "", "<!DOCTYPE")
    if root is None:
        raise refused("not_xml", path.name, "", "no root element")
    return root


def _about(root: etree._Element) -> Any:  # noqa: ANN401 - the library gives it no type
    return root.getroottree().docinfo


def _streamed(path: Path, digest: Callable[[bytes], None], schema: etree.XMLSchema | None) -> Iterator[etree._Element]:
    """Yield each activity as it ends, and forget it; a file that is not valid raises what the parser says."""
    parser: Any = etree.XMLPullParser(("end",), tag=_ACTIVITY, schema=schema, **_STREAM)
    waiting = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest(chunk)
            parser.feed(chunk)
            waiting += len(chunk)
            for _, element in parser.read_events():
                waiting = 0
                yield element
                _forget(element)
            if waiting > LARGEST_ACTIVITY_BYTES:
                raise refused("document_too_large", path.name, "iati-activity", f"{waiting} bytes")
    parser.close()
    for _, element in parser.read_events():
        yield element


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _why(path: Path, error: etree.XMLSyntaxError) -> DocumentRefused:
    """Return what is wrong where: the stream tells no lines of what is not valid, so that it is read once more."""
    try:
        if path.stat().st_size <= _WHOLE_BYTES:
            found = schema_findings(etree.parse(str(path), etree.XMLParser(resolve_entities=False, **_SAFE)), path.name)
        else:
            found = list(worded(_errors_of_each(path), path.name))
    except etree.XMLSyntaxError as broken:
        return refused("not_xml", path.name, f"line {broken.lineno}", str(broken.msg))
    return DocumentRefused(found or [finding("document_invalid", path.name, _ROOT, str(error.msg))])


def _errors_of_each(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the errors of a file too large to be held, activity by activity."""
    schema = activity_schema()
    for element in _streamed(path, lambda _: None, None):
        if not schema.validate(element):
            yield from errors_of(schema)
