"""Opening the node that a machine is configured for."""

import os
from functools import cache
from pathlib import Path

from tracemark import exchange, recordkeeping, review, tracing
from tracemark.authorities import Level
from tracemark.kernel import Trouble, reason_of
from tracemark.node.letterbox import Letterbox
from tracemark.node.nodes import Node
from tracemark.storage import (
    DatabaseNotReady,
    MemoryStores,
    NoRegister,
    UnknownDatabase,
    database_path,
    database_trouble,
    open_stores,
    record_size,
    require_register,
)

_DEFAULT_URL = "sqlite:///{folder}/tracemark.sqlite3"
_DEFAULT_STATE = "XT"


class NodeUnusable(Trouble):
    """A node cannot be opened; its sentence says what is in the way and what to do."""


class RegisterMissing(NodeUnusable):
    """No register stands at an address, and none was to be set up."""


def open_node(url: str | None = None, *, create: bool = True, any_key: bool = False) -> Node:
    """Open the node whose register is at `url`, or that of TRACEMARK_DB; an empty database is set up first.

    Without `create` nothing is written where no register stands: a mistyped path is an error, and no empty register.
    The newest head must be signed with the node's key, under its State's name: only who verifies or changes the key
    opens it with `any_key`.

    TRACEMARK_STATE is the State's code, TRACEMARK_LEVEL whether it is a State's node, a region's or the world's;
    TRACEMARK_KEY the file of the signing key, else it lies beside the register; TRACEMARK_RETENTION the file of the
    State's own terms of keeping records.

    A key is drawn for an empty record only: another key for a record that stands would be a new log origin, which
    nobody may start by losing a file.

    Raises:
        NodeUnusable: the URL is of an unknown kind, the database cannot be reached, is of an older or newer version of
            the program or holds no register, or the key file is damaged, readable by others, or missing although the
            record is not empty.
        RegisterMissing: there is none and none is to be created.
        TermsRefused: the State's own terms cannot be read.
        OriginRefused: the newest head was signed with another key, or under the name of another State.
    """
    folder = os.environ.get("TRACEMARK_VAR") or "var"
    address = url or os.environ.get("TRACEMARK_DB") or _DEFAULT_URL.format(folder=folder)
    state = os.environ.get("TRACEMARK_STATE") or _DEFAULT_STATE
    named = os.environ.get("TRACEMARK_KEY")
    try:
        beside = database_path(address)
        if not create:
            require_register(address)
        key = Path(named) if named else beside.with_suffix(".key")
        if not key.exists() and record_size(address):
            raise NodeUnusable("trouble.key_missing", file=str(key))
        letters = key.with_name(f"{key.name}.letters")
        if not key.exists():
            exchange.FileSigner.key_at(letters)
        signer = exchange.FileSigner.load_or_create(key, f"{state.lower()}/tracemark/record")
        node = Node(
            state,
            open_stores(address, signer),
            level=_level(),
            folder=beside.with_suffix(".files"),
            terms=terms_of_state(),
            letterbox=_letterbox(letters),
            deadlines=deadlines_of_state(),
        )
        if not any_key:
            recordkeeping.require_origin(node.stores.records.head(), node.key)
    except NoRegister as error:
        raise RegisterMissing(error.code, **error.facts) from error
    except (UnknownDatabase, DatabaseNotReady, exchange.KeyUnusable) as error:
        raise NodeUnusable(error.code, **error.facts) from error
    except recordkeeping.NotACheckpoint as error:
        raise NodeUnusable("trouble.state_unfit", state=state) from error
    return node


def _level() -> Level:
    named = os.environ.get("TRACEMARK_LEVEL") or Level.NATIONAL.value
    try:
        return Level(named)
    except ValueError:
        facts = {"setting": "TRACEMARK_LEVEL", "value": named, "known": list(Level)}
        raise NodeUnusable("trouble.setting_unfit", **facts) from None


def _letterbox(key: Path) -> Letterbox:
    """How others reach this node; the key they seal to is drawn with the signing key, and lies beside it.

    A register that was set up before nodes wrote letters draws it when it is first needed.
    """
    languages = os.environ.get("TRACEMARK_CONTACT_LANGUAGES") or "en"
    return Letterbox(
        exchange.FileReader.load_or_create(key),
        os.environ.get("TRACEMARK_ENDPOINT") or "",
        os.environ.get("TRACEMARK_CONTACT") or "",
        tuple(each.strip() for each in languages.split(",") if each.strip()),
    )


def terms_of_state() -> tuple[recordkeeping.Term, ...]:
    """The State's own terms of keeping records, from the file that TRACEMARK_RETENTION names; none without it.

    Raises:
        NodeUnusable: there is no such file.
        TermsRefused: it cannot be read.
    """
    named = os.environ.get("TRACEMARK_RETENTION")
    if not named:
        return ()
    return recordkeeping.read_terms(_setting_text("TRACEMARK_RETENTION", named), file=named)


def deadlines_of_state() -> tracing.Deadlines:
    """The State's own deadlines of requests between States, from the file that TRACEMARK_DEADLINES names; else ours.

    Raises:
        NodeUnusable: there is no such file.
        DeadlinesRefused: it cannot be read.
    """
    named = os.environ.get("TRACEMARK_DEADLINES")
    if not named:
        return tracing.shipped_deadlines()
    return tracing.read_deadlines(_setting_text("TRACEMARK_DEADLINES", named), file=named)


def calendar_of_state() -> review.Calendar:
    """The meetings of States, as the file that TRACEMARK_MEETINGS names corrects those of the software.

    Raises:
        NodeUnusable: there is no such file.
        MeetingsUnreadable: it cannot be read.
    """
    named = os.environ.get("TRACEMARK_MEETINGS")
    if not named:
        return review.shipped_calendar()
    return review.shipped_calendar().overlay(_setting_text("TRACEMARK_MEETINGS", named), named)


def _setting_text(setting: str, file: str) -> str:
    """Return the text of a file that a setting names."""
    try:
        return Path(file).read_text("utf-8")
    except UnicodeDecodeError as error:
        raise NodeUnusable("trouble.setting_no_text", setting=setting, file=file) from error
    except OSError as error:
        raise NodeUnusable("trouble.setting_file", setting=setting, file=file, why=reason_of(error)) from error


def node_of_nothing(state: str = "") -> Node:
    """Return a node, of our State or of another, whose empty register stands nowhere and is gone with the process."""
    state = state or os.environ.get("TRACEMARK_STATE") or _DEFAULT_STATE
    signer = exchange.FileSigner.fleeting(f"{state.lower()}/tracemark/record")
    return Node(state, MemoryStores(signer))


def trouble_of(error: Exception) -> Trouble | None:
    """Return what the database answered, where an error is its answer; None where it is another's."""
    return database_trouble(error)


@cache
def this_node() -> Node:
    """The node this process serves, as configured."""
    return open_node()
