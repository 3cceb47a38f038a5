from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from secrets import token_hex

from tracemark.correspondence import Message, Posted, PostState, Received, Rejection
from tracemark.kernel import instant_text


class MemoryOutbox:
    """Messages to be sent, in memory; replaced, never changed."""

    def __init__(self) -> None:
        self.by_id: Mapping[str, Posted] = {}

    def post(self, message: Message, *, at: datetime) -> str:
        message_id, now = token_hex(16), instant_text(at)
        self.by_id = {**self.by_id, message_id: Posted(message_id, message, now, now, number=len(self.by_id) + 1)}
        return message_id

    def posted(self, message_id: str) -> Posted:
        return self.by_id[message_id]

    def waiting(self, *, at: datetime | None = None, to: str = "", limit: int = 100) -> list[Posted]:
        now = instant_text(at) if at else "\uffff"
        return [
            each
            for each in self.by_id.values()
            if each.state is PostState.WAITING and each.due_at <= now and to in ("", each.message.to)
        ][:limit]

    def waiting_by_node(self) -> dict[str, int]:
        return Counter(each.message.to for each in self.by_id.values() if each.state is PostState.WAITING)

    def note_delivered(self, message_id: str, *, at: datetime) -> None:
        if self.by_id[message_id].state is not PostState.DELIVERED:
            self._change(message_id, state=PostState.DELIVERED, done_at=instant_text(at), trouble="")

    def note_failed(self, message_id: str, *, trouble: str, due: datetime) -> None:
        if self.by_id[message_id].state is PostState.WAITING:
            self._change(
                message_id, trouble=trouble, due_at=instant_text(due), attempts=self.by_id[message_id].attempts + 1
            )

    def note_refused(self, message_id: str, *, trouble: str, at: datetime) -> None:
        if self.by_id[message_id].state is PostState.WAITING:
            attempts = self.by_id[message_id].attempts + 1
            self._change(
                message_id, state=PostState.REFUSED, trouble=trouble, done_at=instant_text(at), attempts=attempts
            )

    def take_back(self, message_id: str, *, at: datetime) -> None:
        if self.by_id[message_id].state is PostState.WAITING:
            self.forget_body(message_id)
            self._change(message_id, state=PostState.TAKEN_BACK, trouble="", done_at=instant_text(at))

    def forget_body(self, message_id: str) -> None:
        self._change(message_id, message=replace(self.by_id[message_id].message, body={}))

    def page(
        self,
        *,
        to: str = "",
        state: PostState | None = None,
        about: str = "",
        before: int | None = None,
        limit: int = 50,
    ) -> list[Posted]:
        return [
            each
            for each in reversed(list(self.by_id.values()))
            if to in ("", each.message.to)
            and about in ("", each.message.about)
            and state in (None, each.state)
            and (before is None or each.number < before)
        ][:limit]

    def _change(self, message_id: str, **changes: object) -> None:
        self.by_id = {**self.by_id, message_id: replace(self.by_id[message_id], **changes)}  # type: ignore[arg-type]


class MemoryInbox:
    """What came in and what was not let in, in memory; replaced, never changed."""

    def __init__(self) -> None:
        self.kept: tuple[Received, ...] = ()
        self.rejected: tuple[Rejection, ...] = ()
        self.used: Mapping[tuple[str, str], str] = {}

    def seen(self, sender: str, message_id: str) -> str | None:
        return next((each.digest for each in self.kept if (each.sender, each.id) == (sender, message_id)), None)

    def keep(self, received: Received) -> Received:
        if self.seen(received.sender, received.id) is not None:
            raise ValueError(f"{received.id} of {received.sender} came before")
        numbered = replace(received, number=len(self.kept) + 1)
        self.kept = (*self.kept, numbered)
        return numbered

    def received(self, number: int) -> Received:
        if not 0 < number <= len(self.kept):
            raise KeyError(number)
        return self.kept[number - 1]

    def page(
        self, *, sender: str = "", message_type: str = "", before: int | None = None, limit: int = 50
    ) -> list[Received]:
        return [
            each
            for each in self.kept[::-1]
            if sender in ("", each.sender)
            and message_type in ("", each.type)
            and (before is None or each.number < before)
        ][:limit]

    def first_use(self, sender: str, nonce: str, *, until: datetime, at: datetime) -> bool:
        now = instant_text(at)
        standing = {each: ends for each, ends in self.used.items() if ends >= now}
        first = (sender, nonce) not in standing
        self.used = {**standing, (sender, nonce): instant_text(until)} if first else standing
        return first

    def reject(self, rejection: Rejection) -> None:
        self.rejected = (*self.rejected, replace(rejection, number=len(self.rejected) + 1))

    def rejections(self, *, sender: str = "", before: int | None = None, limit: int = 50) -> list[Rejection]:
        return [
            each
            for each in self.rejected[::-1]
            if sender in ("", each.sender) and (before is None or each.number < before)
        ][:limit]
