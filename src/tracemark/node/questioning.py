"""The private question between two nodes: do you know this mark? Answered without learning which one it is."""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import repeat
from pathlib import Path
from typing import Any

from tracemark import exchange, recordkeeping, tracing
from tracemark.authorities import Permission, require
from tracemark.correspondence import Directory, EnvelopeRefused
from tracemark.exchange import Ask, BlindRefused, NoAnswer, SignedRequest, TagSet
from tracemark.kernel import Actor, Clock, Finding, Plain, Trouble, cite, instant_text
from tracemark.node.ports import Stores
from tracemark.node.tagging import TagFolder
from tracemark.recordkeeping import (
    CarriedProof,
    EventKind,
    Neighbour,
    ProofRefused,
    SignatureRefused,
    SignedFile,
    VerifierKey,
)
from tracemark.tracing import AskedPrivately, QuestionRefused, Reading, Search

QUESTION = "tracemark.private-question/1"
STATEMENT = "tracemark.tag-set/1"
_DAY = timedelta(days=1)
_LATE = timedelta(minutes=10)
"""A question that is older, or of a time to come, is no question of now."""

_TEXT = "text/plain"
_PLACE = "/exchange/question"
_SIGNATURE, _STRANGER = "signature-input", "correspondence.caller_unknown"
_LARGEST_SET = 1 << 30
_OK = 200

KeyOf = Callable[[str], VerifierKey | None]
"""The key of a node that may ask, by its name; None where it may not."""


class QuestionFailed(Trouble):
    """A private question got no answer that can be relied on; its sentence says why."""


@dataclass(frozen=True, slots=True)
class PrivateAnswer:
    """What another node knows: of the numbers asked for, the folded serials it has a mark with.

    `asked` counts the numbers, `sent` what was sent with its filling. `tags` is how many tags the other's set has, so
    that a number it does not know is among them by chance once in 2**48 / `tags`.
    """

    node: str
    asked: int
    sent: int
    tags: int
    known: tuple[str, ...]
    made_at: str


