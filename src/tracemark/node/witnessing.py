"""What a node does as a witness of others' records, and what it asks of the witnesses of its own."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from tracemark import exchange, recordkeeping
from tracemark.authorities import Permission, require
from tracemark.exchange import Answer, Ask, NoAnswer
from tracemark.kernel import Actor, Clock, instant_text
from tracemark.node.ports import Stores
from tracemark.recordkeeping import (
    AlarmKind,
    CarriedProof,
    Checkpoint,
    Cosigned,
    HeadRefused,
    Neighbour,
    NotACheckpoint,
    Proved,
    Refusal,
    SeenHead,
    Signature,
    SignatureRefused,
    Submission,
    TileHashes,
    VerifierKey,
)

_LONGEST_TEXT = 1 << 16
_OK, _CONFLICT = 200, 409


@dataclass(frozen=True, slots=True)
class Contact:
    """What came of asking one neighbour: its name, and a code of what happened with an alarm's name where one sounded.

    Codes: cosigned, witness_ahead, refused, no_answer, seen, unchanged, alarm.
    """

    name: str
    outcome: str
    alarm: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Watched:
    """A neighbour as its witness's page has it: what was seen of it last, and whether it has been silent too long."""

    neighbour: Neighbour
    seen: SeenHead | None
    silent: bool


