"""Letters carried as files, where there is no network: a folder for each node, with letters to it and receipts."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from tracemark.correspondence import EnvelopeRefused, Posted, PostState
from tracemark.exchange import MOST_BYTES, NotCarried
from tracemark.node.exchanging import LetterRefused, note_receipt, receive, seal_posted
from tracemark.node.nodes import Node

LETTER, RECEIPT, REFUSAL = ".letter", ".receipt", ".refusal"
_MOST = 10_000
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]")


@dataclass(slots=True)
class Taken:
    """What was found in a folder: letters let in and receipts noted, by ids, and files not let in, with their codes.

    `turned_down` are letters of ours that their readers refuse, signed, with what these say, by ids.
    """

    received: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    refused: dict[str, EnvelopeRefused] = field(default_factory=dict)
    turned_down: dict[str, str] = field(default_factory=dict)


def write_letters(node: Node, folder: Path) -> tuple[list[Path], dict[str, str]]:
    """Write every letter that waits into its recipient's folder; return the files, and what kept others back by id.

    A letter goes on waiting until its receipt comes back. Written twice, it is still one letter. What was taken back
    since it was written is removed.
    """
    written, failed = list[Path](), dict[str, str]()
    for posted in node.stores.outbox.page(state=PostState.TAKEN_BACK, limit=_MOST):
        _place(folder, posted).unlink(missing_ok=True)
    for posted in node.stores.outbox.waiting(limit=_MOST):
        try:
            letter = seal_posted(node, posted)
        except NotCarried as error:
            failed[posted.id] = str(error)
            continue
        written.append(_write(_place(folder, posted), letter))
    return written, failed


def take_letters(node: Node, folder: Path) -> Taken:
    """Let in the letters of a folder that are for this node, put their receipts there, and note receipts for us.

    A letter is removed once its receipt, or the signed refusal of what it says, lies in its sender's folder; one that
    is damaged or of a stranger is left where it is.
    """
    taken, own = Taken(), folder / _slug(node.key.name)
    for path in sorted([*own.glob(f"*{RECEIPT}"), *own.glob(f"*{REFUSAL}")]):
        try:
            reply = note_receipt(node, _read(path).decode("ascii", "replace").strip())
            if reply.refused:
                taken.turned_down[reply.id] = reply.refused
            else:
                taken.acknowledged.append(reply.id)
        except EnvelopeRefused as refused:
            taken.refused[path.name] = refused
        else:
            path.unlink()
    for path in sorted(own.glob(f"*{LETTER}")):
        try:
            arrived = receive(node, _read(path))
        except LetterRefused as refused:
            taken.refused[path.name] = refused
            _write(folder / _slug(refused.sender) / f"{refused.id}{REFUSAL}", refused.refusal.encode())
            path.unlink()
        except EnvelopeRefused as refused:
            taken.refused[path.name] = refused
        else:
            _write(folder / _slug(arrived.sender) / f"{arrived.id}{RECEIPT}", arrived.receipt.encode())
            path.unlink()
            taken.received.append(arrived.id)
    return taken


def carries_letters(node: Node, folder: Path) -> bool:
    """Whether letters were ever written to a folder, for this node or for others."""
    return (folder / _slug(node.key.name)).is_dir() or any(
        any(folder.glob(f"*/*{ending}")) for ending in (LETTER, RECEIPT, REFUSAL)
    )


def _place(folder: Path, posted: Posted) -> Path:
    """Return where a letter of ours lies in a folder."""
    return folder / _slug(posted.message.to) / f"{posted.id}{LETTER}"


def _slug(name: str) -> str:
    """A node's name as that of a folder."""
    return _UNSAFE.sub("_", name).strip(".") or "_"


def _read(path: Path) -> bytes:
    """Return a file's bytes, one more than a letter may have at most; what a link leads to is not read."""
    if path.is_symlink() or not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _write(path: Path, content: bytes) -> Path:
    """Write a file whole, so that a stick pulled out leaves no half of it under its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return draft.replace(path)
