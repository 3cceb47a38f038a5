from dataclasses import dataclass
from datetime import date

from tracemark.kernel import Finding, Plain, Refused, Signer, cite
from tracemark.recordkeeping import NotACheckpoint, VerifierKey, VerifySignature, read_compact, sign_compact
from tracemark.transfers.certificates import Certificate

TYPE = "euc+jws"
"""What the header of a token says that it is."""

_AUTHENTICATED = cite("PoA II.12")


class CertificateRefused(Refused):
    """A certificate is none, is not what was signed, or is no longer good."""


@dataclass(frozen=True, slots=True)
class Token:
    """A certificate as its State signed it. `signed` is what the signature stands for, `key` the name of the key."""

    certificate: Certificate
    key: str
    signed: bytes
    signature: bytes


def sign_certificate(certificate: Certificate, signer: Signer) -> str:
    """Sign a certificate as a compact token: header, certificate and signature in base64url, parted by full stops.

    Source: RFC 7515, RFC 8037.
    """
    return sign_compact(TYPE, certificate.plain(), signer)


def read_token(text: str) -> Token:
    """Read a token without believing it.

    Raises:
        CertificateRefused: `transfers.certificate_unreadable`, the text is no such token.
    """
    try:
        told = read_compact(TYPE, text)
        return Token(Certificate.of_plain(told.contents), told.key, told.signed, told.signature)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise CertificateRefused([Finding("transfers.certificate_unreadable", _AUTHENTICATED)]) from None


def check_token(text: str, key: VerifierKey, verify: VerifySignature, on: date) -> Certificate:
    """Return the certificate of a token that this key signed and that is good on a day; nobody is asked for it.

    Whether it was used or revoked only the State that gave it can tell.

    Raises:
        CertificateRefused: it is no token, another key signed it or something was changed since, it was signed outside
            the office's days, or it is not good on that day.

    Source: PoA II.12.
    """
    token = read_token(text)
    if not verify(key.public_key, token.signed, token.signature):
        facts: dict[str, Plain] = {"number": token.certificate.number, "key": key.name}
        raise CertificateRefused([Finding("transfers.certificate_forged", _AUTHENTICATED, facts)])
    if found := list(validity_findings(token.certificate, on)):
        raise CertificateRefused(found)
    return token.certificate


def trusted_key(text: str) -> VerifierKey:
    """Read the public key under which a State signs, as it publishes it: `name+hexid+base64`.

    Raises:
        CertificateRefused: `transfers.key_unreadable`, it is none.
    """
    try:
        return VerifierKey.parse(text.strip())
    except NotACheckpoint:
        raise CertificateRefused([Finding("transfers.key_unreadable", _AUTHENTICATED, {"field": "key"})]) from None


def validity_findings(certificate: Certificate, on: date) -> list[Finding]:
    """Return why a certificate is not good on a day: its days, or those of the office that signed it."""
    facts: dict[str, Plain] = {"number": certificate.number}
    found = []
    if not certificate.office_from <= certificate.issued_on <= certificate.office_until:
        days: dict[str, Plain] = {
            "since": certificate.office_from.isoformat(),
            "until": certificate.office_until.isoformat(),
        }
        told: dict[str, Plain] = {
            **facts,
            "office": certificate.office,
            "on": certificate.issued_on.isoformat(),
            **days,
        }
        found.append(Finding("transfers.certificate_office", _AUTHENTICATED, told))
    if not certificate.issued_on <= on <= certificate.valid_until:
        told = {**facts, "since": certificate.issued_on.isoformat(), "until": certificate.valid_until.isoformat()}
        found.append(Finding("transfers.certificate_expired", _AUTHENTICATED, told))
    return found
