import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from tracemark.kernel import Signer
from tracemark.recordkeeping.trees import HASH_BYTES

ED25519: Literal[0x01] = 0x01
COSIGNATURE: Literal[0x04] = 0x04
_DASH = "— "
_ID_BYTES, _TIME_BYTES, _SIGNATURE_BYTES = 4, 8, 64
_MOST_SIGNATURES = 64
_LATEST = 2**63 - 1

VerifySignature = Callable[[bytes, bytes, bytes], bool]
"""Whether an Ed25519 public key (32 bytes) verifies for a message a signature (64 bytes)."""


class NotACheckpoint(ValueError):
    """Text that is not a signed note, a checkpoint or a verifier key as C2SP writes them."""


class SignatureRefused(ValueError):
    """No known key signed the note, or the signature of a known key is not its own."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key one trusts, under its name. `kind` is ED25519 for a record's own key, COSIGNATURE for a witness's.

    Source: C2SP signed-note, tlog-cosignature.
    """

    name: str
    public_key: bytes
    kind: Literal[0x01, 0x04] = ED25519

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read `name+hexid+base64`.

        Raises:
            NotACheckpoint: the text has another shape, another algorithm, or an id that is not the key's.
        """
        parts = text.split("+", 2)
        material = _unbase64(parts[2]) if len(parts) == 3 else b""  # noqa: PLR2004 - name, id and key
        if len(material) != 1 + HASH_BYTES or material[0] not in (ED25519, COSIGNATURE):
            raise NotACheckpoint(f"not a verifier key of Ed25519: {text!r}")
        key = cls(_key_name(parts[0]), material[1:], COSIGNATURE if material[0] == COSIGNATURE else ED25519)
        if str(key) != text:
            raise NotACheckpoint(f"the id does not belong to the key: {text!r}")
        return key

    @property
    def key_id(self) -> bytes:
        """The four bytes that stand before each of the key's signatures."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public_key).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_base64(bytes([self.kind]) + self.public_key)}"


@dataclass(frozen=True, slots=True)
class Signature:
    """One line below a note. `signature` is what follows the key id: for a witness, the time (8 bytes) stands first."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {_base64(self.key_id + self.signature)}"


@dataclass(frozen=True, slots=True)
class Note:
    """Text signed by one or more keys. `text` ends in a newline."""

    text: str
    signatures: tuple[Signature, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Note":
        """Read a signed note.

        Raises:
            NotACheckpoint: the text is not a note followed by an empty line and signatures.
        """
        body, gap, below = text.rpartition("\n\n")
        lines = below.split("\n")
        if not gap or lines[-1] or len(lines) < 2 or len(lines) > 1 + _MOST_SIGNATURES:  # noqa: PLR2004 - one line and the end
            raise NotACheckpoint("not a note with an empty line before its signatures")
        if any(ord(each) < ord(" ") and each != "\n" for each in text):
            raise NotACheckpoint("a note holds no control characters")
        return cls(body + "\n", tuple(_parse_signature(line) for line in lines[:-1]))

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{each}\n" for each in self.signatures)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a record: `origin` names it, `size` counts its events, `root` (32 bytes) seals them.

    Source: C2SP tlog-checkpoint.
    """

    origin: str
    size: int
    root: bytes
    signatures: tuple[Signature, ...] = ()
    extensions: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read a signed checkpoint.

        Raises:
            NotACheckpoint: the text is no signed note, or the note no checkpoint.
        """
        note = Note.parse(text)
        lines = note.text[:-1].split("\n")
        if len(lines) < 3 or not all(lines):  # noqa: PLR2004 - origin, size and root
            raise NotACheckpoint("a checkpoint has an origin, a size and a root, and no empty line")
        origin, size, root = lines[:3]
        if not re.fullmatch(r"0|[1-9][0-9]{0,18}", size):
            raise NotACheckpoint(f"not the size of a record: {size!r}")
        if len(hashed := _unbase64(root)) != HASH_BYTES:
            raise NotACheckpoint(f"not a root: {root!r}")
        return cls(origin, int(size), hashed, note.signatures, tuple(lines[3:]))

    @property
    def body(self) -> str:
        """What is signed."""
        return "".join(f"{each}\n" for each in (self.origin, self.size, _base64(self.root), *self.extensions))

    @property
    def note(self) -> Note:
        """The checkpoint as a note; its text is what is published."""
        return Note(self.body, self.signatures)

    def __str__(self) -> str:
        return str(self.note)


@dataclass(frozen=True, slots=True)
class Attested:
    """A signature that verified. `at` is the second since 1970 (UTC) a witness gave, None for the record's own key."""

    key: VerifierKey
    at: int | None


