import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracemark.kernel import Plain

_TYPE = re.compile(r"[a-z]+(?:[.-][a-z0-9]+)*/[1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class Message:
    """What a node sends another: `to` is the other's name, `type` what it is and in which version, such as `a.b/1`.

    `about` is the sender's dossier and `answers` the id of the message that this one answers; "" for none. `handling`
    holds the codes under which the other may use it. Source: ITI 15, ITI 16.
    """

    to: str
    type: str
    body: Mapping[str, Plain]
    about: str = ""
    answers: str = ""
    handling: Mapping[str, Plain] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not _TYPE.fullmatch(self.type):
            raise ValueError(f"{self.type!r} is no type of a message and its version")


@dataclass(frozen=True, slots=True)
class Received:
    """What came from another node, opened and verified. `digest` is the SHA-256 of the document that was signed.

    `sender` is the other's name, `id` is unique among what it sends. Instants are RFC 3339, UTC: `sent_at` by the
    sender's clock, `received_at` by ours. `number` counts what came in; 0 before it is kept.
    `document` is what was signed, a JWS; an inbox does not keep it.
    """

    id: str
    sender: str
    type: str
    body: Mapping[str, Plain]
    about: str
    answers: str
    sent_at: str
    received_at: str
    handling: Mapping[str, Plain] = field(default_factory=dict)
    digest: str = ""
    number: int = 0
    document: str = field(default="", compare=False)


class PostState(StrEnum):
    """How far a message to another node has come."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Posted:
    """A message in the outbox: how often it was tried, when it is due again, and what kept it back last.

    Instants are RFC 3339, UTC; `done_at` is when it was delivered, refused or taken back, "" before. `trouble` is the
    code of a sentence; of what was refused, the code and the words with which the other refuses it. `number` counts
    what was posted.
    """

    id: str
    message: Message
    posted_at: str
    due_at: str
    state: PostState = PostState.WAITING
    attempts: int = 0
    done_at: str = ""
    trouble: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Rejection:
    """That something came which was not let in, whose name it bore, and why. `code` is that of a sentence.

    `digest` is the SHA-256 of the bytes that came. `at` is RFC 3339, UTC.
    """

    at: str
    sender: str
    code: str
    digest: str
    facts: Mapping[str, Plain] = field(default_factory=dict)
    number: int = 0
