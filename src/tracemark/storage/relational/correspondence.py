import json
from dataclasses import replace
from datetime import datetime
from secrets import token_hex
from typing import Any

from tracemark.correspondence import Message, Posted, PostState, Received, Rejection
from tracemark.kernel import instant_text
from tracemark.storage.relational.codec import write_plain
from tracemark.storage.relational.sql import Database, Row, Value

_POSTED = ("message", "recipient", "content", "posted_at", "due_at", "state", "attempts", "done_at", "trouble")
_SELECT_POSTED = f"SELECT {', '.join(_POSTED)}, id FROM outbox_message"
_ABOUT = (*_POSTED, "about")
_RECEIVED = ("sender", "message", "type", "content", "sent_at", "received_at", "digest")
_SELECT_RECEIVED = f"SELECT {', '.join(_RECEIVED)}, id FROM inbox_message"
_REJECTED = ("at", "sender", "code", "digest", "facts")
_SELECT_REJECTED = f"SELECT {', '.join(_REJECTED)}, id FROM inbox_rejection"


class RelationalOutbox:
    """Messages to be sent, in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def post(self, message: Message, *, at: datetime) -> str:
        message_id, now = token_hex(16), instant_text(at)
        row = (message_id, message.to, _content(message), now, now, PostState.WAITING.value, 0, "", "", message.about)
        self._database.insert("outbox_message", _ABOUT, [row])
        return message_id

    def posted(self, message_id: str) -> Posted:
        row = self._database.row(f"{_SELECT_POSTED} WHERE message = %s", message_id)
        if row is None:
            raise KeyError(message_id)
        return _posted(row)

    def waiting(self, *, at: datetime | None = None, to: str = "", limit: int = 100) -> list[Posted]:
        asked: list[tuple[str, Value]] = [("state = %s", PostState.WAITING.value)]
        asked += [("due_at <= %s", instant_text(at))] if at else []
        asked += [("recipient = %s", to)] if to else []
        return list(map(_posted, self._rows(_SELECT_POSTED, asked, "id", limit)))

    def waiting_by_node(self) -> dict[str, int]:
        sql = "SELECT recipient, COUNT(*) FROM outbox_message WHERE state = %s GROUP BY recipient"
        return dict(self._database.rows(sql, PostState.WAITING.value))

    def note_delivered(self, message_id: str, *, at: datetime) -> None:
        self.posted(message_id)
        self._database.execute(
            "UPDATE outbox_message SET state = %s, done_at = %s, trouble = '' WHERE message = %s AND state <> %s",
            *(PostState.DELIVERED.value, instant_text(at), message_id, PostState.DELIVERED.value),
        )

    def note_failed(self, message_id: str, *, trouble: str, due: datetime) -> None:
        self.posted(message_id)
        self._database.execute(
            "UPDATE outbox_message SET attempts = attempts + 1, trouble = %s, due_at = %s "
            "WHERE message = %s AND state = %s",
            *(trouble, instant_text(due), message_id, PostState.WAITING.value),
        )

    def note_refused(self, message_id: str, *, trouble: str, at: datetime) -> None:
        self.posted(message_id)
        self._database.execute(
            "UPDATE outbox_message SET attempts = attempts + 1, trouble = %s, state = %s, done_at = %s "
            "WHERE message = %s AND state = %s",
            *(trouble, PostState.REFUSED.value, instant_text(at), message_id, PostState.WAITING.value),
        )

    def take_back(self, message_id: str, *, at: datetime) -> None:
        self._database.execute(
            "UPDATE outbox_message SET content = %s, trouble = '', state = %s, done_at = %s "
            "WHERE message = %s AND state = %s",
            *(self._emptied(message_id), PostState.TAKEN_BACK.value, instant_text(at)),
            *(message_id, PostState.WAITING.value),
        )

    def forget_body(self, message_id: str) -> None:
        emptied = self._emptied(message_id)
        self._database.execute("UPDATE outbox_message SET content = %s WHERE message = %s", emptied, message_id)

    def page(
        self,
        *,
        to: str = "",
        state: PostState | None = None,
        about: str = "",
        before: int | None = None,
        limit: int = 50,
    ) -> list[Posted]:
        asked: list[tuple[str, Value]] = [("recipient = %s", to)] if to else []
        asked += [("state = %s", state.value)] if state else []
        asked += [("about = %s", about)] if about else []
        asked += [("id < %s", before)] if before is not None else []
        return list(map(_posted, self._rows(_SELECT_POSTED, asked, "id DESC", limit)))

    def _emptied(self, message_id: str) -> str:
        """Return what is kept of a message when what it said is forgotten."""
        return _content(replace(self.posted(message_id).message, body={}))

    def _rows(self, select: str, asked: list[tuple[str, Value]], order: str, limit: int) -> list[Row]:
        return _asked_rows(self._database, select, asked, order, limit)


class RelationalInbox:
    """What came in and what was not let in, in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def seen(self, sender: str, message_id: str) -> str | None:
        row = self._database.row(
            "SELECT digest FROM inbox_message WHERE sender = %s AND message = %s", sender, message_id
        )
        return row[0] if row else None

    def keep(self, received: Received) -> Received:
        if self.seen(received.sender, received.id) is not None:
            raise ValueError(f"{received.id} of {received.sender} came before")
        row = (
            *(received.sender, received.id, received.type, _content(received)),
            *(received.sent_at, received.received_at, received.digest),
        )
        self._database.insert("inbox_message", _RECEIVED, [row])
        found = self._database.row(
            f"{_SELECT_RECEIVED} WHERE sender = %s AND message = %s", received.sender, received.id
        )
        return _received(found) if found else received

    def received(self, number: int) -> Received:
        row = self._database.row(f"{_SELECT_RECEIVED} WHERE id = %s", number)
        if row is None:
            raise KeyError(number)
        return _received(row)

    def page(
        self, *, sender: str = "", message_type: str = "", before: int | None = None, limit: int = 50
    ) -> list[Received]:
        asked: list[tuple[str, Value]] = [("sender = %s", sender)] if sender else []
        asked += [("type = %s", message_type)] if message_type else []
        asked += [("id < %s", before)] if before is not None else []
        return list(map(_received, _asked_rows(self._database, _SELECT_RECEIVED, asked, "id DESC", limit)))

    def first_use(self, sender: str, nonce: str, *, until: datetime, at: datetime) -> bool:
        self._database.execute("DELETE FROM inbox_nonce WHERE until < %s", instant_text(at))
        added = self._database.execute(
            "INSERT INTO inbox_nonce (sender, nonce, until) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            *(sender, nonce, instant_text(until)),
        )
        return added == 1

    def reject(self, rejection: Rejection) -> None:
        facts = write_plain(rejection.facts)
        row = (rejection.at, rejection.sender, rejection.code, rejection.digest, facts)
        self._database.insert("inbox_rejection", _REJECTED, [row])

    def rejections(self, *, sender: str = "", before: int | None = None, limit: int = 50) -> list[Rejection]:
        asked: list[tuple[str, Value]] = [("sender = %s", sender)] if sender else []
        asked += [("id < %s", before)] if before is not None else []
        found = _asked_rows(self._database, _SELECT_REJECTED, asked, "id DESC", limit)
        return [_rejection(row) for row in found]


def _asked_rows(database: Database, select: str, asked: list[tuple[str, Value]], order: str, limit: int) -> list[Row]:
    condition = " AND ".join(each for each, _ in asked) or "TRUE"
    return database.rows(f"{select} WHERE {condition} ORDER BY {order} LIMIT %s", *(value for _, value in asked), limit)


def _content(told: Message | Received) -> str:
    parts = ("type", "body", "about", "answers", "handling")
    return write_plain({name: getattr(told, name) for name in parts})


def _posted(row: Row) -> Posted:
    message_id, recipient, content, posted_at, due_at, state, attempts, done_at, trouble, number = row
    message = Message(recipient, **json.loads(content))
    return Posted(message_id, message, posted_at, due_at, PostState(state), attempts, done_at, trouble, number)


def _received(row: Row) -> Received:
    sender, message_id, _, content, sent_at, received_at, digest, number = row
    told: dict[str, Any] = json.loads(content)
    return Received(message_id, sender, sent_at=sent_at, received_at=received_at, digest=digest, number=number, **told)


def _rejection(row: Row) -> Rejection:
    at, sender, code, digest, facts, number = row
    return Rejection(at, sender, code, digest, json.loads(facts), number)
