"""The tags under which a register is asked privately: kept beside it, built as it grows, of one key for all."""

import json
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tracemark import exchange, recordkeeping, tracing
from tracemark.authorities import Permission, require
from tracemark.exchange import SEED_BYTES, TagKey, TagSet
from tracemark.kernel import Actor, Clock, PartialDate, instant_text
from tracemark.node.ports import Stores
from tracemark.recordkeeping import Event, EventKind, RegisterFilter, WeaponState
from tracemark.weapons import NO_WEAPON, WeaponId

_BATCH = 20_000
_AT_ONCE = 200_000


@dataclass(frozen=True, slots=True)
class KeptTags:
    """The tags of a register: the key they are made with, its epoch, and the event that sealed its public half.

    `position` is the size of the record up to which the register's marks are among them, `digest` the file's SHA-256.
    """

    key: TagKey
    epoch: str
    sealed_at: int
    tags: TagSet
    digest: str
    position: int
    made_at: str


@dataclass(frozen=True, slots=True)
class Built:
    """What came of building tags: how many keys of marks were evaluated, and how many tags the set has now."""

    keys: int
    tags: int


@dataclass(frozen=True, slots=True)
class TagFolder:
    """Where the tags of a node's register lie."""

    folder: Path
    stores: Stores
    clock: Clock

    def kept(self) -> KeptTags | None:
        """Return the tags as they were built last; None where they never were."""
        try:
            told = json.loads((self.folder / "built.json").read_text("utf-8"))
        except FileNotFoundError:
            return None
        seed, epoch = self._seed(self.folder), str(told["epoch"])
        tags = TagSet(self.folder / str(told["file"]))
        key = TagKey(seed, epoch)
        return KeptTags(key, epoch, told["sealed_at"], tags, told["digest"], told["position"], told["made_at"])

    def build(self, actor: Actor, *, anew: bool = False, processes: int = 1) -> Built:
        """Bring the tags in step with the register; with `anew`, or the first time, under a key drawn afresh.

        A new key's public half is sealed in the record, so that all who ask can see that they are answered under one.
        What others were answered under the key before says nothing under the new one. `processes` share the work.

        Raises:
            NotPermitted: the actor may not.
        """
        require(actor, Permission.WITNESS_WRITE)
        kept = None if anew else self.kept()
        if kept is None:
            return self._built_anew(actor, processes)
        size = self.stores.records.size()
        changed = {each.event.weapon for each in self.stores.records.all(kept.position)} - {NO_WEAPON}
        if not changed:
            return Built(0, len(kept.tags))
        parts, keys = [exchange.read_tags(kept.tags.path)], 0
        for inputs in self._inputs(self._states(sorted(changed))):
            parts.append(exchange.tags_of(self._seed(self.folder), kept.epoch, inputs, processes=processes))
            keys += len(inputs)
        self._finish(self.folder, kept.epoch, kept.sealed_at, size, parts)
        return Built(keys, len(exchange.TagSet(self._file(self.folder))))

    def _built_anew(self, actor: Actor, processes: int) -> Built:
        coming = self.folder.with_name(f"{self.folder.name}.coming")
        shutil.rmtree(coming, ignore_errors=True)
        coming.mkdir(mode=0o700, parents=True)
        seed, epoch = secrets.token_bytes(SEED_BYTES), instant_text(self.clock.now())
        key_file = coming / "seed"
        key_file.touch(mode=0o600)
        key_file.write_bytes(seed)
        public = TagKey(seed, epoch).public_key.hex()
        with self.stores.atomic():
            today = PartialDate.of(self.clock.now().date())
            event = Event(NO_WEAPON, EventKind.TAG_KEY_OPENED, today, actor.authority, actor.name, {"key": public})
            sealed = recordkeeping.append(events=[event], stores=self.stores, clock=self.clock).sealed[0]
        size, parts, keys = self.stores.records.size(), [], 0
        for inputs in self._inputs(self._every_state()):
            parts.append(exchange.tags_of(seed, epoch, inputs, processes=processes))
            keys += len(inputs)
        self._finish(coming, epoch, sealed.position, size, parts)
        shutil.rmtree(self.folder, ignore_errors=True)
        coming.rename(self.folder)
        return Built(keys, len(TagSet(self._file(self.folder))))

    def _finish(self, folder: Path, epoch: str, sealed_at: int, position: int, parts: list[exchange.Tags]) -> None:
        before = self._file(folder) if (folder / "built.json").exists() else None
        name = f"{position}.tags"
        tags = exchange.write_tags(folder / name, *parts)
        told = {
            "epoch": epoch,
            "sealed_at": sealed_at,
            "position": position,
            "file": name,
            "digest": tags.digest(),
            "made_at": instant_text(self.clock.now()),
        }
        draft = folder / ".built.json"
        draft.write_text(json.dumps(told), "utf-8")
        draft.replace(folder / "built.json")
        if before is not None and before.name != name:
            before.unlink(missing_ok=True)

    def _inputs(self, states: Iterator[WeaponState]) -> Iterator[list[bytes]]:
        found = set[str]()
        for each in states:
            found |= tracing.keys_of_marks(each.marks, each.description)
            if len(found) >= _AT_ONCE:
                yield list(map(exchange.mark_input, found))
                found = set()
        if found:
            yield list(map(exchange.mark_input, found))

    def _every_state(self) -> Iterator[WeaponState]:
        after = NO_WEAPON
        while page := self.stores.register.page(RegisterFilter(), holders=None, after=after, limit=_BATCH):
            yield from page
            after = page[-1].weapon

    def _states(self, weapons: list[WeaponId]) -> Iterator[WeaponState]:
        for at in range(0, len(weapons), _BATCH):
            yield from self.stores.register.states(weapons[at : at + _BATCH]).values()

    @staticmethod
    def _seed(folder: Path) -> bytes:
        return (folder / "seed").read_bytes()

    @staticmethod
    def _file(folder: Path) -> Path:
        return folder / str(json.loads((folder / "built.json").read_text("utf-8"))["file"])
