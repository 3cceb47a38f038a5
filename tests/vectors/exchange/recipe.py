"""Writes the vectors of the exchange: cards, an envelope, a receipt and a signed request, under keys for tests only.

Sealing draws a fresh key each time, so `envelope.json` is written anew only where it is missing; the rest is the same
whenever it is written.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.correspondence.test_peers import CARD
from tests.recordkeeping.sealed_logs import SeededSigner
from tracemark.correspondence import Card, Message, Peer, PeerKey, Received
from tracemark.exchange import (
    FileReader,
    SignedRequest,
    open_envelope,
    seal_envelope,
    sign_card,
    sign_receipt,
    sign_request,
    sign_rotation,
)

FOLDER = Path(__file__).parent / "1"
AT = datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)
SINCE = "2026-01-01T00:00:00.000Z"
ASKER, ANSWERER = SeededSigner("xa/tracemark/record", 1), SeededSigner("xb/tracemark/record", 2)
NEXT = SeededSigner("xa/tracemark/record", 3)
READER = FileReader(lambda: bytes([4]) * 32)
MESSAGE = Message(
    ANSWERER.name,
    "tracemark.note/1",
    {"said": "Une arme à feu — 武器", "number": 2**53 - 1, "nothing": None, "list": [True, False]},
    about="TR-2026-000001",
    handling={"purpose": "tracing"},
)
MESSAGE_ID = "00112233445566778899aabbccddeeff"


def card(signer: SeededSigner) -> Card:
    return replace(CARD, name=signer.name, signing_key=signer.public_key, encryption_key=READER.public_key)


def peer(signer: SeededSigner) -> Peer:
    return Peer("ND-2026-000001", card(signer), "known", (PeerKey(signer.public_key, SINCE),))


def cards() -> dict[str, Any]:
    """Two cards, the second of the same node with its next key, and the word that one key follows the other."""
    following = sign_card(card(NEXT), NEXT)
    return {
        "card": sign_card(card(ASKER), ASKER),
        "says": card(ASKER).plain(),
        "spoken": card(ASKER).spoken,
        "rotation": sign_rotation(following, ASKER),
        "follows": NEXT.public_key.hex(),
    }


def envelope() -> dict[str, Any]:
    """A sealed letter with the secret key of its reader."""
    letter = seal_envelope(MESSAGE, MESSAGE_ID, peer(ANSWERER), ASKER, AT)
    return {
        "reader_secret": (bytes([4]) * 32).hex(),
        "sender": ASKER.public_key.hex(),
        "letter": letter.decode(),
        "told": {
            "schema": "tracemark.envelope/1",
            "id": MESSAGE_ID,
            "from": ASKER.name,
            "to": MESSAGE.to,
            "type": MESSAGE.type,
            "body": MESSAGE.body,
            "about": MESSAGE.about,
            "answers": "",
            "handling": MESSAGE.handling,
            "sent_at": "2026-05-06T07:08:09.000Z",
        },
        "digest": received(letter).digest,
    }


def received(letter: bytes) -> Received:
    return open_envelope(letter, READER, lambda name: peer(ASKER) if name == ASKER.name else None, ANSWERER.name, AT)


def receipt(letter: str) -> dict[str, Any]:
    """The receipt of that letter."""
    signed = sign_receipt(received(letter.encode()), ANSWERER, AT)
    return {"receipt": signed, "signer": ANSWERER.public_key.hex(), "id": MESSAGE_ID}


def request(letter: str) -> dict[str, Any]:
    """The signed request that carries that letter."""
    asked = SignedRequest(
        "POST", "https://xb.example/exchange/inbox", letter.encode(), {"Content-Type": "application/jose"}
    )
    sign_request(asked, ANSWERER.name, ASKER, AT, "0f0e0d0c0b0a09080706050403020100")
    headers = {name.lower(): value for name, value in asked.headers.items()}
    return {"method": asked.method, "path": "/exchange/inbox", "headers": headers, "signer": ASKER.public_key.hex()}


def texts() -> dict[str, str]:
    """Every file that is the same whenever it is written, by its name."""
    kept = json.loads((FOLDER / "envelope.json").read_text("utf-8"))["letter"]
    return {name: text(made) for name, made in
            {"cards.json": cards(), "receipt.json": receipt(kept), "request.json": request(kept)}.items()}  # fmt: skip


def text(made: dict[str, Any]) -> str:
    return json.dumps(made, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    if not (FOLDER / "envelope.json").exists():
        (FOLDER / "envelope.json").write_text(text(envelope()), "utf-8")
    for name, made in texts().items():
        (FOLDER / name).write_text(made, "utf-8")


if __name__ == "__main__":
    main()
