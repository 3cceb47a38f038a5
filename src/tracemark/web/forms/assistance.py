from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracemark.assistance import (
    OUTCOMES,
    STAGES,
    Ask,
    AwardTerms,
    Beneficiaries,
    BudgetLine,
    FundingCall,
    Help,
    Offer,
)
from tracemark.reporting import published_scheme
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import LARGEST, choices
from tracemark.web.forms.targets import CitationField, DayField, ListField
from tracemark.web.said import said, say

_CODE = {"class": "mark", "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
_SEPARATOR = " | "


def _line(
    code: str, *, required: bool = False, coded: bool = False, longest: int = 200, hint: bool = False
) -> forms.CharField:
    return forms.CharField(
        label=said(f"web.assistance.{code}"),
        help_text=said(f"web.assistance.{code}_hint") if hint else "",
        required=required,
        max_length=longest,
        widget=forms.TextInput(attrs=_CODE if coded else None),
    )


def _long(code: str, *, required: bool = False, rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=said(f"web.assistance.{code}"), required=required, max_length=2000, widget=widget)


def _whole(code: str, *, required: bool = False, least: int = 0, most: int = LARGEST) -> forms.IntegerField:
    return forms.IntegerField(
        label=said(f"web.assistance.{code}"),
        required=required,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "class": "short", "autocomplete": "off"}),
    )


def _ticks(code: str, listed: Iterable[str], family: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=said(f"web.assistance.{code}"), choices=choices(listed, family), widget=forms.CheckboxSelectMultiple
    )


def _themes() -> forms.MultipleChoiceField:
    return _ticks("themes", [each.id for each in published_scheme().themes], "reporting.theme")


class LinesField(forms.CharField):
    """What the money is for, one a line: `what | amount`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), **kwargs)

    def clean(self, value: object) -> tuple[BudgetLine, ...]:
        return tuple(_budget_line(each.strip()) for each in super().clean(value).splitlines() if each.strip())


class CallsField(forms.CharField):
    """Calls, one a line: `name | opens | closes`, and the budget of the call where it has its own."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=4000, widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}), **kwargs)

    def clean(self, value: object) -> tuple[FundingCall, ...]:
        return tuple(_call(each.strip()) for each in super().clean(value).splitlines() if each.strip())


def _budget_line(line: str) -> BudgetLine:
    what, _, amount = (part.strip() for part in line.rpartition("|"))
    number = _number(amount)
    if not what or number is None:
        raise ValidationError(say("assistance.line_unfit", line=line))
    return BudgetLine(what, number)


def _call(line: str) -> FundingCall:
    name, *rest = (part.strip() for part in line.split("|"))
    try:
        opens, closes, *money = rest
        budget = _number(money[0]) if money else None
        return FundingCall(name, date.fromisoformat(opens), date.fromisoformat(closes), budget)
    except ValueError as error:
        raise ValidationError(say("assistance.call_unreadable", line=line)) from error


def _number(text: str) -> int | None:
    plain = text.replace(" ", "").replace("\u00a0", "")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < len(str(LARGEST)) else None


