"""What somebody typed and has not sent yet: kept beside the register, so that an ended session loses nothing."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_NEVER_KEPT = ("person_", "password", "csrf")
"""Beginnings of the names of fields that are not kept: personal data lie in one place only, secrets in none."""


@dataclass(frozen=True, slots=True)
class DraftedForm:
    """The fields of a form as they were typed, and when that was (an instant in UTC)."""

    at: str
    fields: tuple[tuple[str, str], ...]


class Drafts:
    """One file for each account and address, in a private folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, account: str, path: str, draft: DraftedForm) -> None:
        """Keep what was typed at an address, in the place of what was kept before."""
        fields = [pair for pair in draft.fields if pair[1] and not pair[0].startswith(_NEVER_KEPT)]
        if not fields:
            self.discard(account, path)
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = self._file(account, path)
        unfinished = kept.with_suffix(".new")
        unfinished.write_text(json.dumps({"at": draft.at, "fields": fields}, ensure_ascii=False), "utf-8")
        unfinished.rename(kept)

    def get(self, account: str, path: str) -> DraftedForm | None:
        """Return what was typed at an address; None where nothing is kept."""
        try:
            plain = json.loads(self._file(account, path).read_text("utf-8"))
        except FileNotFoundError:
            return None
        return DraftedForm(plain["at"], _pairs(plain["fields"]))

    def discard(self, account: str, path: str) -> None:
        """Forget what was typed at an address."""
        self._file(account, path).unlink(missing_ok=True)

    def _file(self, account: str, path: str) -> Path:
        name = hashlib.sha256(f"{account}\n{path}".encode()).hexdigest()
        return self._folder / f"{name}.json"


def read_drafted(text: bytes, at: str) -> tuple[str, DraftedForm]:
    """Read `{"path": ..., "fields": [[name, value], ...]}` as a browser sends it.

    Raises:
        ValueError: it has another shape.
    """
    plain = json.loads(text)
    match plain:
        case {"path": str(path), "fields": list(fields)} if path.startswith("/"):
            return path, DraftedForm(at, _pairs(fields))
    raise ValueError("not a drafted form")


def _pairs(fields: Sequence[Sequence[object]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in fields)
