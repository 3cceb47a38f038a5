"""A fellow's certificate: signed with the key of the node that gives it, so that anybody can check it without asking.

The record holds what was certified and nobody's name. The name is in the signed token, which is made whenever the
certificate is printed, always the same, until the person's data are erased. Source: PoA III.7.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracemark.kernel import Finding, Plain, Refused, Signer, cite
from tracemark.recordkeeping import VerifierKey, VerifySignature, read_compact, sign_compact

_TYPE = "fellow+jws"
_SOURCE = cite("PoA III.7")


class FellowCertificateRefused(Refused):
    """A certificate is none, or is not what was signed."""


@dataclass(frozen=True, slots=True)
class FellowCertificate:
    """What a certificate says. `modules` are the titles of those passed, with the commitments each taught."""

    number: str
    cohort: str
    fellow: str
    state: str
    course: str
    venue: str
    begins: date
    ends: date
    modules: tuple[tuple[str, tuple[str, ...]], ...]
    issued_on: date
    issuer: str

    def plain(self) -> dict[str, Plain]:
        """Return the form that is signed."""
        told: dict[str, Plain] = {name: getattr(self, name) for name in _TEXTS}
        told |= {name: getattr(self, name).isoformat() for name in _DAYS}
        return told | {"modules": [[title, list(commitments)] for title, commitments in self.modules]}

    @classmethod
    def of_plain(cls, told: Mapping[str, Any]) -> "FellowCertificate":
        """Read it from a token.

        Raises:
            KeyError, ValueError, TypeError: it is none.
        """
        read: dict[str, Any] = {name: str(told[name]) for name in _TEXTS}
        read |= {name: date.fromisoformat(told[name]) for name in _DAYS}
        return cls(
            **read,
            modules=tuple((str(title), tuple(map(str, commitments))) for title, commitments in told["modules"]),
        )


_TEXTS = ("number", "cohort", "fellow", "state", "course", "venue", "issuer")
_DAYS = ("begins", "ends", "issued_on")


def sign_fellow_certificate(certificate: FellowCertificate, signer: Signer) -> str:
    """Sign a certificate as a compact token. Source: RFC 7515, RFC 8037."""
    return sign_compact(_TYPE, certificate.plain(), signer)


def check_fellow_certificate(text: str, key: VerifierKey, verify: VerifySignature) -> FellowCertificate:
    """Return what a token certifies that this key signed; nobody is asked for it.

    Raises:
        FellowCertificateRefused: it is no token, or another key signed it or something was changed since.
    """
    try:
        told = read_compact(_TYPE, text)
        found = FellowCertificate.of_plain(told.contents)
    except (ValueError, KeyError, TypeError):
        raise FellowCertificateRefused([Finding("fellowship.certificate_unreadable", _SOURCE, {})]) from None
    if not verify(key.public_key, told.signed, told.signature):
        facts: dict[str, Plain] = {"number": found.number, "key": key.name}
        raise FellowCertificateRefused([Finding("fellowship.certificate_forged", _SOURCE, facts)])
    return found