class AskForm(DeskForm):
    """What is asked for."""

    title = _line("title_of_request", required=True)
    commitment = CitationField(label=said("web.targets.commitment"), help_text=said("web.targets.commitment_hint"))
    themes = _themes()
    helps = _ticks("helps", Help, "assistance.help")
    stage = forms.ChoiceField(
        label=said("web.assistance.stage"),
        required=False,
        choices=choices(STAGES, "recordkeeping.stage", any_code="web.assistance.all_stages"),
    )
    need = _long("need", required=True, rows=5)
    lines = LinesField(label=said("web.assistance.lines"), help_text=said("web.assistance.lines_hint"))
    currency = _line("currency", required=True, coded=True, longest=3)
    women = _whole("women_reached")
    men = _whole("men_reached")
    unstated = _whole("unstated")
    because = _line("because")
    partner = _line("partner")
    conditions = _long("conditions")
    programme = forms.ChoiceField(label=said("web.assistance.addressed_to"), required=False)
    target = _line("target", coded=True, longest=20)
    report = _line("report", coded=True, longest=20)
    gaps = ListField(
        label=said("web.targets.gaps"),
        help_text=said("web.targets.gaps_hint"),
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs=_CODE),
    )
    signal = _line("signal", coded=True, longest=20)

    def __init__(self, *args: Any, programmes: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", say("web.assistance.no_programme")), *programmes]
        self.fields["programme"].choices = offered  # type: ignore[attr-defined]

    def ask(self) -> Ask:
        """Return what was filled in."""
        given = self.cleaned_data
        texts = ("title", "need", "stage", "partner", "conditions", "target", "report", "signal", "programme")
        return Ask(
            **{name: given[name] for name in texts},
            commitment=given["commitment"],
            themes=tuple(given["themes"]),
            helps=tuple(map(Help, given["helps"])),
            lines=given["lines"],
            currency=given["currency"].upper(),
            beneficiaries=Beneficiaries(given["women"], given["men"], given["unstated"], given["because"]),
            gaps=given["gaps"],
        )


def ask_initial(ask: Ask) -> dict[str, object]:
    """Return what is asked as a form shows it."""
    plain: dict[str, object] = {name: value for name, value in ask.plain().items() if isinstance(value, str)}
    people = ask.beneficiaries
    return plain | {
        "themes": list(ask.themes),
        "helps": [each.value for each in ask.helps],
        "lines": "\n".join(f"{each.what}{_SEPARATOR}{each.amount}" for each in ask.lines),
        "gaps": ", ".join(ask.gaps),
        "women": people.women,
        "men": people.men,
        "unstated": people.unstated,
        "because": people.reason,
    }


class AskRevisionForm(AskForm):
    """What is asked from now on, and why it changes."""

    reason = _long("reason", required=True)


class OfferForm(DeskForm):
    """What a programme offers."""

    title = _line("title_of_programme", required=True)
    donor = _line("donor", required=True)
    themes = _themes()
    helps = _ticks("helps", Help, "assistance.help")
    budget = _whole("budget", required=True, least=1)
    currency = _line("currency", required=True, coded=True, longest=3)
    least = _whole("least")
    most = _whole("most")
    share_percent = _whole("share_percent", least=1, most=100)
    calls = CallsField(label=said("web.assistance.calls"), help_text=said("web.assistance.calls_hint"))
    states = _line("states", coded=True, hint=True, longest=600)
    regions = _line("regions", coded=True, hint=True)
    whole_only = forms.BooleanField(label=said("web.assistance.whole_only"), required=False)
    needs_partner = forms.BooleanField(label=said("web.assistance.needs_partner"), required=False)
    needs_report = forms.BooleanField(label=said("web.assistance.needs_report"), required=False)
    eligibility = _long("eligibility")
    conditions = _long("conditions_of_programme")

    def offer(self) -> Offer:
        """Return what was filled in."""
        given = self.cleaned_data
        plain = ("title", "donor", "budget", "most", "calls", "whole_only", "needs_partner", "needs_report")
        return Offer(
            **{name: given[name] for name in (*plain, "eligibility", "conditions")},
            currency=given["currency"].upper(),
            themes=tuple(given["themes"]),
            helps=tuple(map(Help, given["helps"])),
            least=given["least"] or 0,
            share_percent=given["share_percent"] or 100,
            states=_codes(given["states"].upper()),
            regions=_codes(given["regions"]),
        )


class OfferRevisionForm(OfferForm):
    """What a programme offers from now on, and why it changes."""

    reason = _long("reason", required=True)


def offer_initial(offer: Offer) -> dict[str, object]:
    """Return an offer as a form shows it."""
    calls = (
        _SEPARATOR.join((each.name, each.opens.isoformat(), each.closes.isoformat()))
        + ("" if each.budget is None else f"{_SEPARATOR}{each.budget}")
        for each in offer.calls
    )
    plain: dict[str, object] = {**offer.plain()}
    return plain | {
        "themes": list(offer.themes),
        "helps": [each.value for each in offer.helps],
        "calls": "\n".join(calls),
        "states": ", ".join(offer.states),
        "regions": ", ".join(offer.regions),
    }


def _codes(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


class AwardForm(DeskForm):
    """What is proposed to be given."""

    request = _line("request", required=True, coded=True, longest=20)
    programme = forms.ChoiceField(label=said("web.assistance.programme"))
    amount = _whole("amount", required=True, least=1)
    currency = _line("currency", required=True, coded=True, longest=3)
    starts = DayField(label=said("web.assistance.starts"))
    ends = DayField(label=said("web.assistance.ends"))
    expects = _long("expects", required=True)
    reasons = _long("reasons")

    def __init__(self, *args: Any, programmes: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = list(programmes)  # type: ignore[attr-defined]

    def terms(self) -> AwardTerms:
        """Return what was filled in."""
        given = self.cleaned_data
        told = {
            name: given[name] for name in ("request", "programme", "amount", "starts", "ends", "expects", "reasons")
        }
        return AwardTerms(**told, currency=given["currency"].upper())


class NoteForm(DeskForm):
    """What is to be noted, if anything."""

    note = _long("note")


class ReasonForm(DeskForm):
    """Why something is done."""

    reason = _long("reason", required=True)


class NothingForm(DeskForm):
    """Nothing is asked."""


class SendForm(DeskForm):
    """To which node a request is sent."""

    to = forms.CharField(label=said("web.assistance.send_to"), max_length=200, widget=forms.Select())


class OutcomeForm(DeskForm):
    """What became of a request."""

    outcome = forms.ChoiceField(
        label=said("recordkeeping.detail_outcome"), choices=choices(OUTCOMES, "assistance.outcome")
    )
    note = _long("note")


class CloseForm(DeskForm):
    """What became of a request, and why it is closed."""

    outcome = forms.ChoiceField(
        label=said("recordkeeping.detail_outcome"), choices=choices(OUTCOMES, "assistance.outcome")
    )
    reason = _long("reason", required=True)


class PaymentForm(DeskForm):
    """Money that was paid."""

    amount = _whole("amount", required=True, least=1)
    on = DayField(label=said("web.targets.on"))
    note = _long("note")


class WorkDoneForm(DeskForm):
    """What was done with the money, and what it cost."""

    activity = _long("activity", required=True)
    amount = _whole("spent")
    on = DayField(label=said("web.targets.on"))


class ResultForm(DeskForm):
    """What came of a grant."""

    result = _long("result", required=True)
