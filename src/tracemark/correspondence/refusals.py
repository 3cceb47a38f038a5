from tracemark.kernel import Finding, Plain, Refused, cite

CONTACTS = cite("ITI 25")
_CONFIDENCE = cite("ITI 15(a)")


class EnvelopeRefused(Refused):
    """What came from another node is not let in."""


class PeerRefused(Refused):
    """What is asked does not fit what another node is, or how it stands."""


def refuse_envelope(code: str, **facts: Plain) -> EnvelopeRefused:
    """Return what says why something that came is not let in."""
    return EnvelopeRefused([Finding(code, _CONFIDENCE, facts)])


def refuse_peer(code: str, **facts: Plain) -> PeerRefused:
    """Return what says why a step of the directory is refused."""
    return PeerRefused([Finding(code, CONTACTS, facts)])
