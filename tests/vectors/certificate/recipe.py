"""Writes `certificates.json`: end-user certificates, good and bad, from nothing but this file and the room `transfers`.

Run it from the root of the checkout: `python -m tests.vectors.certificate.recipe`.
"""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.recordkeeping.sealed_logs import SeededSigner
from tracemark.kernel import Plain
from tracemark.recordkeeping import VerifierKey
from tracemark.transfers import Certificate, GoodsLine, sign_certificate

TARGET = Path(__file__).with_name("certificates.json")
GOOD = Certificate(
    number="EC-2026-000001",
    issuer="XT",
    goods=(GoodsLine("pistol", 40, "glock/17", "9x19", "18000", "EUR", "9302"), GoodsLine("revolver", 2)),
    contract="K-17/2026",
    contract_on="2026-02-03",
    destination="XT",
    end_use="Patrols of the police — «Служба» 巡逻",
    exporter="Amber Arms",
    end_user="Police of Examplia",
    parties=("Blue Sea Lines",),
    office="Head of the licensing office",
    office_from=date(2025, 1, 1),
    office_until=date(2027, 12, 31),
    issued_on=date(2026, 5, 6),
    valid_until=date(2026, 11, 30),
    no_retransfer=True,
    undertakings="Delivery is confirmed within 30 days.",
)


def text() -> str:
    """Return the vectors as they are kept."""
    signer, other = SeededSigner("xt.example/record", 11), SeededSigner("xt.example/record", 12)
    token = sign_certificate(GOOD, signer)
    header, contents, signature = token.split(".")
    swapped = sign_certificate(replace(GOOD, number="EC-2026-000002"), signer).split(".")[1]
    cases: dict[str, Plain] = {
        "good": {"token": token, "on": "2026-05-06", "good": True, "contents": GOOD.plain()},
        "last day": {"token": token, "on": "2026-11-30", "good": True, "contents": GOOD.plain()},
        "expired": {"token": token, "on": "2026-12-01", "good": False},
        "not yet": {"token": token, "on": "2026-05-05", "good": False},
        "another key": {"token": sign_certificate(GOOD, other), "on": "2026-05-06", "good": False},
        "contents exchanged": {"token": f"{header}.{swapped}.{signature}", "on": "2026-05-06", "good": False},
        "signature cut": {"token": f"{header}.{contents}.{signature[:-2]}", "on": "2026-05-06", "good": False},
        "office ended": {
            "token": sign_certificate(replace(GOOD, office_until=date(2026, 5, 5)), signer),
            "on": "2026-05-06",
            "good": False,
        },
    }
    plain = {"key": str(VerifierKey(signer.name, signer.public_key)), "cases": cases}
    return json.dumps(plain, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
