"""The tip channel of a node: the desk's public key lies here, its private key with the desk and nowhere else."""

import base64
import binascii
from dataclasses import dataclass
from pathlib import Path

from tracemark import participation
from tracemark.authorities import Permission, require
from tracemark.correspondence import key_id
from tracemark.exchange import FileSigner, TipBoxes
from tracemark.kernel import Actor, Clock
from tracemark.node.ports import Stores
from tracemark.participation import OpenTip, Tip

_KEY = "tips.key.pub"
_KEY_BYTES = 32
_BOXES = TipBoxes()


class NoTips(Exception):
    """The desk has no key here, so that nothing could be sealed to it."""


class TipKeyMisplaced(Exception):
    """The private key would lie where the register lies, or over another key."""


@dataclass(frozen=True, slots=True)
class Tipping:
    """Tips received, read and answered. `folder` is where the desk's public key lies."""

    stores: Stores
    clock: Clock
    folder: Path

    @property
    def desk_key(self) -> bytes | None:
        """The desk's public key, 32 bytes; None where there is none."""
        try:
            found = base64.b64decode((self.folder / _KEY).read_text("ascii").strip(), validate=True)
        except (OSError, binascii.Error, UnicodeDecodeError):
            return None
        return found if len(found) == _KEY_BYTES else None

    @property
    def key_name(self) -> str:
        """How the desk's key is called, for whoever compares it with what the desk says elsewhere; "" without one."""
        return key_id(self.desk_key) if self.desk_key else ""

    def draw_key(self, file: Path, actor: Actor) -> str:
        """Draw the desk's pair of keys: the private one into a file of the desk, the public one here. Return its name.

        Raises:
            NotPermitted: the actor may not read tips.
            TipKeyMisplaced: the file is there already, or lies in the folder of the register.
        """
        require(actor, Permission.TIP_READ)
        if file.exists() or file.resolve().is_relative_to(self.folder.resolve().parent):
            raise TipKeyMisplaced(str(file))
        public = _BOXES.reader_of(FileSigner.key_at(file))
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = self.folder / f"{_KEY}.new"
        fresh.write_text(base64.b64encode(public).decode() + "\n", "ascii")
        fresh.replace(self.folder / _KEY)
        return key_id(public)

    def receive(self, text: str) -> str:
        """Seal a tip at once, and return the code that opens its reply.

        Raises:
            NoTips: the desk has no key here.
            TipRefused: it says nothing, is too long, or no more are taken.
        """
        if self.desk_key is None:
            raise NoTips
        return participation.receive_tip(
            text=text, desk_key=self.desk_key, boxes=_BOXES, stores=self.stores, clock=self.clock
        )

    def reply(self, code: str) -> str | None:
        """Return the desk's reply to whoever holds a code; None where there is none yet. KeyError: no such tip."""
        return participation.tip_reply(code=code, boxes=_BOXES, stores=self.stores, clock=self.clock)

    def take_back(self, code: str) -> None:
        """Delete a tip for whoever holds its code. KeyError: no such tip."""
        participation.take_tip_back(code=code, stores=self.stores, clock=self.clock)

    def read(self, key: Path, actor: Actor) -> tuple[list[OpenTip], int]:
        """Open the tips with the desk's private key, and count those that were sealed to another.

        Raises:
            NotPermitted: the actor may not read tips.
            KeyUnusable: the file is no key, or others may read it.
            FileNotFoundError: there is no such file.
        """
        secret = FileSigner.secret_at(key)
        return participation.read_tips(secret=secret, actor=actor, boxes=_BOXES, stores=self.stores, clock=self.clock)

    def answer(self, name: str, text: str, key: Path, actor: Actor) -> Tip:
        """Seal a reply to whoever holds the code of a tip.

        Raises:
            NotPermitted: the actor may not read tips.
            TipRefused: there is no such tip under this key, or the reply says nothing or too much.
            KeyUnusable: the file is no key, or others may read it.
            FileNotFoundError: there is no such file.
        """
        return participation.answer_tip(
            name=name,
            text=text,
            secret=FileSigner.secret_at(key),
            actor=actor,
            boxes=_BOXES,
            stores=self.stores,
            clock=self.clock,
        )
