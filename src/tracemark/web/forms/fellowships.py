from collections.abc import Mapping
from typing import Any

from django import forms

from tracemark.authorities import AgencyKind
from tracemark.fellowship import (
    FOLLOW_UPS,
    OUTCOMES,
    Cost,
    FollowUp,
    FundKind,
    Held,
    Identity,
    Nominee,
    Proposed,
    Source,
)
from tracemark.tracing import AGE_BANDS, Sex
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import choices
from tracemark.web.forms.targets import DayField, ListField, NumberField
from tracemark.web.said import said, term

_CODED = {"dir": "ltr", "class": "short mark", "autocomplete": "off", "spellcheck": "false"}
_LONGEST_CALL = 100_000
_KNOWN: Mapping[str, bool | None] = {"yes": True, "no": False, "unknown": None}


def _line(code: str, *, required: bool = True, coded: bool = False) -> forms.CharField:
    widget = forms.TextInput(attrs=_CODED if coded else {"autocomplete": "off"})
    return forms.CharField(label=said(code), required=required, max_length=200, widget=widget)


def _long(code: str, *, required: bool = False, hint: str = "") -> forms.CharField:
    widget, help_text = forms.Textarea(attrs={"rows": 3}), said(hint) if hint else ""
    return forms.CharField(label=said(code), help_text=help_text, required=required, max_length=1000, widget=widget)


def _day(code: str, *, required: bool = True) -> DayField:
    return DayField(label=said(code), required=required)


def _choice(code: str, listed: list[tuple[str, object]], *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=said(code), choices=listed, required=required)


def _names(code: str, hint: str = "") -> ListField:
    widget, help_text = forms.Textarea(attrs={"rows": 2, "dir": "ltr"}), said(hint) if hint else ""
    return ListField(label=said(code), help_text=help_text, required=False, max_length=4000, widget=widget)


class FundForm(DeskForm):
    """Where money comes from, and how much there is at the most."""

    title = _line("web.fellowship.fund_title")
    kind = _choice("web.fellowship.kind", choices(FundKind, "fellowship.kind"))
    donor = _line("fellowship.column_donor")
    ceiling = NumberField(label=said("fellowship.column_ceiling"))
    currency = _line("web.fellowship.currency", coded=True)
    first = _day("web.fellowship.fund_first")
    last = _day("web.fellowship.fund_last")
    conditions = _long("web.fellowship.conditions")

    def source(self) -> Source:
        """Return what was filled in."""
        given = self.cleaned_data
        return Source(**{**given, "kind": FundKind(given["kind"])})


