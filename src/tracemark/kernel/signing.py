from typing import Protocol


class Signer(Protocol):
    """A node's signing key, as a port: the key itself stays in a plug."""

    @property
    def name(self) -> str:
        """The key's name in a C2SP signed note, such as `tv.example/record`."""
        ...

    @property
    def public_key(self) -> bytes:
        """The Ed25519 public key, 32 bytes."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the Ed25519 signature of `message`, 64 bytes."""
        ...