@dataclass(frozen=True, slots=True)
class Witnessing:
    """The witness in a node. `key` is the node's own record key."""

    state: str
    key: VerifierKey
    stores: Stores
    clock: Clock

    def add_checkpoint(self, text: str) -> str:
        """Cosign another record's head and return the signature line; a head that shows a lie sounds an alarm.

        Raises:
            NotACheckpoint: the text is no such request.
            HeadRefused: the head is not cosigned.

        Source: C2SP tlog-witness, `add-checkpoint`.
        """
        submission = Submission.parse(text)
        neighbour = self._find(submission.head.origin)
        with self.stores.atomic():
            seen = self.stores.witnesses.seen(submission.head.origin)
            kept = seen.head if seen else None
            try:
                recordkeeping.check_submission(
                    submission, kept, neighbour.key if neighbour else None, exchange.verify_signature
                )
            except HeadRefused as refused:
                refusal = refused
            else:
                return str(self._cosign(submission.head).signatures[-1]) + "\n"
        self._suspect(refusal, submission, kept)
        raise refusal

    def own_head(self) -> Checkpoint | None:
        """Return the newest head of the own record with what its witnesses cosigned of it; None while it is empty."""
        head = self.stores.records.head()
        if head is None:
            return None
        lines = (each.line for each in self.stores.witnesses.cosigned(head.size))
        found = [each for line in lines for each in recordkeeping.parse_signatures(line)]
        return replace(head, signatures=(*head.signatures, *found))

    def cosigners(self, head: Checkpoint) -> list[str]:
        """Return which of the witnesses that the State chose cosigned an own head, by name."""
        chosen = [each.witness_key for each in self.stores.witnesses.neighbours() if each.cosigns]
        return sorted(recordkeeping.quorum(head, chosen, exchange.verify_signature))

    def cosigned_head(self, size: int) -> Checkpoint | None:
        """Return, of the last heads of at least a size, the newest that the most witnesses cosigned; None for none."""
        heads = [each for each in self.stores.records.newest_checkpoints(_RECENT) if each.size >= size]
        lines = {each.size: self.stores.witnesses.cosigned(each.size) for each in heads}
        best = max(heads, key=lambda each: (len(lines[each.size]), each.size), default=None)
        if best is None:
            return None
        added = [sign for each in lines[best.size] for sign in recordkeeping.parse_signatures(each.line)]
        return replace(best, signatures=(*best.signatures, *added))

    def seen_head(self, digest: str) -> Checkpoint | None:
        """Return the head seen last of the record whose origin has this SHA-256, with our cosignature."""
        for each in self.stores.witnesses.neighbours():
            seen = self.stores.witnesses.seen(each.name)
            if seen and recordkeeping.origin_hash(each.name) == digest:
                return seen.head
        return None

    def put_neighbour(self, neighbour: Neighbour, actor: Actor) -> None:
        """Add a neighbour, or replace the one of the same name. What was seen of it stays.

        Raises:
            NotPermitted: the actor may not.
        """
        require(actor, Permission.WITNESS_WRITE)
        with self.stores.atomic():
            self.stores.witnesses.put_neighbour(neighbour)

    def watched(self, actor: Actor) -> list[Watched]:
        """Return the neighbours, and what was seen of each.

        Raises:
            NotPermitted: the actor may not see what is witnessed.
        """
        require(actor, Permission.WITNESS_READ)
        seen = ((each, self.stores.witnesses.seen(each.name)) for each in self.stores.witnesses.neighbours())
        return [Watched(each, head, self._silent(each, head)) for each, head in seen]

    def own_trouble(self) -> Checkpoint | None:
        """Return a head of the own record that a witness has and the own record has not; None where all is well.

        It stands until the record holds that head again: a backup that was too old was restored, or the log forked.
        """
        seen = self.stores.witnesses.seen(self.key.name)
        return seen.head if seen and not self._holds(seen.head) else None

    def ask_witnesses(self, actor: Actor, ask: Ask = exchange.ask_address) -> list[Contact]:
        """Have the own newest head cosigned by the witnesses that the State chose.

        Raises:
            NotPermitted: the actor may not.
        """
        require(actor, Permission.WITNESS_WRITE)
        head = self.stores.records.head()
        chosen = [each for each in self.stores.witnesses.neighbours() if each.cosigns and each.address]
        return [self._ask(each, head, ask) for each in chosen] if head else []

    def watch(self, actor: Actor, ask: Ask = exchange.ask_address) -> list[Contact]:
        """Look at the newest head of each neighbour, and sound an alarm where it did not only grow, or fell silent.

        Raises:
            NotPermitted: the actor may not.
        """
        require(actor, Permission.WITNESS_WRITE)
        return [self._watch(each, actor, ask) for each in self.stores.witnesses.neighbours()]

    def _watch(self, neighbour: Neighbour, actor: Actor, ask: Ask) -> Contact:
        seen = self.stores.witnesses.seen(neighbour.name)
        try:
            told = _head_in(ask(f"{neighbour.address}/log/checkpoint", None, _LONGEST_TEXT), [neighbour.key])
            proof = self._growth(neighbour, seen.head if seen else None, told, ask)
        except NoAnswer as error:
            if self._silent(neighbour, seen):
                heads = [seen.head] if seen else []
                return Contact(neighbour.name, "alarm", self._sound(AlarmKind.SILENT, neighbour.name, heads, actor))
            return Contact(neighbour.name, "no_answer", why=str(error))
        with self.stores.atomic():
            again = self.stores.witnesses.seen(neighbour.name)
            if again != seen:
                return Contact(neighbour.name, "unchanged")
            kind = recordkeeping.alarm_of(seen.head if seen else None, told, proof)
            if kind is None:
                self._cosign(told)
                return Contact(neighbour.name, "seen")
        heads = [*([seen.head] if seen else []), told]
        return Contact(neighbour.name, "alarm", self._sound(kind, neighbour.name, heads, actor))

    def _growth(self, neighbour: Neighbour, seen: Checkpoint | None, told: Checkpoint, ask: Ask) -> tuple[bytes, ...]:
        if seen is None or not 0 < seen.size < told.size:
            return ()
        place = f"{neighbour.address}/api/v1/record/consistency?from={seen.size}&to={told.size}"
        answer = ask(place, None, _LONGEST_TEXT)
        try:
            return tuple(bytes.fromhex(each) for each in json.loads(answer.text)["path"])
        except (ValueError, KeyError, TypeError) as error:
            raise NoAnswer(f"{place}: {answer.status}") from error

    def _ask(self, witness: Neighbour, head: Checkpoint, ask: Ask) -> Contact:
        place = f"{witness.address}/exchange/witness"
        try:
            answer = self._submit(place, 0, head, ask)
            if answer.status == _CONFLICT and (size := _size_in(answer)) is not None:
                if size > head.size:
                    return self._behind(witness, place, ask)
                answer = self._submit(place, size, head, ask)
            if answer.status != _OK:
                return Contact(witness.name, "refused", why=str(answer.status))
            line = _cosignature_in(answer, head, witness)
        except (NoAnswer, NotACheckpoint, SignatureRefused) as error:
            return Contact(witness.name, "no_answer", why=str(error))
        with self.stores.atomic():
            at = instant_text(self.clock.now())
            self.stores.witnesses.keep_cosigned(Cosigned(head.size, witness.name, f"{line}\n", at))
        return Contact(witness.name, "cosigned")

    def _submit(self, place: str, old: int, head: Checkpoint, ask: Ask) -> Answer:
        with self.stores.snapshot():
            hashes = TileHashes(self.stores.records.tiles())
            proof = recordkeeping.consistency_proof(old, head.size, hashes) if 0 < old < head.size else []
        return ask(f"{place}/add-checkpoint", str(Submission(old, tuple(proof), head)).encode(), _LONGEST_TEXT)

    def _behind(self, witness: Neighbour, place: str, ask: Ask) -> Contact:
        """Keep a head of our own which a witness has and we have not. Its own signature alone makes it evidence."""
        answer = ask(f"{place}/{recordkeeping.origin_hash(self.key.name)}/checkpoint", None, _LONGEST_TEXT)
        theirs = _head_in(answer, [self.key])
        with self.stores.atomic():
            known = self.stores.witnesses.seen(self.key.name)
            if not self._holds(theirs) and (known is None or known.head.size < theirs.size):
                self.stores.witnesses.see(SeenHead(theirs, instant_text(self.clock.now())))
        return Contact(witness.name, "witness_ahead", why=str(theirs.size))

    def _holds(self, theirs: Checkpoint) -> bool:
        with self.stores.snapshot():
            if theirs.size > self.stores.records.size():
                return False
            return recordkeeping.root_at(theirs.size, TileHashes(self.stores.records.tiles())) == theirs.root

    def _suspect(self, refusal: HeadRefused, submission: Submission, kept: Checkpoint | None) -> None:
        """Sound an alarm where what was refused is signed by the record's own key and contradicts what was seen."""
        head = submission.head
        if refusal.refusal not in (Refusal.OUT_OF_STEP, Refusal.INCONSISTENT) or kept is None:
            return
        in_step = refusal.refusal is Refusal.INCONSISTENT
        kind = recordkeeping.alarm_of(kept, head, submission.proof if in_step else None)
        if kind is not None and kind is not AlarmKind.ROLLED_BACK:
            self._sound(kind, head.origin, [kept, head], self.own_actor)

    @property
    def own_actor(self) -> Actor:
        """The node itself, where nobody asked it."""
        return Actor(f"node:{self.key.name}", f"{self.state}-REG", frozenset())

    def _sound(self, kind: AlarmKind, origin: str, heads: Sequence[Checkpoint], actor: Actor) -> str:
        return recordkeeping.sound_alarm(
            kind=kind, origin=origin, heads=heads, actor=actor, stores=self.stores, clock=self.clock
        )

    def _cosign(self, head: Checkpoint) -> Checkpoint:
        """Keep a head and return it with our signature below that of its own key, without those of strangers."""
        now = self.clock.now()
        own = tuple(each for each in head.signatures if each.name == head.origin)
        stamped = recordkeeping.cosign_checkpoint(
            replace(head, signatures=own), self.stores.signer, at=int(now.timestamp())
        )
        self.stores.witnesses.see(SeenHead(stamped, instant_text(now)))
        return stamped

    def _silent(self, neighbour: Neighbour, seen: SeenHead | None) -> bool:
        if seen is None:
            return False
        return self.clock.now().astimezone(UTC) - datetime.fromisoformat(seen.at) > timedelta(
            hours=neighbour.silent_after
        )

    def _find(self, name: str) -> Neighbour | None:
        return next((each for each in self.stores.witnesses.neighbours() if each.name == name), None)


