from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.http import urlencode

from tracemark import authorities, tracing
from tracemark.authorities import Permission
from tracemark.kernel import Plain
from tracemark.tracing import Search
from tracemark.weapons import WeaponId
from tracemark.web.access import Desk, needs
from tracemark.web.converters import number_of
from tracemark.web.forms import DeskForm
from tracemark.web.lists import PAGE
from tracemark.web.naming import name_of
from tracemark.web.pages import page
from tracemark.web.said import said, term
from tracemark.web.templatetags.speech import instant

_COUNTED = timedelta(days=30)
_MOST_SHOWN = 10
_WORDS: Mapping[str, str] = {"roles": "authorities.role", "scopes": "authorities.permission"}


class WhoseForm(DeskForm):
    """Of which account; empty for all."""

    every_field_optional = True

    account = forms.CharField(
        label=said("web.accounts.username"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"class": "short", "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )


@needs(Permission.AUDIT_READ)
def changes(desk: Desk) -> HttpResponse:
    """List what was done to accounts, by whom, and say whether the chain of entries stands."""
    account, before = _asked(desk)
    stores = desk.node.stores
    found = authorities.account_changes(actor=desk.actor, stores=stores, account=account, before=before, limit=PAGE + 1)
    shown = found[:PAGE]
    return page(
        desk,
        "web/audit/changes.html",
        form=WhoseForm({"account": account}),
        rows=[(each, list(_told(each.before)), list(_told(each.after))) for each in shown],
        broken=authorities.broken_change(actor=desk.actor, stores=stores),
        **_pager(account, before, shown[-1].position if len(found) > PAGE else None),
    )


@needs(Permission.AUDIT_READ)
def searches(desk: Desk) -> HttpResponse:
    """List who searched the register's marks for what, and how often each account did in thirty days."""
    account, before = _asked(desk)
    stores = desk.node.stores
    found = tracing.search_page(actor=desk.actor, stores=stores, account=account, before=before, limit=PAGE + 1)
    shown = found[:PAGE]
    return page(
        desk,
        "web/audit/searches.html",
        form=WhoseForm({"account": account}),
        rows=[(each, list(_known(each)), [WeaponId(weapon) for weapon in each.shown[:_MOST_SHOWN]]) for each in shown],
        searchers=tracing.searchers(actor=desk.actor, stores=stores, since=desk.node.clock.now() - _COUNTED),
        days=_COUNTED.days,
        **_pager(account, before, shown[-1].number if len(found) > PAGE else None),
    )


def _asked(desk: Desk) -> tuple[str, int | None]:
    return desk.GET.get("account", "").strip(), number_of(desk.GET.get("before", "")) or None


def _pager(account: str, before: int | None, last: int | None) -> dict[str, Any]:
    """Return what `pager.html` takes: where the first page is and where the next begins."""
    first = "?" + urlencode({"account": account})
    more = f"{first}&before={last}" if last is not None else ""
    return {"first": first if before else "", "more": more}


def _told(values: Mapping[str, Plain]) -> Iterator[tuple[str, str]]:
    """Yield the words of what an entry tells: what it is about, and how it stood."""
    for name, value in values.items():
        if name == "active":
            said_so = term("active" if value else "inactive", "web.accounts.is")
        elif isinstance(value, list):
            said_so = ", ".join(term(each, _WORDS.get(name, "")) for each in value)
        elif name == "expires_at":
            said_so = instant(str(value))
        else:
            said_so = term(value, "authorities.factor") if name == "factor" else str(value)
        yield term(name, "authorities.about"), said_so


def _known(search: Search) -> Iterator[str]:
    """Yield what was asked beside the readings, in the catalogue's words."""
    for name in ("kind", "maker", "model", "calibre", "country", "import_country"):
        if code := search.asked.get(name):
            yield term(code, "weapons.kind") if name == "kind" else name_of(name, str(code)) or str(code)
    if year := search.asked.get("year"):
        yield str(year)
