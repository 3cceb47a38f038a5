import os
import secrets
from pathlib import Path

_BYTES = 48


def secret_key(given: str, kept: Path) -> str:
    """Return the key that signs sessions: `given` itself, what the file that it names holds, or what is kept.

    Where none is given and none kept, one is drawn and kept at `kept`, readable by its owner only.
    """
    if given:
        named = Path(given)
        return named.read_text("utf-8").strip() if named.is_absolute() and named.is_file() else given
    if not kept.exists():
        _keep(secrets.token_urlsafe(_BYTES), kept)
    return kept.read_text("utf-8").strip()


def _keep(secret: str, path: Path) -> None:
    """Write beside and link into place, so that of two processes that draw at once one wins and both read the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    drawn = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(drawn, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secret)
    try:
        os.link(drawn, path)
    except FileExistsError:
        pass
    finally:
        drawn.unlink()
