"""Every operation of the API with a request that is answered, so that permissions can be tried on each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.api.asking import Response
from tracemark.api.openapi import document

COMMITMENT = "0" * 64
HEADING = "kind,maker,model,calibre,country,year,serial,holder,happened\n"


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as the document describes it."""

    name: str
    method: str
    path: str
    admits: frozenset[str]
    responses: dict[str, Any] = field(hash=False, compare=False)

    @property
    def public(self) -> bool:
        return self.admits == {"public"}

    @property
    def takes_files(self) -> bool:
        return self.name in {"try_import", "import_table", "attach_to_report", "import_lost_list"}

    def ask(self, client: Client, body: object = None) -> Response:
        """Send the smallest request that reaches the operation."""
        path = self.path
        for place, value in PLACES.items():
            path = path.replace("{" + place + "}", value)
        if self.method == "get":
            return cast("Response", client.get(path, QUERIES.get(self.name, {})))
        if self.takes_files:
            table = SimpleUploadedFile("lot.csv", HEADING.encode())
            return cast("Response", client.post(path, {"profile": "registry", "file": table}))
        return cast("Response", client.post(path, body or {}, content_type="application/json"))


PLACES = {
    "weapon": "W-1",
    "position": "0",
    "block": "0",
    "case": "T-0",
    "form": "sdmx",
    "run": "1",
    "row": "1",
    "proposal": "1",
    "commitment": COMMITMENT,
    "place": "0/000.p/13",
    "figure": "weapons.registered",
    "campaign": "LC-2026-000001",
    "licence": "EL-2026-000001",
    "consignment": "CN-2026-000001",
    "certificate": "EC-2026-000001",
    "party": "PA-2026-000001",
    "embargo": "EM-2026-000001",
    "site": "ST-2026-000001",
    "count": "CT-2026-000001",
    "investigation": "IV-2026-000001",
    "destruction": "DS-2026-000001",
    "lot": "LT-2026-000001",
    "signal": "SG-2026-000001",
    "report": "NR-2026-000001",
    "statement": "SX-2026-000001",
    "digest": COMMITMENT,
    "peer": "ND-2026-000001",
    "state_request": "TR-2026-000001",
    "inquiry": "TI-2026-000001",
    "practice": "GP-2026-000001",
    "meeting": "BMS9",
    "kept": "RM-2026-000001",
    "proposed": "RP-2026-000001",
    "aid": "AA-2026-000001",
    "lost_list": "LL-2026-000001",
}
QUERIES = {
    "find_surplus": {"holder": "XT-DEPOT"},
    "draw_figure": {"from": "2000", "to": "2026"},
    "add_up_figure": {"from": "2000", "to": "2026"},
    "list_counted": {"from": "2000", "to": "2026"},
    "prove_growth": {"from": "1", "to": "2"},
    "read_paragraph": {"citation": "ITI 8(b)"},
    "find_maker": {"q": "glock"},
    "find_model": {"q": "17"},
    "find_calibre": {"q": "9x19"},
}


def operations() -> Iterator[Operation]:
    """Yield every operation of the document."""
    for path, methods in document()["paths"].items():
        for method, plain in methods.items():
            yield Operation(plain["operationId"], method, path, frozenset(plain["x-permissions"]), plain["responses"])
