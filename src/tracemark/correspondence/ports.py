from datetime import datetime
from typing import Protocol

from tracemark.correspondence.messages import Message, Posted, PostState, Received, Rejection
from tracemark.recordkeeping import RecordkeepingStores


class Outbox(Protocol):
    """Messages to other nodes, kept in the transaction of the event they tell of, until the other says it has them."""

    def post(self, message: Message, *, at: datetime) -> str:
        """Keep a message to be sent, and return its id, which is drawn here and bears no meaning."""
        ...

    def posted(self, message_id: str) -> Posted:
        """Raise KeyError where there is none."""
        ...

    def waiting(self, *, at: datetime | None = None, to: str = "", limit: int = 100) -> list[Posted]:
        """Messages that are due at an instant, the oldest first; all that wait with None, to one node where named."""
        ...

    def waiting_by_node(self) -> dict[str, int]:
        """How many messages wait, by the name of the node that they go to; a node for which none waits is left out."""
        ...

    def note_delivered(self, message_id: str, *, at: datetime) -> None:
        """Note that the other node has it. Noted twice, the first stands. Raise KeyError where there is none."""
        ...

    def note_failed(self, message_id: str, *, trouble: str, due: datetime) -> None:
        """Note an attempt that did not reach the other, and when to try again. What is delivered stays so."""
        ...

    def note_refused(self, message_id: str, *, trouble: str, at: datetime) -> None:
        """Note that the other will not have it: it is not sent again. What is delivered stays so."""
        ...

    def take_back(self, message_id: str, *, at: datetime) -> None:
        """Send a message that waits no more, and forget what it said. What does not wait stays as it is.

        One that was on its way all the same is delivered once the other says so. Raise KeyError where there is none.
        """
        ...

    def forget_body(self, message_id: str) -> None:
        """Forget what a message said that is sent no more, not that it was sent. Raise KeyError where there is none."""
        ...

    def page(
        self,
        *,
        to: str = "",
        state: PostState | None = None,
        about: str = "",
        before: int | None = None,
        limit: int = 50,
    ) -> list[Posted]:
        """The newest first, of one dossier where `about` names it; `before` is where the page before ended."""
        ...


class Inbox(Protocol):
    """What came from other nodes and was let in, each message once, and what was not let in."""

    def seen(self, sender: str, message_id: str) -> str | None:
        """The digest of a message of this id that a node sent, None where none came."""
        ...

    def keep(self, received: Received) -> Received:
        """Keep what came, and return it with its number. Raise ValueError where this one came before."""
        ...

    def received(self, number: int) -> Received:
        """Raise KeyError where there is none."""
        ...

    def page(
        self, *, sender: str = "", message_type: str = "", before: int | None = None, limit: int = 50
    ) -> list[Received]:
        """The newest first; `before` is the number at which the page before ended."""
        ...

    def first_use(self, sender: str, nonce: str, *, until: datetime, at: datetime) -> bool:
        """Note a word that a node uses once, and say whether it is the first use; those that ended are forgotten."""
        ...

    def reject(self, rejection: Rejection) -> None:
        """Keep that something was not let in."""
        ...

    def rejections(self, *, sender: str = "", before: int | None = None, limit: int = 50) -> list[Rejection]:
        """The newest first; `before` is the number at which the page before ended."""
        ...


class CorrespondenceStores(RecordkeepingStores, Protocol):
    """What the room needs from outside."""

    @property
    def outbox(self) -> Outbox: ...
    @property
    def inbox(self) -> Inbox: ...
