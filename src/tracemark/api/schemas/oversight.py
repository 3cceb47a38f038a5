from typing import Any

from pydantic import BaseModel

from tracemark.api.schemas.fields import plain_of
from tracemark.authorities import AccountChange
from tracemark.tracing import Search, Searcher
from tracemark.weapons import WeaponId, weapon_text


class AccountChangeOut(BaseModel):
    """What was done to an account, by whom. `digest` ties it to the entry before; `by` is "" where nobody signed in."""

    position: int
    kind: str
    account: str
    by: str
    authority: str
    at: str
    before: dict[str, Any]
    after: dict[str, Any]
    digest: str

    @classmethod
    def of(cls, change: AccountChange) -> "AccountChangeOut":
        """Return an entry as it goes out."""
        same = {name: getattr(change, name) for name in cls.model_fields}
        return cls(**{**same, "before": plain_of(change.before), "after": plain_of(change.after)})


class AccountChangePage(BaseModel):
    """Entries, newest first. `next` is what to give as `before` for the page behind; null at the end.

    `broken` is the position of the first entry of the whole list that does not stand as it was written; null if none.
    """

    items: list[AccountChangeOut]
    next: int | None
    broken: int | None

    @classmethod
    def of(cls, found: list[AccountChange], limit: int, broken: int | None) -> "AccountChangePage":
        """Return a page of `limit` entries; that one more was found says that there is a next."""
        shown = found[:limit]
        behind = shown[-1].position if len(found) > limit else None
        return cls(items=[AccountChangeOut.of(each) for each in shown], next=behind, broken=broken)


class SearchOut(BaseModel):
    """That somebody searched: what they asked, for which case ("" for none), which weapons they were shown."""

    number: int
    actor: str
    authority: str
    at: str
    case: str
    asked: dict[str, Any]
    shown: list[str]

    @classmethod
    def of(cls, search: Search) -> "SearchOut":
        """Return a search as it goes out."""
        same = {name: getattr(search, name) for name in cls.model_fields}
        weapons = [weapon_text(WeaponId(each)) for each in search.shown]
        return cls(**{**same, "asked": plain_of(search.asked), "shown": weapons})


class SearchPage(BaseModel):
    """Searches, newest first. `next` is what to give as `before` for the page behind; null at the end."""

    items: list[SearchOut]
    next: int | None

    @classmethod
    def of(cls, found: list[Search], limit: int) -> "SearchPage":
        """Return a page of `limit` searches; that one more was found says that there is a next."""
        shown = found[:limit]
        behind = shown[-1].number if len(found) > limit else None
        return cls(items=[SearchOut.of(each) for each in shown], next=behind)


class SearcherOut(BaseModel):
    """How often an account searched, and how often of these without a case."""

    actor: str
    searches: int
    without_case: int
    last_at: str

    @classmethod
    def of(cls, searcher: Searcher) -> "SearcherOut":
        """Return a count as it goes out."""
        return cls(**{name: getattr(searcher, name) for name in cls.model_fields})


class SearchersOut(BaseModel):
    """Who searched in the last days, the most first."""

    items: list[SearcherOut]
