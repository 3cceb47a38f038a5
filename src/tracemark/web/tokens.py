from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from tracemark.authorities import LONGEST_DAYS, Permission, Token, issue_token, permissions_of, revoke_token
from tracemark.kernel import Refused
from tracemark.web.access import Desk, needs
from tracemark.web.forms import DeskForm
from tracemark.web.pages import page, tell
from tracemark.web.said import said, term

_DAYS = 90


class TokenForm(DeskForm):
    """What a token is for, what it permits of what its owner may do, and for how long."""

    name = forms.CharField(label=said("web.tokens.name"), help_text=said("web.tokens.name_hint"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=said("web.tokens.scopes"),
        help_text=said("web.tokens.scopes_hint"),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.IntegerField(
        label=said("web.tokens.days"),
        help_text=said("web.tokens.days_hint"),
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=_DAYS,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )

    def __init__(self, *args: Any, permitted: frozenset[Permission], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(each.value, term(each.value, "authorities.permission")) for each in Permission if each in permitted]
        self.fields["scopes"].choices = listed  # type: ignore[attr-defined]


@needs()
@require_http_methods(["GET", "POST"])
def own_tokens(desk: Desk) -> HttpResponse:
    """List one's own tokens, and issue one: its key is shown once."""
    stores = desk.node.stores
    form = TokenForm(desk.POST or None, permitted=permissions_of(desk.actor.roles))
    if desk.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            key = issue_token(
                owner=desk.actor.name,
                name=given["name"],
                scopes=tuple(given["scopes"]),
                days=given["days"],
                actor=desk.actor,
                stores=stores,
                clock=desk.node.clock,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return page(desk, "web/tokens/key.html", key=key, name=given["name"])
    good, ended = told(stores.tokens.of(desk.actor.name), desk.node.clock.now())
    return page(desk, "web/tokens/tokens.html", 422 if form.errors else 200, form=form, good=good, ended=ended)


@needs()
@require_POST
def revoke(desk: Desk, number: int) -> HttpResponse:
    """Make a token worthless: one's own, or anyone's as administrator."""
    owner = desk.node.stores.tokens.get(number).owner
    revoke_token(token=number, actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock)
    tell(desk, "web.tokens.revoked", number=number, name=owner)
    return redirect("own_tokens" if owner == desk.actor.name else "accounts")


def told(tokens: Sequence[Token], now: datetime) -> tuple[list[Token], list[Token]]:
    """Return the tokens that are good, and those that ended or were revoked, each the newest first."""
    good = [each for each in tokens if not each.revoked_at and datetime.fromisoformat(each.expires_at) > now]
    return good[::-1], [each for each in tokens if each not in good][::-1]
