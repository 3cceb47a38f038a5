from datetime import date

from tracemark import exchange, fellowship, transfers
from tracemark.fellowship import FellowCertificate
from tracemark.transfers import Certificate, Presented


def presented(token: str, key: str) -> Presented:
    """Return another State's certificate as it was handed in, with the key under which that State signs.

    Raises:
        CertificateRefused: the text of the key is none.
    """
    return Presented(token, transfers.trusted_key(key), exchange.verify_signature)


def check_certificate(token: str, key: str, on: date) -> Certificate:
    """Return the certificate of a token that a State's key signed and that is good on a day. No register is asked.

    Raises:
        CertificateRefused: it is no token, not what that key signed, or not good on that day; or the key is none.

    Source: PoA II.12.
    """
    handed_in = presented(token, key)
    return transfers.check_token(handed_in.token, handed_in.key, handed_in.verify, on)


def check_fellow(token: str, key: str) -> FellowCertificate:
    """Return the fellow's certificate of a token that a node's key signed. No register is asked.

    Raises:
        FellowCertificateRefused: it is no token, or not what that key signed.
        CertificateRefused: the text of the key is none.

    Source: PoA III.7.
    """
    return fellowship.check_fellow_certificate(token, transfers.trusted_key(key), exchange.verify_signature)
