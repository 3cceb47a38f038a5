from datetime import date
from typing import Any

from django import forms

from tracemark.transfers import Certificate, Denied, Embargo
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import choices
from tracemark.web.forms.goods import GoodsField, TextsField, goods_text
from tracemark.web.forms.transfers import (
    day_field,
    iso,
    long_field,
    state_field,
    text_field,
)
from tracemark.web.said import said

EXEMPTIONS = ("committee", "notified", "government", "un_mission", "protective")


class CertificateForm(DeskForm):
    """The ten elements of an end-user certificate of this State."""

    goods = GoodsField(label=said("web.transfers.goods"), help_text=said("web.transfers.goods_hint"))
    contract = text_field("web.transfers.contract")
    contract_on = day_field("web.transfers.contract_on", required=False)
    destination = state_field("web.transfers.destination")
    end_use = long_field("web.transfers.end_use")
    exporter = text_field("web.transfers.exporter")
    end_user = text_field("transfers.role_end_user", hint="web.transfers.organisation_hint")
    parties = TextsField(label=said("web.transfers.other_parties"), required=False)
    office = text_field("web.transfers.office", hint="web.transfers.office_hint")
    office_from = day_field("web.transfers.office_from")
    office_until = day_field("web.transfers.office_until")
    valid_until = day_field("web.transfers.valid_until")
    no_retransfer = forms.BooleanField(label=said("web.transfers.no_retransfer"), required=False, initial=True)
    undertakings = long_field("web.transfers.undertakings", required=False)

    def certificate(self, issuer: str, on: date) -> Certificate:
        """Return what was typed as the room knows it."""
        given = {**self.cleaned_data, "contract_on": iso(self.cleaned_data["contract_on"])}
        return Certificate(number="", issuer=issuer, issued_on=on, **given)


def certificate_begun(contents: Certificate) -> dict[str, Any]:
    """Return a certificate as the form begins with it."""
    told = {name: getattr(contents, name) for name in CertificateForm.base_fields}
    return {**told, "goods": goods_text(contents.goods), "parties": "\n".join(contents.parties)}


class UseForm(DeskForm):
    """Which licence of which State uses a certificate of ours."""

    by_state = state_field("web.transfers.by_state")
    number = text_field("web.transfers.used_for", most=120)


class DeniedForm(DeskForm):
    """A party to which nothing is to go."""

    name = text_field("web.transfers.name")
    person = forms.BooleanField(
        label=said("web.transfers.a_person"), help_text=said("web.transfers.is_person_hint"), required=False
    )
    aliases = TextsField(
        label=said("web.transfers.aliases"), help_text=said("web.transfers.aliases_hint"), required=False
    )
    state = state_field("web.transfers.state", required=False)
    reason = long_field("web.transfers.reason")
    source = text_field("web.transfers.source", required=False)

    def denied(self) -> Denied:
        """Return what was typed as the room knows it."""
        given = self.cleaned_data
        return Denied("", given["name"], given["aliases"], given["state"], given["reason"], given["person"])


class EmbargoForm(DeskForm):
    """An embargo of this State itself."""

    state = state_field("web.transfers.destination")
    since = day_field("web.transfers.since")
    until = day_field("web.transfers.until", required=False)
    symbol = text_field("web.transfers.symbol", most=120)
    scope = forms.ChoiceField(
        label=said("web.transfers.scope"), choices=choices(("all", "non_state"), "transfers.scope")
    )
    exemptions = forms.MultipleChoiceField(
        label=said("web.transfers.exemptions"),
        choices=choices(EXEMPTIONS, "transfers.exemption"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def embargo(self) -> Embargo:
        """Return what was typed as the room knows it."""
        given = self.cleaned_data
        return Embargo(
            "", given["state"], given["since"], given["until"], given["symbol"], given["scope"],
            tuple(given["exemptions"]),
        )  # fmt: skip


class LiftForm(DeskForm):
    """The last day of an embargo, and why it ends."""

    until = day_field("web.transfers.until")
    reason = long_field("web.transfers.reason")


class ScreenForm(DeskForm):
    """Names to be held against the listed parties."""

    names = TextsField(label=said("web.transfers.names"), help_text=said("web.transfers.names_hint"))
