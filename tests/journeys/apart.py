"""Two places on this machine that share nothing but a cable, which can be pulled: network namespaces of Linux."""

import secrets
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID


@dataclass(frozen=True, slots=True)
class Place:
    """A network namespace with one address, at the end of a cable."""

    name: str
    address: str

    def command(self, *words: str) -> list[str]:
        """Return a command as it is run in this place."""
        return ["ip", "netns", "exec", self.name, *words]

    def run(self, command: Sequence[str], around: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Run a command in this place to its end, whatever that is."""
        return subprocess.run(self.command(*command), env=around, capture_output=True, text=True, check=False)

    def plug(self, *, into: bool) -> None:
        """Put the cable in, or pull it."""
        _ip("-n", self.name, "link", "set", "cable", "up" if into else "down")


@contextmanager
def two_places() -> Iterator[tuple[Place, Place]]:
    """Make two places with a cable between them.

    Raises:
        OSError: this machine makes none, or not for whoever asks.
    """
    if shutil.which("ip") is None:
        raise OSError("there is no `ip`: apt-get install iproute2")
    run = secrets.token_hex(4)
    here, there = Place(f"tm-{run}-a", "10.83.26.1"), Place(f"tm-{run}-b", "10.83.26.2")
    try:
        for each in (here, there):
            _ip("netns", "add", each.name)
        _ip("link", "add", "cable", "netns", here.name, "type", "veth", "peer", "name", "cable", "netns", there.name)
        for each in (here, there):
            _ip("-n", each.name, "address", "add", f"{each.address}/30", "dev", "cable")
            _ip("-n", each.name, "link", "set", "lo", "up")
            each.plug(into=True)
        yield here, there
    finally:
        for each in (here, there):
            subprocess.run(["ip", "netns", "delete", each.name], capture_output=True, check=False)


def certify(place: Place, folder: Path) -> tuple[Path, Path]:
    """Write a certificate for the address of a place, which vouches for itself, and its key; return the two files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, place.address)])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(place.address))]), critical=False)
        .sign(key, SHA256())
    )
    certificate, kept = folder / "certificate.pem", folder / "certificate.key"
    certificate.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    kept.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return certificate, kept


def _ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"ip {' '.join(words)}: {done.stderr.strip()}")