@dataclass(frozen=True, slots=True)
class Questioning:
    """The private question at a node, both sides of it."""

    key: VerifierKey
    stores: Stores
    clock: Clock
    folder: Path
    directory: Directory

    @property
    def tags(self) -> TagFolder:
        """The tags of the own register, and the key behind them."""
        return TagFolder(self.folder / "tags", self.stores, self.clock)

    def statement(self) -> str | None:
        """Say, signed, under which key the own register's tags stand, and which file they are; None before any are."""
        kept = self.tags.kept()
        if kept is None:
            return None
        told: dict[str, Plain] = {
            "node": self.key.name,
            "epoch": kept.epoch,
            "public_key": kept.key.public_key.hex(),
            "sealed": str(self._sealing(kept.sealed_at)),
            "tags": len(kept.tags),
            "sha256": kept.digest,
            "made_at": kept.made_at,
        }
        return recordkeeping.sign_file(STATEMENT, told, self.stores.signer)

    def answer_request(self, request: SignedRequest) -> bytes:
        """Answer a question that came by HTTP. A node of the directory signs its request (RFC 9421), once for each.

        A node that is watched only, and in no directory, is known by its signed question alone.

        Raises:
            QuestionRefused: as `answer`; or the request is another's than the question, or should be signed.
            EnvelopeRefused: the request is signed, and not as it should be, or came before.
        """
        caller = ""
        if _SIGNATURE in {each.lower() for each in request.headers}:
            caller = self._caller(request)
        return self.answer(request.body.decode("utf-8", "replace"), caller=caller)

    def answer(self, text: str, key_of: KeyOf | None = None, *, caller: str | None = None) -> bytes:
        """Answer a question of another node: blinded keys, evaluated, with the proof that the one key was used.

        That it asked, and for how many keys, is noted; for which, nobody here can know. `caller` is who signed the
        request that brought it, "" for nobody; None where it came in another way.

        Raises:
            QuestionRefused: it is none, of nobody who may ask, too late, too large, here before, or beyond the day's
                share.
        """
        asker, elements = self._asked(text, key_of or self._key_of)
        if caller not in {None, asker} and (caller or self.directory.find(asker) is not None):
            raise _refused("tracing.question_unsigned")
        kept = self.tags.kept()
        if kept is None:
            raise _refused("tracing.question_no_tags")
        now = self.clock.now()
        count = len(elements) // exchange.ELEMENT_BYTES
        with self.stores.atomic():
            spent = self.stores.questions.spent(asker, instant_text(now - _DAY))
            tracing.require_share(asker, count, spent)
            self._require_first(asker, hashlib.sha256(text.encode()).hexdigest(), now + 2 * _LATE)
            self.stores.questions.note(AskedPrivately(asker, instant_text(now), count))
        try:
            return kept.key.answer(elements)
        except BlindRefused:
            raise _refused("tracing.question_malformed") from None

    def ask(
        self, reading: Reading, name: str, actor: Actor, *, maker: str = "", ask: Ask = exchange.ask_address
    ) -> PrivateAnswer:
        """Ask another node whether it knows one of the numbers a reading may stand for, without telling it which.

        That it was asked is noted like every search of the actor's.

        Raises:
            NotPermitted: the actor may not search.
            QuestionRefused: the reading stands for too many numbers, or for any.
            QuestionFailed: no such node is known with an address, or it gave no answer that can be relied on.
        """
        require(actor, Permission.TRACE_SEARCH)
        keys = tracing.keys_of_reading(reading, maker)
        neighbour = self._whom(name)
        asked: dict[str, Plain] = {"readings": [reading.raw], "maker": maker, "node": name}
        now = instant_text(self.clock.now())
        with self.stores.atomic():
            self.stores.searches.note(Search(actor.name, actor.authority, now, asked, ()))
        try:
            told = self._statement_of(neighbour, ask)
            held = self._set_of(neighbour, told, ask)
            found = self._tags_of(neighbour, told, keys, ask)
        except (NoAnswer, BlindRefused, ValueError, KeyError, TypeError) as error:
            raise QuestionFailed("trouble.no_answer", name=name, detail=str(error)) from error
        known = [key for key, hit in zip(keys, held.holding(found), strict=True) if hit]
        size = tracing.filled_size(len(keys))
        serials = tuple(map(tracing.serial_of, known))
        return PrivateAnswer(name, len(keys), size, len(held), serials, str(told["made_at"]))

    def let_ask(self, name: str, actor: Actor, *, may_ask: bool) -> None:
        """Say whether a node of the directory, or one that is watched, is answered where it asks privately.

        Raises:
            NotPermitted: the actor may not.
            QuestionFailed: nobody of that name is known.
        """
        require(actor, Permission.WITNESS_WRITE)
        peer, watched = self.directory.find(name), self._watched(name)
        if peer is not None and peer.is_known:
            key, place = VerifierKey(name, peer.card.signing_key), peer.card.endpoint.rstrip("/")
            watched = replace(watched, key=key) if watched else Neighbour(key, place)
        if watched is None:
            raise QuestionFailed("trouble.no_node", name=name)
        with self.stores.atomic():
            self.stores.witnesses.put_neighbour(replace(watched, may_ask=may_ask))

    def _sealing(self, position: int) -> CarriedProof:
        """Prove that the key's public half is sealed, so that an answer under another one for one asker shows."""
        with self.stores.snapshot():
            records = self.stores.records
            sealed, head = records.at(position), records.head()
            if head is None:
                raise KeyError(position)
            path = recordkeeping.inclusion_proof(position, head.size, recordkeeping.TileHashes(records.tiles()))
        return CarriedProof(position, sealed.body, tuple(path), head)

    def _asked(self, text: str, key_of: KeyOf) -> tuple[str, bytes]:
        try:
            file = recordkeeping.read_file(text)
            told = file.notice
            asker, at = str(told["asker"]), datetime.fromisoformat(str(told["at"]))
            elements = base64.b64decode(str(told["elements"]), validate=True)
            late = abs(self.clock.now() - at.astimezone(UTC)) > _LATE
        except (ValueError, KeyError):
            raise _refused("tracing.question_malformed") from None
        key = key_of(asker)
        if key is None or not _signed(file, QUESTION, key):
            raise _refused("tracing.question_unknown_asker")
        if late or told.get("to") != self.key.name:
            raise _refused("tracing.question_late")
        return asker, elements

    def _caller(self, request: SignedRequest) -> str:
        """Return which node of the directory signed a request, "" where its key is in no directory."""
        try:
            found = exchange.verify_request(request, self.directory.of_key, self.key.name, self.clock.now())
        except EnvelopeRefused as refused:
            if refused.findings[0].code == _STRANGER:
                return ""
            raise
        self._require_first(found.peer.name, found.nonce, found.until)
        return found.peer.name

    def _key_of(self, name: str) -> VerifierKey | None:
        """The key of a node that may ask: the directory's where it is in there, and none once that was revoked."""
        watched = self._watched(name)
        if watched is None or not watched.may_ask:
            return None
        peer = self.directory.find(name)
        if peer is None:
            return watched.key
        return VerifierKey(name, peer.card.signing_key) if peer.is_known else None

    def _whom(self, name: str) -> Neighbour:
        """Return whom to ask and where: as the directory knows it, else as it is watched.

        Raises:
            QuestionFailed: nobody of that name is known with an address, or its key was revoked.
        """
        peer, watched = self.directory.find(name), self._watched(name)
        if peer is not None and peer.is_known and peer.card.endpoint:
            return Neighbour(VerifierKey(name, peer.card.signing_key), peer.card.endpoint.rstrip("/"))
        if watched is None or not watched.address or (peer is not None and not peer.is_known):
            raise QuestionFailed("trouble.no_node_to_ask", name=name)
        return watched

    def _watched(self, name: str) -> Neighbour | None:
        return next((each for each in self.stores.witnesses.neighbours() if each.name == name), None)

    def _require_first(self, name: str, word: str, until: datetime) -> None:
        """Let pass what a node sends the first time. Raise QuestionRefused where it came before."""
        if not self.stores.inbox.first_use(name, word, until=until, at=self.clock.now()):
            raise _refused("tracing.question_repeated")

    def _statement_of(self, neighbour: Neighbour, ask: Ask) -> dict[str, Any]:
        answer = ask(f"{neighbour.address}/exchange/question/tags", None, exchange.LONGEST_ANSWER)
        if answer.status != _OK:
            raise NoAnswer(f"no tags ({answer.status})")
        file = recordkeeping.read_file(answer.text)
        if not _signed(file, STATEMENT, neighbour.key) or file.notice.get("node") != neighbour.name:
            raise NoAnswer("its statement of its tags is not signed by it")
        _require_sealed(file.notice, neighbour.key)
        return dict(file.notice)

    def _set_of(self, neighbour: Neighbour, told: dict[str, Any], ask: Ask) -> TagSet:
        """Return the neighbour's set: the one kept from last time where it is still the same."""
        digest = str(told["sha256"])
        if len(bytes.fromhex(digest)) != hashlib.sha256().digest_size:
            raise NoAnswer("no SHA-256")
        kept = self.folder / "tags-of-others" / recordkeeping.origin_hash(neighbour.name) / f"{digest}.tags"
        if not kept.exists():
            longest = min(int(told["tags"]) * exchange.TAG_BYTES, _LARGEST_SET)
            answer = ask(f"{neighbour.address}/exchange/question/tags/{digest}", None, longest)
            if hashlib.sha256(answer.body).hexdigest() != digest or not exchange.well_formed(answer.body):
                raise NoAnswer("its tags are not the file it signed")
            kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = kept.with_suffix(".draft")
            draft.write_bytes(answer.body)
            draft.replace(kept)
            for other in kept.parent.glob("*.tags"):
                if other != kept:
                    other.unlink()
        return TagSet(kept)

    def _tags_of(self, neighbour: Neighbour, told: dict[str, Any], keys: Sequence[str], ask: Ask) -> list[bytes]:
        lacking = tracing.filled_size(len(keys)) - len(keys)
        drawn = exchange.blind([*map(exchange.mark_input, keys), *tracing.filling(lacking, _random())])
        body: dict[str, Plain] = {
            "asker": self.key.name,
            "to": neighbour.name,
            "at": instant_text(self.clock.now()),
            "elements": base64.b64encode(drawn.elements).decode(),
        }
        text = recordkeeping.sign_file(QUESTION, body, self.stores.signer)
        place, now = f"{neighbour.address}{_PLACE}", self.clock.now()
        request = SignedRequest("POST", place, text.encode(), {"Content-Type": _TEXT})
        exchange.sign_request(request, neighbour.name, self.stores.signer, now, secrets.token_hex(16))
        answer = ask(place, request.body, exchange.LONGEST_ANSWER, request.headers)
        if answer.status != _OK:
            raise NoAnswer(_why(answer.text) or str(answer.status))
        return drawn.tags(answer.body, bytes.fromhex(str(told["public_key"])))[: len(keys)]


def _signed(file: SignedFile, type_: str, key: VerifierKey) -> bool:
    return file.type == type_ and file.signed_by(key, exchange.verify_signature)


def _require_sealed(told: Mapping[str, Any], key: VerifierKey) -> None:
    """Let pass a statement whose public key stands in the record of the node that signed it.

    Raises:
        NoAnswer: it does not.
    """
    try:
        proof = CarriedProof.parse(str(told["sealed"]))
        recordkeeping.verify_proof(proof, [key], exchange.verify_signature)
        event = recordkeeping.read_event(proof.index, proof.body).event
    except (SignatureRefused, ProofRefused, ValueError, KeyError) as error:
        raise NoAnswer("its key is not shown to be sealed") from error
    if event.kind is not EventKind.TAG_KEY_OPENED or event.details.get("key") != told["public_key"]:
        raise NoAnswer("another key is sealed")


def _why(text: str) -> str:
    try:
        return str(json.loads(text)["detail"])
    except (ValueError, KeyError, TypeError):
        return ""


def _random() -> Iterator[bytes]:
    return (secrets.token_bytes(size) for size in repeat(16))


def _refused(code: str, **facts: Plain) -> QuestionRefused:
    return QuestionRefused([Finding(code, cite("ITI 14"), facts)])
