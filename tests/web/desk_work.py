"""Work on the desks of the sample register: an import with held and refused rows, numbers, a recovery, trace cases."""

import hashlib
import struct
import zlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.marking.profiles.test_reading import GOOD
from tests.web.sample import OFFICER, StillClock
from tracemark import intake, marking, recordkeeping, tracing
from tracemark.authorities import Role
from tracemark.kernel import Actor, PartialDate
from tracemark.marking import CheckSystem, Mark, MarkKind, MarkToMake, PlanLine, Scheme, Span
from tracemark.node import Node
from tracemark.recordkeeping import EventKind
from tracemark.tracing import (
    ComponentReading,
    Ground,
    Judgement,
    Outcome,
    PersonInvolved,
    Priority,
    Recovery,
    Sex,
    TraceRequest,
    Verdict,
)
from tracemark.weapons import Description, Part, WeaponId
from tracemark.web.stamping import Session, Sessions
from tracemark.web.uploads import Uploads

ANALYST = Actor("analyst", "XT-POL", frozenset({Role.TRACING_ANALYST}))

TABLE = b"""registry_number,kind,maker,model,calibre,country,year,serial,holder,registered_on,place
R-1,pistol,Beretta,92,9x19,IT,2011,BER40771X,XT-D01,2019-05-17,Amberly
R-2,pump-action shotgun,Mossberg,500,12 gauge,US,2014,U771204,XT-D01,2018,Amberly
R-3,revolver,Smith & Wesson,686,.357 Magnum,US,2009,CAK471I,XT-D01,2016-03,Amberly
R-4,pistol,Glock,17,9x19,AT,2015,LMN202,XT-D01,2019-13-40,Amberly
R-5,pistol,Berretta,92,9x19,IT,2012,BER50112Y,XT-D01,17/05/2020,@HYPERLINK
R-6,rifle,,,,,,,XT-D01,2021-02,Amberly
"""
SESSION = "M-20260930-1a2b3c"
TRIED = TABLE + b"R-7,pistol,Walther,P99,9x19,DE,2013,WA331877,XT-D01,2022-01-09,Amberly\n"
"""A second delivery of the same rows and one more."""

FINGERPRINT = hashlib.sha256(TABLE).hexdigest()
TRIED_FINGERPRINT = hashlib.sha256(TRIED).hexdigest()


def picture(shade: int) -> bytes:
    """Return a grey picture as PNG."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = zlib.compress((b"\x00" + bytes([shade]) * 48) * 32)
    head = struct.pack(">IIBBBBB", 48, 32, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def table_file(content: bytes = TABLE, name: str = "district.csv") -> SimpleUploadedFile:
    """Return a file as a browser hands it in."""
    return SimpleUploadedFile(name, content, "text/csv")


def hand_in(node: Node) -> str:
    """Hand in the table and return its fingerprint; nothing is imported."""
    return Uploads(node.folder / "uploads").keep(table_file()).fingerprint


def import_table(node: Node) -> None:
    """Import the table as an officer would; its upload stays, since the page did not do it."""
    upload = Uploads(node.folder / "uploads").find(hand_in(node))
    intake.import_table(
        intake=node.intake_of(upload.path, "registry"), actor=OFFICER, stores=node.stores, clock=StillClock()
    )


def allocate(node: Node) -> int:
    """Allocate numbers to the marking office, some of them used, with a gap; return the event that did."""
    block = recordkeeping.allocate_block(
        holder="XT-REG",
        scheme=Scheme("XT26-", 6, CheckSystem.MOD_37_36),
        span=Span(1, 5000),
        purpose="national marking office",
        actor=OFFICER,
        stores=node.stores,
        clock=StillClock(),
    ).allocated
    assert block is not None
    for span in (Span(1, 40), Span(52, 60)):
        recordkeeping.note_used(block=block, span=span, actor=OFFICER, stores=node.stores, clock=StillClock())
    return block


def recover(node: Node) -> WeaponId:
    """Record a revolver that was seized, its number half ground off, and return its identity."""
    photo = node.keep_photo(picture(160), ANALYST)
    return tracing.record_recovery(
        recovery=Recovery(
            kind=EventKind.SEIZED,
            happened=PartialDate.parse("2026-08-14"),
            place="Brackwater ferry",
            custodian="XT-POL",
            grounds=frozenset({Ground.LAW_OF_STATE, Ground.UNMARKED}),
            legal_basis="Firearms Act, section 12",
            circumstances="Found in a vehicle at a checkpoint.",
            persons=(PersonInvolved("possessor", Sex.MALE, "25-34"), PersonInvolved("witness")),
            photos=(photo,),
            description=Description(kind="revolver", maker="smith_wesson", calibre="357_magnum"),
            marks=(Mark(MarkKind.MANUFACTURE, "CA?471?", part=Part.FRAME),),
        ),
        actor=ANALYST,
        stores=node.stores,
        clock=StillClock(),
    )


def open_case(node: Node, recovered: WeaponId, **told: Any) -> str:
    """Open a case on a recovered weapon and return its identity."""
    request = TraceRequest(
        recovered=recovered,
        readings=(ComponentReading("CA?471?", "frame"),),
        purpose="",
        illicit_because=(Ground.LAW_OF_STATE.value,),
        legal_basis="Firearms Act, section 12",
        kind="revolver",
        maker="smith_wesson",
    )
    opened = tracing.open_trace(request=replace(request, **told), actor=ANALYST, stores=node.stores, clock=StillClock())
    return opened.case.id


def settle(node: Node, case: str, weapon: WeaponId) -> None:
    """Judge a case's weapon to be the same and answer the case."""
    judgement = Judgement(weapon, Verdict.SAME, ANALYST.name, "0.9810", "v1", "The frame shows the same casting flaw.")
    tracing.judge_candidate(case=case, judgement=judgement, actor=ANALYST, stores=node.stores, clock=StillClock())
    tracing.answer_trace(
        case=case,
        outcome=Outcome.TRACED,
        note="Sold lawfully; no loss was reported.",
        actor=ANALYST,
        stores=node.stores,
        clock=StillClock(),
    )


def fill_desks(node: Node, pistol: WeaponId, revolver: WeaponId) -> None:
    """Leave work on every desk: a file tried, one imported, numbers, a session, a recovery, cases open and answered."""
    import_table(node)
    Uploads(node.folder / "uploads").keep(table_file(TRIED))
    Sessions(node.folder / "marking").keep(_session(pistol))
    answered, recovered = recover(node), recover(node)
    settle(node, open_case(node, answered), revolver)
    open_case(node, recovered)
    open_case(node, recovered, legal_basis="", priority=Priority.URGENT)
    allocate(node)
    marking.add_law(
        name="xt", text=GOOD, valid_from=date(2026, 1, 1), valid_until=None, actor=OFFICER, stores=node.stores,
        clock=StillClock(),
    )  # fmt: skip


def _session(weapon: WeaponId) -> Session:
    mark = Mark(
        MarkKind.IMPORT, "XT26 XT26-000061-7", part=Part.FRAME, place="on_plate", serial="XT26-000061-7", state="XT"
    )
    to_make = MarkToMake(mark, Decimal("0.08"), Decimal("1.6"), ("marking.import_mark_missing",))
    lines = (PlanLine(weapon, (), (to_make,)),)
    return Session(SESSION, OFFICER.name, "XT-REG", "2026-09-30T12:00:00Z", "import", "XT", "eu", lines)
