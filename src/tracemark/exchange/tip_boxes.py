from tracemark.exchange.letters import FileReader, NotALetter, seal

_TYPE = "tracemark+tip"


class TipBoxes:
    """How tips and the desk's replies are sealed: a JWE to an X25519 key, as letters between nodes are."""

    def seal(self, document: bytes, reader: bytes) -> bytes:
        """Seal a document to whoever holds the private part of a key."""
        return seal(document, reader, _TYPE)

    def open(self, box: bytes, secret: bytes) -> bytes | None:
        """Return what was sealed to the key of these 32 secret bytes; None where it was sealed to another."""
        try:
            return FileReader.of(secret).unseal(box)
        except NotALetter:
            return None

    def reader_of(self, secret: bytes) -> bytes:
        """Return the public key of 32 secret bytes."""
        return FileReader.of(secret).public_key
