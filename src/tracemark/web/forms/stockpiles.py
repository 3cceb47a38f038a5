from collections.abc import Iterable
from typing import Any

from django import forms

from tracemark.kernel import PartialDate
from tracemark.recordkeeping import EventKind
from tracemark.stockpiles import (
    MOST_LINES,
    NO,
    YES,
    Conclusion,
    Covers,
    Criteria,
    Function,
    Look,
    MissingReport,
    Occasion,
    Plan,
    Reason,
    Site,
    SiteTold,
    destruction_methods,
    lines_of,
    risk_questions,
)
from tracemark.weapons import WeaponId, catalogue, parse_weapon, weapon_text
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import LARGEST, PartialDateField, choices
from tracemark.web.forms.marking import WeaponsField
from tracemark.web.forms.recoveries import KeptPhotosField, PhotosField
from tracemark.web.said import said, say

CODE = {"class": "mark", "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
_LINES_LONG = 200_000


def detail_field(name: str, *, required: bool = False, long: bool = False, **given: Any) -> forms.CharField:
    """Return the field of one plain detail, named as the record names it."""
    widget: forms.Widget = forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput()
    return forms.CharField(
        label=said(f"recordkeeping.detail_{name}"),
        required=required,
        max_length=1000 if long else 200,
        widget=given.pop("widget", widget),
        **given,
    )


def _coded(name: str, *, required: bool = False) -> forms.CharField:
    return detail_field(
        name, required=required, widget=forms.TextInput(attrs=CODE), help_text=said("web.forms.holder_hint")
    )


def day_field(name: str, *, required: bool = True) -> PartialDateField:
    """Return the field of a day, named as the record names it."""
    return PartialDateField(
        label=said(f"recordkeeping.detail_{name}"), required=required, help_text=said("web.forms.date_hint")
    )


def _day_text(value: PartialDate | None) -> str:
    """Return a day by which something is due, as the record writes it: of a month or a year, the last."""
    return value.last.isoformat() if value else ""


class LinesField(forms.CharField):
    """One weapon a line, as a scanner writes them; cleaned, the lines."""

    def __init__(self, **given: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 12, "inputmode": "text", **CODE})
        super().__init__(widget=widget, max_length=_LINES_LONG, strip=False, **given)

    def clean(self, value: object) -> list[str]:
        found = lines_of(super().clean(value))
        if len(found) > MOST_LINES:
            raise forms.ValidationError(say("stockpiles.too_many_lines", count=len(found), most=MOST_LINES))
        return found


class SiteForm(DeskForm):
    """What a site is, and the answers to the questions of its risk."""

    place = detail_field("place", required=True)
    function = forms.ChoiceField(
        label=said("recordkeeping.detail_function"), choices=choices(Function, "stockpiles.function")
    )
    office = _coded("office")
    keeper = detail_field("keeper", help_text=said("web.sites.keeper_hint"), widget=forms.TextInput(attrs=CODE))
    racks = detail_field("racks", help_text=said("web.sites.racks_hint"), long=True)
    every_days = forms.IntegerField(
        label=said("recordkeeping.detail_every_days"),
        min_value=0,
        max_value=3660,
        help_text=said("web.sites.days_hint"),
    )
    note = detail_field("note", long=True)

    def __init__(self, *args: Any, site: Site | None = None, **kwargs: Any) -> None:
        """`site`: as it stands, where it is described anew."""
        super().__init__(*args, initial=_site_initial(site) if site else {"every_days": 180}, **kwargs)
        for each in risk_questions():
            self.fields[f"risk_{each.code}"] = forms.ChoiceField(
                label=f"{say(f'stockpiles.risk_{each.code}')} ({each.source})",
                required=False,
                choices=choices((YES, NO), "web.sites.answer", any_code="web.words.unknown"),
            )

    def told(self) -> SiteTold:
        """Return what was filled in."""
        given = self.cleaned_data
        answers = {each.code: given[f"risk_{each.code}"] for each in risk_questions() if given[f"risk_{each.code}"]}
        return SiteTold(
            place=given["place"],
            office=given["office"],
            keeper=given["keeper"],
            function=Function(given["function"]),
            racks=list(dict.fromkeys(lines_of(given["racks"]))),
            every_days=given["every_days"],
            note=given["note"],
            answers=answers,
        )