def hash_line(digest: bytes) -> str:
    """Write a hash of a proof as a line."""
    return _base64(digest)


def hash_of_line(line: str) -> bytes:
    """Read a hash of a proof.

    Raises:
        NotACheckpoint: the line is none.
    """
    digest = _unbase64(line)
    if len(digest) != HASH_BYTES:
        raise NotACheckpoint(f"not a hash: {line!r}")
    return digest


def parse_signatures(text: str) -> tuple[Signature, ...]:
    """Read signature lines as a witness answers them, each ended by a line feed.

    Raises:
        NotACheckpoint: there is none, or one has another shape.
    """
    return Note.parse(f"\n\n{text}").signatures


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> Checkpoint:
    """Add the record's own signature."""
    key = VerifierKey(_key_name(signer.name), signer.public_key)
    signed = Signature(key.name, key.key_id, signer.sign(checkpoint.body.encode()))
    return replace(checkpoint, signatures=(*checkpoint.signatures, signed))


def cosign_checkpoint(checkpoint: Checkpoint, signer: Signer, *, at: int) -> Checkpoint:
    """Add the signature of a witness who verified that the record only grew; `at` is the second since 1970 (UTC).

    Source: C2SP tlog-cosignature, `cosignature/v1`.
    """
    key = VerifierKey(_key_name(signer.name), signer.public_key, COSIGNATURE)
    stamped = at.to_bytes(_TIME_BYTES, "big") + signer.sign(_cosigned(checkpoint.body, at))
    return replace(checkpoint, signatures=(*checkpoint.signatures, Signature(key.name, key.key_id, stamped)))


def verify_note(note: Note, keys: Iterable[VerifierKey], verify: VerifySignature) -> tuple[Attested, ...]:
    """Return what known keys attest. Signatures of unknown keys are passed over.

    Raises:
        SignatureRefused: a known key did not sign this text, or no known key signed it.

    Source: C2SP signed-note.
    """
    known = {(key.name, key.key_id): key for key in keys}
    attested = []
    for each in note.signatures:
        if key := known.get((each.name, each.key_id)):
            message, signature, at = _signed_message(note.text, key, each.signature)
            if len(signature) != _SIGNATURE_BYTES or not verify(key.public_key, message, signature):
                raise SignatureRefused(f"{key.name} did not sign this")
            attested.append(Attested(key, at))
    if not attested:
        raise SignatureRefused("no known key signed this")
    return tuple(attested)


def verify_checkpoint(
    checkpoint: Checkpoint, keys: Iterable[VerifierKey], verify: VerifySignature
) -> tuple[Attested, ...]:
    """Return what known keys attest about a checkpoint.

    Raises:
        SignatureRefused: a known key did not sign it, or no known key signed it.
    """
    return verify_note(checkpoint.note, keys, verify)


def _signed_message(text: str, key: VerifierKey, signature: bytes) -> tuple[bytes, bytes, int | None]:
    if key.kind == ED25519:
        return text.encode(), signature, None
    at = int.from_bytes(signature[:_TIME_BYTES], "big")
    if at > _LATEST:
        raise SignatureRefused(f"{key.name} gave a time beyond all times")
    return _cosigned(text, at), signature[_TIME_BYTES:], at


def _cosigned(body: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{body}".encode()


def _parse_signature(line: str) -> Signature:
    found = re.fullmatch(f"{_DASH}([^ ]+) ([^ ]+)", line)
    signed = _unbase64(found[2]) if found else b""
    if not found or len(signed) <= _ID_BYTES:
        raise NotACheckpoint(f"not a signature line: {line!r}")
    return Signature(_key_name(found[1]), signed[:_ID_BYTES], signed[_ID_BYTES:])


def _key_name(name: str) -> str:
    if not name or "+" in name or any(each.isspace() for each in name):
        raise NotACheckpoint(f"not the name of a key: {name!r}")
    return name


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _unbase64(text: str) -> bytes:
    """Read base64 of the one form that writing it gives."""
    try:
        data = binascii.a2b_base64(text, strict_mode=True) if text else b""
    except (binascii.Error, ValueError) as error:
        raise NotACheckpoint(f"not base64: {text!r}") from error
    if _base64(data) != text:
        raise NotACheckpoint(f"not base64 of the usual form: {text!r}")
    return data
