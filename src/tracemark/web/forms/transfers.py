import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms

from tracemark.kernel import PartialDate
from tracemark.transfers import (
    Answer,
    Application,
    Assessment,
    Authorises,
    Journey,
    Party,
    PartyRole,
    Reply,
    Risk,
    asked,
    questions,
)
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import PartialDateField, choices
from tracemark.web.forms.goods import GoodsField, goods_text
from tracemark.web.forms.items import ItemsForm
from tracemark.web.said import said, say, term

_MARK = {"class": "mark", "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
_SHORT = {"class": "short mark", "dir": "ltr", "autocomplete": "off"}
_STATED = re.compile(r"(?P<name>.*?)\s*\((?P<state>[A-Z]{2})\)")


def day_field(code: str, *, required: bool = True) -> forms.DateField:
    """A day of the calendar."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "dir": "ltr"})
    return forms.DateField(label=said(code), input_formats=["%Y-%m-%d"], widget=widget, required=required)


def state_field(code: str, *, required: bool = True) -> forms.RegexField:
    """A State by its code."""
    return forms.RegexField(
        "^[A-Z]{2}$",
        label=said(code),
        help_text=said("web.forms.state_hint"),
        error_messages={"invalid": said("web.forms.not_a_state")},
        widget=forms.TextInput(attrs=_SHORT),
        required=required,
    )


def text_field(code: str, *, hint: str = "", required: bool = True, most: int = 200) -> forms.CharField:
    """A line of text."""
    return forms.CharField(label=said(code), help_text=said(hint) if hint else "", required=required, max_length=most)


def long_field(code: str, *, hint: str = "", required: bool = True) -> forms.CharField:
    """A text of several lines."""
    field = text_field(code, hint=hint, required=required, most=2000)
    field.widget = forms.Textarea(attrs={"rows": 3})
    return field


def token_field(*, required: bool = True) -> forms.CharField:
    """What the QR code of a certificate holds."""
    return forms.CharField(
        label=said("web.transfers.token"),
        help_text=said("web.transfers.token_hint"),
        required=required,
        max_length=16_384,
        widget=forms.Textarea(attrs={"rows": 4, **_MARK}),
    )


def key_field(*, required: bool = True) -> forms.CharField:
    """The public key of the State that gave a certificate."""
    return forms.CharField(
        label=said("web.transfers.key"),
        help_text=said("web.transfers.key_hint"),
        required=required,
        max_length=300,
        widget=forms.TextInput(attrs=_MARK),
    )


class LicenceForm(DeskForm):
    """What is asked for."""

    authorises = forms.ChoiceField(
        label=said("web.transfers.authorises"), choices=choices(Authorises, "transfers.authorises")
    )
    applicant = text_field("web.transfers.applicant", hint="web.transfers.holder_hint")
    from_state = state_field("web.transfers.from_state")
    to_state = state_field("web.transfers.to_state")
    goods = GoodsField(label=said("web.transfers.goods"), help_text=said("web.transfers.goods_hint"))
    end_user = text_field("transfers.role_end_user", hint="web.transfers.party_hint", required=False)
    consignee = text_field("transfers.role_consignee", required=False)
    maker = text_field("transfers.role_maker", required=False)
    broker = text_field("transfers.role_broker", required=False)
    carrier = text_field("transfers.role_carrier", required=False)
    financier = text_field("transfers.role_financier", required=False)
    supplier = text_field("transfers.role_supplier", hint="web.transfers.supplier_hint", required=False)
    origin_state = state_field("web.transfers.origin_state", required=False)
    needs_consent = forms.BooleanField(label=said("web.transfers.needs_consent"), required=False)
    route = text_field("web.transfers.route", hint="web.transfers.route_hint", required=False)
    end_use = long_field("web.transfers.end_use", required=False)
    valid_from = day_field("web.transfers.valid_from")
    valid_until = day_field("web.transfers.valid_until")
    due = day_field("web.transfers.decide_by", required=False)
    note = text_field("web.transfers.note", required=False)

    def application(self) -> Application:
        """Return what was typed as the room knows it."""
        given = self.cleaned_data
        told = {name: given[name] for name in _PLAIN}
        told["authorises"] = Authorises(told["authorises"])
        parties = tuple(_party(role, given[role.value]) for role in PartyRole if given[role.value])
        return Application(parties=parties, route=tuple(given["route"].upper().split()), **told)

    def field_of(self, finding: Any) -> str | None:  # noqa: ANN401 - as its base has it
        """Put what is wrong with parties beside the party that is missing."""
        beside = {"transfers.broker_unnamed": "broker", "transfers.arranged_unnamed": "supplier"}
        named = finding.facts.get("field")
        return beside.get(finding.code, "end_user") if named == "parties" else super().field_of(finding)


_PLAIN = (
    *("authorises", "applicant", "from_state", "to_state", "goods", "valid_from", "valid_until", "end_use"),
    *("origin_state", "needs_consent"),
)


def licence_begun(application: Application) -> dict[str, Any]:
    """Return an application as the form begins with it."""
    told = {name: getattr(application, name) for name in _PLAIN}
    parties = {
        each.role.value: f"{each.name} ({each.state})" if each.state else each.name for each in application.parties
    }
    return {**told, **parties, "route": " ".join(application.route), "goods": goods_text(application.goods)}


class NotificationForm(DeskForm):
    """By which note the State that exported the goods first was notified, and by when it may answer."""

    number = text_field("web.transfers.note_number", required=False, most=120)
    due = day_field("web.transfers.answer_by", required=False)
    note = text_field("web.transfers.note", required=False)


class ConsentForm(DeskForm):
    """What that State answered."""

    consents = forms.ChoiceField(
        label=said("web.transfers.answer"), choices=choices(("consents", "refuses"), "web.transfers.answer")
    )
    number = text_field("web.transfers.note_number", most=120)
    note = text_field("web.transfers.note", required=False)


class AssessmentForm(DeskForm):
    """An answer to each question, with reason and mitigation, and the risk on the whole."""

    risk = forms.ChoiceField(
        label=said("web.transfers.risk"), choices=choices(Risk, "transfers.risk", any_code="web.transfers.not_answered")
    )
    reason = long_field("web.transfers.risk_reason")

    def __init__(self, *args: Any, authorises: Authorises, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed = asked(authorises)
        for each in questions():
            text = term(each.code, "transfers.question")
            self.fields[f"reply_{each.code}"] = forms.ChoiceField(
                label=text,
                required=each.code in needed,
                choices=choices(Reply, "transfers.reply", any_code="web.transfers.not_answered"),
            )
            for part, code in (("reason", "web.transfers.why"), ("mitigation", "web.transfers.mitigation")):
                field = text_field(code, required=False, most=600)
                field.widget = forms.TextInput(attrs={"aria-label": f"{say(code)}: {text}", "maxlength": 600})
                self.fields[f"{part}_{each.code}"] = field

    @property
    def rows(self) -> Iterator[tuple[Any, Any, Any, Any]]:
        """Each question with its three fields, as the page lays them out."""
        for each in questions():
            yield each, self[f"reply_{each.code}"], self[f"reason_{each.code}"], self[f"mitigation_{each.code}"]

    def assessment(self) -> Assessment:
        """Return the answers that were given."""
        given = self.cleaned_data
        answers = (
            Answer(each.code, Reply(reply), given[f"reason_{each.code}"], given[f"mitigation_{each.code}"])
            for each in questions()
            if (reply := given[f"reply_{each.code}"])
        )
        return Assessment(tuple(answers), Risk(given["risk"]), given["reason"])


class ReasonForm(DeskForm):
    """A reason, which stays on record."""

    reason = long_field("web.transfers.reason")


class AdviceForm(ReasonForm):
    """To grant or not, and why."""

    advice = forms.ChoiceField(
        label=said("web.transfers.advice"),
        choices=choices(("grant", "refuse"), "transfers.advice", any_code="web.transfers.not_answered"),
    )
    field_order = ("advice", "reason")


class ApprovalForm(ReasonForm):
    """Why it is granted, under which exemption, and in spite of what."""

    exemption = text_field("web.transfers.exemption", hint="web.transfers.exemption_hint", required=False)
    override = text_field("web.transfers.override", hint="web.transfers.override_hint", required=False, most=1000)


class IssueForm(DeskForm):
    """The end-user certificate a licence rests on, or why it rests on none."""

    token = token_field(required=False)
    key = key_field(required=False)
    waiver = text_field("web.transfers.waiver", required=False, most=600)


class CheckForm(DeskForm):
    """Another State's certificate, the key it signs under, and the day on which it ought to be good."""

    token = token_field()
    key = key_field()
    on = day_field("web.transfers.on")


class PackForm(ItemsForm):
    """What goes onto the packing list."""


class OnForm(DeskForm):
    """When something happened, known to the day."""

    on = PartialDateField(label=said("web.transfers.on"), help_text=said("web.forms.date_hint"))

    def when(self) -> PartialDate:
        """Return the day."""
        given: PartialDate = self.cleaned_data["on"]
        return given


class ShipForm(OnForm):
    """When and where it left, and when it ought to come."""

    place = text_field("web.transfers.place", required=False)
    due = day_field("web.transfers.due", required=False)


class PassageForm(OnForm):
    """A place that was passed."""

    place = text_field("web.transfers.locode", hint="web.transfers.route_hint", most=5)
    note = text_field("web.transfers.note", required=False)


class ReceiptForm(ItemsForm, OnForm):
    """What came, and where."""

    place = text_field("web.transfers.place", required=False)


class MirrorForm(ItemsForm, OnForm):
    """What the other side reports."""

    reported_by = state_field("web.transfers.reported_by")


class VerificationForm(OnForm):
    """The other authority's certificate of delivery."""

    number = text_field("web.transfers.verification_number", most=120)
    note = text_field("web.transfers.note", required=False)


class VisitForm(OnForm):
    """A visit after the shipment."""

    place = text_field("web.transfers.place")
    note = long_field("web.transfers.seen", required=False)


class JourneyForm(DeskForm):
    """Who sends to whom."""

    licence = forms.RegexField(
        r"^EL-\d{4}-\d{6}$",
        label=said("web.transfers.licence"),
        help_text=said("web.transfers.licence_hint"),
        error_messages={"invalid": said("web.transfers.not_a_licence")},
        required=False,
        widget=forms.TextInput(attrs=_SHORT),
    )
    sender = text_field("web.transfers.sender", hint="web.transfers.holder_hint")
    receiver = text_field("web.transfers.receiver", hint="web.transfers.holder_hint")
    carrier = text_field("transfers.role_carrier", required=False)
    route = text_field("web.transfers.route", hint="web.transfers.route_hint", required=False)
    due = day_field("web.transfers.due", required=False)
    note = text_field("web.transfers.note", required=False)

    def journey(self) -> Journey:
        """Return what was typed as the room knows it."""
        told = {**self.cleaned_data, "due": iso(self.cleaned_data["due"])}
        return Journey(**{**told, "route": tuple(self.cleaned_data["route"].upper().split())})

    def field_of(self, finding: Any) -> str | None:  # noqa: ANN401 - as its base has it
        """Put what is wrong with a place beside the route."""
        return "route" if finding.facts.get("field") == "place" else super().field_of(finding)


def _party(role: PartyRole, text: str) -> Party:
    stated = _STATED.fullmatch(text.strip())
    return Party(role, stated["name"], stated["state"]) if stated else Party(role, text.strip())


def iso(day: date | None) -> str:
    """Write a day as the record does; "" for none."""
    return day.isoformat() if day else ""
