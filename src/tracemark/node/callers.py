"""From where somebody calls a node."""


def address_of(remote: str, forwarded: str, *, proxied: bool) -> str:
    """Return a caller's address.

    Behind the one trusted proxy it is the entry that the proxy wrote: the last, whatever the client wrote before.
    """
    return (forwarded.rpartition(",")[2].strip() if proxied else "") or remote
