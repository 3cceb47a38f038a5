from typing import Annotated, Any, Literal

from pydantic import BaseModel, StringConstraints

from tracemark.api.schemas.fields import Coming, Word
from tracemark.diversion import Notice
from tracemark.node import ToldNotice
from tracemark.transfers import Denial

NoticeAbout = Annotated[str, StringConstraints(pattern=r"^(SG|EL|EM)-[0-9]{4}-[0-9]{6}$")]
"""A signal, a refused licence, or an embargo of the State's own."""


class NoticeSendingIn(Coming):
    """Which signal, refused licence or own embargo is told, and to which node, by its name."""

    about: NoticeAbout
    to: Word


class NoticePostedOut(BaseModel):
    """The message that was posted."""

    message: str


class ToldNoticeOut(BaseModel):
    """A notice that another State told: from whose node, when it came, and what it says in its own words."""

    sort: Literal["diversion", "denial", "embargo"]
    peer: str
    state: str
    at: str
    says: dict[str, Any]

    @classmethod
    def of(cls, told: ToldNotice) -> "ToldNoticeOut":
        """Write it out."""
        notice = told.notice
        if isinstance(notice, Notice | Denial):
            sort: Literal["diversion", "denial"] = "diversion" if isinstance(notice, Notice) else "denial"
            return cls(sort=sort, peer=told.peer, state=told.state, at=told.at, says=notice.plain())
        names = ("code", "state", "symbol", "scope", "note")
        says: dict[str, Any] = {name: getattr(notice, name) for name in names}
        until = notice.until.isoformat() if notice.until else None
        says |= {"since": notice.since.isoformat(), "until": until, "exemptions": list(notice.exemptions)}
        return cls(sort="embargo", peer=told.peer, state=told.state, at=told.at, says=says)


class ToldNoticesOut(BaseModel):
    """The notices of other States, the newest first."""

    items: list[ToldNoticeOut]
