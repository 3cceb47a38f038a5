from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tracemark.authorities import (
    Account,
    Permission,
    Role,
    change_account,
    give_password,
    open_account,
    reset_factors,
    ruled_out,
)
from tracemark.kernel import Refused
from tracemark.web.access import Desk, needs
from tracemark.web.forms import DeskForm, choices
from tracemark.web.pages import page, tell
from tracemark.web.said import said, say, term
from tracemark.web.tokens import told

_NAMED = 3


class AccountForm(DeskForm):
    """For which agency an account acts, and in which roles."""

    authority = forms.ChoiceField(label=said("web.accounts.authority"))
    roles = forms.MultipleChoiceField(
        label=said("web.accounts.roles"),
        help_text=said("web.accounts.roles_hint"),
        required=False,
        choices=choices(Role, "authorities.role"),
        widget=forms.CheckboxSelectMultiple,
    )
    is_active = forms.BooleanField(label=said("web.accounts.active"), required=False)

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].choices = agencies  # type: ignore[attr-defined]
        asked = self["roles"].value() if self.is_bound else ()
        self._ruled_out = ruled_out(asked or ())
        if self._ruled_out:
            self.fields["knowingly"] = forms.BooleanField(label=said("web.accounts.knowingly"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self._ruled_out and not cleaned.pop("knowingly", False):
            for role, lost in self._ruled_out.items():
                self.add_error("roles", _said_ruled_out(role, lost))
        return cleaned


def _said_ruled_out(role: Role, lost: Sequence[Permission]) -> str:
    named = say("wording.list_comma").join(term(each, "authorities.permission") for each in lost[:_NAMED])
    return say("web.accounts.rules_out", role=term(role, "authorities.role"), permissions=named)


class NewAccountForm(AccountForm):
    """An account to be opened. Its name is never a person's full name."""

    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{1,63}$",
        label=said("web.accounts.username"),
        help_text=said("web.accounts.username_hint"),
        error_messages={"invalid": said("web.accounts.not_a_username")},
        widget=forms.TextInput(attrs={"class": "short", "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("username", "authority", "roles")

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, agencies=[("", say("web.accounts.choose_agency")), *agencies], **kwargs)
        del self.fields["is_active"]

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if get_user_model().objects.filter(username=name).exists():
            raise forms.ValidationError(said("web.accounts.taken"))
        return name


@needs(Permission.USERS_MANAGE)
def accounts(desk: Desk) -> HttpResponse:
    """List the accounts: for which agency, in which roles, and when they last signed in."""
    listed = get_user_model().objects.order_by("username")
    factors = set(listed.filter(authenticator__type__in=("totp", "webauthn")).values_list("pk", flat=True))
    return page(desk, "web/accounts/accounts.html", accounts=listed, factors=factors)


@needs(Permission.USERS_MANAGE)
@require_http_methods(["GET", "POST"])
def new_account(desk: Desk) -> HttpResponse:
    """Open an account, and show once the password by which its owner signs in for the first time."""
    form = NewAccountForm(desk.POST or None, agencies=_agencies(desk))
    if desk.method == "POST" and form.is_valid():
        given = form.cleaned_data
        password = open_account(
            account=Account(given["username"], given["authority"], frozenset(given["roles"])),
            actor=desk.actor,
            stores=desk.node.stores,
            clock=desk.node.clock,
        )
        made = get_user_model().objects.get_by_natural_key(given["username"])
        return page(desk, "web/accounts/password.html", account=made, password=password)
    return page(desk, "web/accounts/new_account.html", 422 if form.errors else 200, form=form)


@needs(Permission.USERS_MANAGE)
@require_http_methods(["GET", "POST"])
def account(desk: Desk, number: int) -> HttpResponse:
    """Change an account's agency, roles and whether it may sign in; give it a new password, reset its second factor."""
    known = get_user_model().objects.filter(pk=number).first()
    if known is None:
        raise Http404
    if desk.method == "POST" and ("password" in desk.POST or "factors" in desk.POST):
        give = give_password if "password" in desk.POST else reset_factors
        password = give(name=known.get_username(), actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock)
        return page(desk, "web/accounts/password.html", account=known, password=password)
    initial = {"authority": known.authority, "roles": known.roles, "is_active": known.is_active}
    form = AccountForm(desk.POST or None, initial=initial, agencies=_agencies(desk))
    if desk.method == "POST" and form.is_valid() and _changed(desk, known.get_username(), form):
        return redirect("accounts")
    good, _ = told(desk.node.stores.tokens.of(known.get_username()), desk.node.clock.now())
    return page(desk, "web/accounts/account.html", 422 if form.errors else 200, form=form, account=known, tokens=good)


def _changed(desk: Desk, name: str, form: AccountForm) -> bool:
    """Make the account as the form says, and tell; what is refused stands in the form."""
    given = form.cleaned_data
    account = Account(name, given["authority"], frozenset(given["roles"]), given["is_active"])
    try:
        change_account(account=account, actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock)
    except Refused as refused:
        form.refuse(refused)
        return False
    tell(desk, "web.accounts.changed", name=name)
    return True


def _agencies(desk: Desk) -> list[tuple[str, str]]:
    listed = sorted(desk.node.stores.agencies.all(), key=lambda each: each.code)
    return [(each.code, f"{each.code} · {each.name}") for each in listed]