def _site_initial(site: Site) -> dict[str, object]:
    names = ("place", "office", "keeper", "every_days", "note")
    answers = {f"risk_{code}": answer for code, answer in site.answers.items()}
    told = {"function": site.function.value, "racks": "\n".join(site.racks), **answers}
    return {**{name: getattr(site, name) for name in names}, **told}


class RackForm(DeskForm):
    """Something that lies in a rack of a site, or in none."""

    rack = forms.ChoiceField(label=said("recordkeeping.detail_rack"), required=False)

    def __init__(self, *args: Any, racks: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rack"].choices = [("", said("web.words.none")), *((each, each) for each in racks)]  # type: ignore[attr-defined]


class PutForm(RackForm):
    """Which weapons are put into a site, and in which rack."""

    lines = LinesField(label=said("web.sites.lines"), help_text=said("web.sites.lines_hint"))


class CountForm(DeskForm):
    """Why a site is counted now, and by when."""

    reason = detail_field("reason")
    due = day_field("due", required=False)

    def due_text(self) -> str:
        """Return the day as the record writes it."""
        return _day_text(self.cleaned_data["due"])


class LookForm(DeskForm):
    """What a counter saw in one pass: where, on what, and each weapon a line."""

    where = forms.ChoiceField(label=said("recordkeeping.detail_covers"))
    on = forms.ChoiceField(
        label=said("web.counts.on"),
        initial="screen",
        choices=choices(("screen", "paper"), "web.counts.on"),
        widget=forms.RadioSelect,
        help_text=said("web.counts.on_hint"),
    )
    lines = LinesField(label=said("web.counts.lines"), help_text=said("web.sites.lines_hint"), required=False)

    def __init__(self, *args: Any, racks: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        looks = [
            ("site", said("stockpiles.covers_site")),
            *((f"rack:{each}", each) for each in racks),
            ("rack:", said("web.counts.no_rack")),
            ("nothing", said("stockpiles.covers_nothing")),
        ]
        self.fields["where"].choices = looks  # type: ignore[attr-defined]

    def look(self, since: int) -> Look:
        """Return the pass; on a screen it began at `since`, on paper nobody knows when since the count was opened."""
        covers, _, rack = self.cleaned_data["where"].partition(":")
        begun = since if self.cleaned_data["on"] == "screen" else None
        return Look(self.cleaned_data["lines"], Covers(covers), rack, begun)


class NoteForm(DeskForm):
    """Some words on a step."""

    note = detail_field("note", long=True)


class ReasonForm(DeskForm):
    """Why something is given up."""

    reason = detail_field("reason", required=True)


class InvestigationForm(DeskForm):
    """What an investigation is about that no count asked for."""

    reason = forms.ChoiceField(
        label=said("recordkeeping.detail_reason"),
        choices=choices((each for each in Reason if each is not Reason.VARIANCE), "stockpiles.reason"),
    )
    site = detail_field("site", widget=forms.TextInput(attrs=CODE))
    weapons = WeaponsField(label=said("recordkeeping.detail_absent"), help_text=said("web.stockpiles.weapons_hint"))
    note = detail_field("note", required=True, long=True)

    def occasion(self) -> Occasion:
        """Return what was typed as the room knows it."""
        given = self.cleaned_data
        return Occasion(Reason(given["reason"]), given["weapons"], given["site"], given["note"])


class FindingNoteForm(DeskForm):
    """What an investigation brought out, and by when it ends."""

    note = detail_field("note", required=True, long=True)
    due = day_field("due", required=False)

    def due_text(self) -> str:
        """Return the day as the record writes it."""
        return _day_text(self.cleaned_data["due"])


class MissingForm(DeskForm):
    """Which of the missing weapons are lost or stolen, and what is known of it."""

    kind = forms.ChoiceField(
        label=said("web.investigations.kind"),
        choices=choices((EventKind.LOST, EventKind.STOLEN), "recordkeeping.kind"),
        widget=forms.RadioSelect,
    )
    weapons = forms.MultipleChoiceField(label=said("recordkeeping.detail_absent"), widget=forms.CheckboxSelectMultiple)
    happened = day_field("happened")
    reported_on = day_field("reported_on")
    place = detail_field("place")
    circumstances = detail_field("circumstances", long=True)

    def __init__(self, *args: Any, weapons: Iterable[WeaponId], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = [weapon_text(each) for each in weapons]
        self.fields["weapons"].choices = [(each, each) for each in texts]  # type: ignore[attr-defined]

    def report(self) -> MissingReport:
        """Return the report."""
        given = self.cleaned_data
        weapons = [parse_weapon(each) for each in given["weapons"]]
        kind, days = EventKind(given["kind"]), (given["happened"], given["reported_on"])
        return MissingReport(weapons, kind, *days, given["place"], given["circumstances"])


class ConclusionForm(DeskForm):
    """What an investigation found."""

    finding = forms.ChoiceField(
        label=said("recordkeeping.detail_finding"), choices=choices(Conclusion, "stockpiles.conclusion")
    )
    note = detail_field("note", long=True)


class SurplusForm(DeskForm):
    """Whose weapons are looked at, and what makes them surplus."""

    every_field_optional = True
    holder = _coded("holder")
    made_before = forms.IntegerField(
        label=said("web.surplus.made_before"), required=False, min_value=1700, max_value=2100
    )
    kind = forms.ChoiceField(label=said("web.surplus.kind"), required=False)
    calibre = forms.CharField(label=said("web.surplus.calibre"), required=False, max_length=60)
    ceiling_kind = forms.ChoiceField(label=said("web.surplus.ceiling_kind"), required=False)
    ceiling = forms.IntegerField(label=said("web.surplus.ceiling"), required=False, min_value=0, max_value=LARGEST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = choices(sorted(catalogue().kinds), "weapons.kind", any_code="web.words.none")
        for name in ("kind", "ceiling_kind"):
            self.fields[name].choices = kinds  # type: ignore[attr-defined]

    def criteria(self) -> Criteria:
        """Return the criteria."""
        given = self.cleaned_data
        ceiling = given["ceiling_kind"] and given["ceiling"] is not None
        return Criteria(
            made_before=given["made_before"],
            calibres=frozenset({given["calibre"]} - {""}),
            kinds=frozenset({given["kind"]} - {""}),
            ceilings={given["ceiling_kind"]: given["ceiling"]} if ceiling else {},
        )


class PlanForm(DeskForm):
    """Which weapons are to be destroyed, how, where and why."""

    weapons = WeaponsField(label=said("recordkeeping.detail_concerned"), help_text=said("web.stockpiles.weapons_hint"))
    method = forms.ChoiceField(label=said("recordkeeping.detail_method"))
    place = detail_field("place", required=True)
    reason = detail_field("reason")
    due = day_field("due", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = method_choices()  # type: ignore[attr-defined]

    def plan(self) -> Plan:
        """Return the plan."""
        given = self.cleaned_data
        return Plan(given["weapons"], given["method"], given["place"], given["reason"], _day_text(given["due"]))


def method_choices() -> list[tuple[str, str]]:
    """Return the methods of destruction, each with its source and, where weapons remain, a warning."""
    return [
        (
            each.code,
            say(
                f"web.destructions.leaves_{each.leaves}",
                method=say(f"stockpiles.method_{each.code}"),
                source=each.source,
            ),
        )
        for each in destruction_methods().values()
    ]


class DeedForm(DeskForm):
    """When and where a plan was carried out, with pictures that show it."""

    happened = day_field("happened")
    place = detail_field("place", required=True)
    photos = PhotosField(
        label=said("recordkeeping.detail_photos"), help_text=said("web.recoveries.photos_hint"), required=False
    )
    kept = KeptPhotosField()
    note = detail_field("note", long=True)