_RECENT = 200


def verify_carried(proof: CarriedProof, keys: Sequence[VerifierKey]) -> Proved:
    """Show that the event a proof carries is in the record of a known key, and name the known witnesses of its head.

    Raises:
        SignatureRefused: no known key of the record signed the head, or a known key's signature is not its own.
        ProofRefused: the path does not lead from the event to the head.
    """
    return recordkeeping.verify_proof(proof, keys, exchange.verify_signature)


def _head_in(answer: Answer, keys: Sequence[VerifierKey]) -> Checkpoint:
    """Read a signed head of one of these keys.

    Raises:
        NoAnswer: the answer is none.
    """
    try:
        head = Checkpoint.parse(answer.text)
        recordkeeping.verify_checkpoint(head, keys, exchange.verify_signature)
    except (NotACheckpoint, SignatureRefused) as error:
        raise NoAnswer(f"{answer.status}: {error}") from error
    if head.origin != keys[0].name:
        raise NoAnswer(f"a head of {head.origin}")
    return head


def _size_in(answer: Answer) -> int | None:
    text = answer.text.removesuffix("\n")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else None  # noqa: PLR2004 - 2**63


def _cosignature_in(answer: Answer, head: Checkpoint, witness: Neighbour) -> Signature:
    lines = [
        each
        for each in recordkeeping.parse_signatures(answer.text)
        if (each.name, each.key_id) == (witness.witness_key.name, witness.witness_key.key_id)
    ]
    if not lines:
        raise SignatureRefused(f"{witness.name} did not cosign")
    recordkeeping.verify_checkpoint(
        replace(head, signatures=(lines[0],)), [witness.witness_key], exchange.verify_signature
    )
    return lines[0]
