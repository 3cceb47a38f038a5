from tracemark.kernel import Finding, Plain, Refused, cite


class SharingRefused(Refused):
    """What is to be told a region or the world cannot be told, or not to that node."""


def refuse_sharing(code: str, **facts: Plain) -> SharingRefused:
    """Return what says why something is not told."""
    return SharingRefused([Finding(code, cite("PoA II.33"), facts)])