class ReviseFundForm(FundForm):
    """A source of money as it is from now on, and why it changes."""

    reason = _long("web.fellowship.reason", required=True)

    def source(self) -> Source:
        """Return what was filled in, without the reason."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        return Source(**{**given, "kind": FundKind(given["kind"])})


class CallForm(DeskForm):
    """A call, as its file says it."""

    text = forms.CharField(
        label=said("web.fellowship.call_text"),
        help_text=said("web.fellowship.call_hint"),
        max_length=_LONGEST_CALL,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "dir": "ltr", "class": "mark", "spellcheck": "false"}),
    )


class NominationForm(DeskForm):
    """Whom a State nominates: who it is goes beside the record, the rest into it."""

    state = forms.RegexField(
        label=said("fellowship.column_state"),
        help_text=said("web.fellowship.state_hint"),
        regex="^[A-Z]{2}$",
        error_messages={"invalid": said("web.forms.not_a_state")},
        widget=forms.TextInput(attrs=_CODED),
    )
    name = _line("web.fellowship.person_name")
    post = _line("web.fellowship.post", required=False)
    contact = _line("web.fellowship.contact", required=False)
    agency = _choice(
        "web.fellowship.agency",
        choices(AgencyKind, "authorities.agency", any_code="web.words.unknown"),
        required=False,
    )
    sex = _choice("fellowship.column_sex", choices(Sex, "tracing.sex"))
    age_band = _choice("web.fellowship.age_band", choices(AGE_BANDS, "tracing.age"))
    languages = ListField(
        label=said("web.fellowship.languages"),
        help_text=said("web.fellowship.languages_hint"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs=_CODED),
    )
    earlier_fellow = _choice("web.fellowship.earlier_fellow", choices(_KNOWN, "web.fellowship.known"))
    first_choice = forms.BooleanField(label=said("fellowship.point_first_choice"), required=False)
    until = _day("web.fellowship.until", required=False)
    reason = _long("web.fellowship.blank_reason", hint="web.fellowship.blank_hint")

    def nominee(self) -> Nominee:
        """Return what the record keeps."""
        given = self.cleaned_data
        return Nominee(
            state=given["state"],
            agency=AgencyKind(given["agency"]) if given["agency"] else None,
            sex=Sex(given["sex"]),
            age_band=given["age_band"],
            languages=given["languages"],
            first_choice=given["first_choice"],
            earlier_fellow=_KNOWN[given["earlier_fellow"]],
            reason=given["reason"],
            until=given["until"],
        )

    def identity(self) -> Identity:
        """Return who it is."""
        return Identity(*(self.cleaned_data[name] for name in ("name", "post", "contact")))


class NominationElsewhereForm(NominationForm):
    """Whom this State nominates for a cohort of another node, by the names of both there."""

    to = forms.ChoiceField(label=said("web.fellowship.to_node"))
    cohort = _line("web.fellowship.their_cohort", coded=True)
    field_order = ("to", "cohort")


class WhyForm(DeskForm):
    """Why something is done."""

    reason = _long("web.fellowship.reason", required=True)


class MaybeWhyForm(DeskForm):
    """Why something is done, where that has to be said."""

    reason = _long("web.fellowship.reason", hint="web.fellowship.fill_hint")


class RecuseForm(WhyForm):
    """Whose interest is declared, and which."""

    account = _line("recordkeeping.detail_account", required=False)


class HoldForm(DeskForm):
    """A module that was held; fellows are named by their nominations, with commas between."""

    module = _line("web.fellowship.module", coded=True)
    on = _day("web.targets.on")
    present = _names("web.fellowship.present", "web.fellowship.names_hint")
    passed = _names("web.fellowship.passed")

    def held(self) -> Held:
        """Return what was filled in."""
        given = self.cleaned_data
        return Held(given["module"], given["on"], given["present"], given["passed"])


class CostForm(DeskForm):
    """What was spent, and for what."""

    amount = NumberField(label=said("web.fellowship.amount"))
    what = _line("web.fellowship.what")
    on = _day("web.targets.on")

    def cost(self) -> Cost:
        """Return what was filled in."""
        given = self.cleaned_data
        return Cost(given["on"], given["amount"], given["what"])


class FollowUpForm(DeskForm):
    """What became of the training."""

    month = _choice("fellowship.column_month", [(str(each), str(each)) for each in FOLLOW_UPS])
    on = _day("web.targets.on")
    in_post = _choice("web.fellowship.in_post", choices(_KNOWN, "web.fellowship.known"))
    applied = ListField(label=said("web.fellowship.applied"), required=False, max_length=200,
                        widget=forms.TextInput(attrs=_CODED))  # fmt: skip
    trained = forms.IntegerField(label=said("web.fellowship.trained"), min_value=0, max_value=100_000, initial=0)
    note = _long("web.fellowship.note", hint="web.fellowship.note_hint")

    def follow_up(self) -> FollowUp:
        """Return what was filled in."""
        given = self.cleaned_data
        known = _KNOWN[given["in_post"]]
        return FollowUp(int(given["month"]), given["on"], known, given["applied"], given["trained"], given["note"])


class DecideForm(DeskForm):
    """What is decided on each nomination, as proposed unless it says otherwise."""

    reason = _long("web.fellowship.reason", hint="web.fellowship.depart_hint")

    def __init__(self, *args: Any, proposal: Proposed, labels: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._proposed = {name: outcome for outcome in OUTCOMES for name in getattr(proposal, outcome)}
        for name, outcome in self._proposed.items():
            listed = choices(OUTCOMES, "recordkeeping.standing")
            self.fields[name] = forms.ChoiceField(label=labels[name], choices=listed, initial=outcome)
        self.order_fields([*self._proposed, "reason"])

    def departures(self) -> dict[str, str]:
        """Return what is decided otherwise than proposed."""
        given = {name: self.cleaned_data[name] for name in self._proposed}
        return {name: outcome for name, outcome in given.items() if outcome != self._proposed[name]}


class ContributionForm(DeskForm):
    """Further contributions that are tried."""

    contributions = ListField(label=said("web.fellowship.contributions"), required=False, max_length=200,
                              help_text=said("web.fellowship.contributions_hint"),
                              widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}))  # fmt: skip
    anew = forms.BooleanField(label=said("web.fellowship.anew"), required=False)


class FellowTokenForm(DeskForm):
    """A certificate's code and the key that is said to have signed it."""

    token = forms.CharField(label=said("web.fellowship.token"), max_length=20_000,
                            widget=forms.Textarea(attrs={"rows": 5, "dir": "ltr", "class": "mark"}))  # fmt: skip
    key = _line("web.fellowship.key", coded=True)


def nominee_label(name: str, state: str, standing: str) -> str:
    """Return what a nomination is called in a form."""
    return f"{name} · {state} · {term(standing, 'recordkeeping.standing')}"
