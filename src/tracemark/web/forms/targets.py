from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracemark.instruments import Level
from tracemark.kernel import Citation
from tracemark.reporting import figures
from tracemark.targets import (
    Activity,
    ActivityStatus,
    Aim,
    DevelopmentGoal,
    Direction,
    Funding,
    KpiReport,
    Observation,
    Plan,
    PlanKind,
    Told,
    Window,
    cell_of,
    cell_text,
    development_goal,
    held_citation,
    number_of,
)
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import choices
from tracemark.web.said import said, say

_CODE = {"class": "mark", "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
_LONGEST_PLAN = 500_000


class DayField(forms.CharField):
    """A day: `2026-05-31`."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "class": "short", "autocomplete": "off"})
        super().__init__(max_length=20, widget=widget, help_text=said("web.targets.day_hint"), **kwargs)

    def clean(self, value: object) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise ValidationError(said("web.forms.not_a_date")) from error


class NumberField(forms.CharField):
    """A number, with decimals or without: `1200.50`."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr", "class": "short", "autocomplete": "off"})
        super().__init__(max_length=40, widget=widget, **kwargs)

    def clean(self, value: object) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        if (found := number_of(text)) is None:
            raise ValidationError(say("cli.not_a_number", text=text))
        return found


class CitationField(forms.CharField):
    """A paragraph that the library of instruments holds: `PoA II.18`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=60, widget=forms.TextInput(attrs=_CODE), **kwargs)

    def clean(self, value: object) -> Citation | None:
        text = super().clean(value)
        if (found := held_citation(text)) is None:
            raise ValidationError(say("targets.commitment_unknown", commitment=text))
        return found


class ListField(forms.CharField):
    """Texts with commas between."""

    def clean(self, value: object) -> tuple[Any, ...]:
        return tuple(self.read(each) for part in super().clean(value).split(",") if (each := part.strip()))

    def read(self, text: str) -> object:
        """Return what one of them says."""
        return text


class CitationsField(ListField):
    """Paragraphs with commas between: `SDG 16.4, SDG 5.2`."""

    def read(self, text: str) -> Citation:
        if (found := held_citation(text)) is None:
            raise ValidationError(say("targets.commitment_unknown", commitment=text))
        return found


class CellField(forms.CharField):
    """A cell of a figure: `sex=female, body=police`."""

    def clean(self, value: object) -> tuple[tuple[str, str], ...]:
        text = super().clean(value)
        if (found := cell_of(text)) is None:
            raise ValidationError(say("targets.cell_unreadable", text=text))
        return found


class DevelopmentField(forms.CharField):
    """Goals of a development plan, one a line: `document | 2024-01-15 | goal`."""

    def clean(self, value: object) -> tuple[DevelopmentGoal, ...]:
        lines = [each.strip() for each in super().clean(value).splitlines() if each.strip()]
        read = {line: development_goal(line) for line in lines}
        for line, found in read.items():
            if found is None:
                raise ValidationError(say("targets.development_unfit", line=line))
        return tuple(each for each in read.values() if each)


def _list(code: str, kind: type[ListField] = ListField, room: str = "targets") -> ListField:
    return kind(
        label=said(f"web.{room}.{code}"),
        help_text=said(f"web.{room}.{code}_hint"),
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs=_CODE),
    )


def _line(
    code: str, *, required: bool = False, coded: bool = False, longest: int = 200, room: str = "targets"
) -> forms.CharField:
    widget = forms.TextInput(attrs=_CODE if coded else None)
    return forms.CharField(label=said(f"web.{room}.{code}"), required=required, max_length=longest, widget=widget)


def _long(code: str, *, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=said(f"web.targets.{code}"), required=required, max_length=1000, widget=widget)


class AimForm(DeskForm):
    """What a target asks."""

    title = _line("title_of_target", required=True)
    commitment = CitationField(label=said("web.targets.commitment"), help_text=said("web.targets.commitment_hint"))
    figure = forms.ChoiceField(label=said("web.targets.figure"), required=False)
    cell = CellField(
        label=said("web.targets.cell"),
        help_text=said("web.targets.cell_hint"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=_CODE),
    )
    share = forms.BooleanField(label=said("web.targets.share"), required=False)
    window = forms.ChoiceField(label=said("web.targets.window"), choices=choices(Window, "targets.window"))
    indicator = _line("indicator")
    unit = _line("unit", longest=40)
    baseline = NumberField(label=said("web.targets.baseline"))
    baseline_on = DayField(label=said("web.targets.baseline_on"))
    goal = NumberField(label=said("web.targets.goal"))
    due = DayField(label=said("web.targets.due"))
    direction = forms.ChoiceField(label=said("web.targets.direction"), choices=choices(Direction, "targets.direction"))
    level = forms.ChoiceField(
        label=said("web.targets.level"), choices=choices((Level.NATIONAL, Level.REGIONAL), "instruments.level")
    )
    responsible = _line("responsible", required=True, coded=True)
    cost = NumberField(label=said("web.targets.cost"), required=False)
    currency = _line("currency", coded=True, longest=3)
    funding = forms.ChoiceField(label=said("web.targets.funding"), choices=choices(Funding, "targets.funding"))
    funding_source = _line("funding_source")
    request = _line("request")
    gaps = _list("gaps")
    serves = _list("serves", CitationsField)
    development = DevelopmentField(
        label=said("web.targets.development"),
        help_text=said("web.targets.development_hint"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = _long("note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(each, say(f"figures.{each}")) for each in sorted(figures())]
        self.fields["figure"].choices = [("", say("web.targets.no_figure")), *listed]  # type: ignore[attr-defined]
        self.fields["responsible"].help_text = said("web.forms.holder_hint")

    def aim(self) -> Aim:
        """Return what was filled in."""
        given: dict[str, Any] = {name: self.cleaned_data[name] for name in Aim.__slots__}
        words = {"window": Window, "direction": Direction, "level": Level, "funding": Funding}
        return Aim(**given | {name: word(given[name]) for name, word in words.items()})


def aim_initial(aim: Aim) -> dict[str, object]:
    """Return an aim as a form shows it."""
    plain: dict[str, object] = {name: value for name, value in aim.plain().items() if isinstance(value, str)}
    return plain | {
        "cell": cell_text(aim.cell),
        "share": aim.share,
        "gaps": ", ".join(aim.gaps),
        "serves": ", ".join(map(str, aim.serves)),
        "development": "\n".join(each.text for each in aim.development),
    }


class RevisionForm(AimForm):
    """What a target asks from now on, and why."""

    reason = _long("reason", required=True)


class ObservationForm(DeskForm):
    """A value somebody records."""

    value = NumberField(label=said("recordkeeping.detail_value"))
    on = DayField(label=said("web.targets.on"))
    source = _line("source", required=True)

    def observation(self) -> Observation:
        """Return what was filled in."""
        given = self.cleaned_data
        return Observation(given["on"], given["value"], given["source"])


class DrawForm(DeskForm):
    """Nothing is asked: the figure gives the values."""


class WhyForm(DeskForm):
    """Why something ends."""

    reason = _long("reason", required=True)


class PlanForm(DeskForm):
    """A plan, as its file says it."""

    text = forms.CharField(
        label=said("web.plans.text"),
        help_text=said("web.plans.text_hint"),
        max_length=_LONGEST_PLAN,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "dir": "ltr", "class": "mark", "spellcheck": "false"}),
    )


class WorkForm(DeskForm):
    """Where an activity stands."""

    activity = forms.CharField(label=said("recordkeeping.detail_activity"), max_length=40, widget=forms.Select())
    status = forms.ChoiceField(
        label=said("recordkeeping.detail_status"), choices=choices(ActivityStatus, "targets.status")
    )
    spent = NumberField(label=said("recordkeeping.detail_spent"), required=False)
    on = DayField(label=said("web.targets.on"))
    note = _long("note")

    def report(self) -> Told:
        """Return what was filled in."""
        given = self.cleaned_data
        spent = given["spent"] or Decimal(0)
        return Told(given["on"], ActivityStatus(given["status"]), spent, given["note"])


class CancelForm(DeskForm):
    """Which activity is cancelled, and why."""

    activity = forms.CharField(label=said("recordkeeping.detail_activity"), max_length=40, widget=forms.Select())
    note = _long("reason", required=True)


class ActivityForm(DeskForm):
    """What an activity of a plan is, and why it is added or changed."""

    title = _line("title_of_activity", required=True, room="plans")
    goal = forms.ChoiceField(label=said("web.plans.goal"))
    owner = _line("owner", required=True, coded=True, room="plans")
    start = DayField(label=said("web.plans.start"))
    end = DayField(label=said("web.plans.end"))
    budget = NumberField(label=said("web.plans.budget"), required=False)
    depends = _list("depends", room="plans")
    commitments = _list("commitments", CitationsField, room="plans")
    targets = _list("targets", room="plans")
    gaps = _list("gaps")
    themes = _list("themes", room="plans")
    practices = _list("practices", room="plans")
    joint = _line("joint", room="plans")
    reason = _long("reason", required=True)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(each.code, f"{each.code} {each.title}") for each in plan.frame.goals]
        self.fields["goal"].choices = listed  # type: ignore[attr-defined]
        self.fields["owner"].help_text = said("web.forms.holder_hint")

    def activity(self, code: str) -> Activity:
        """Return what was filled in, under a code."""
        given = {name: self.cleaned_data[name] for name in Activity.__slots__ if name != "code"}
        return Activity(code=code, **given)


def activity_initial(activity: Activity) -> dict[str, object]:
    """Return an activity as a form shows it."""
    plain = activity.plain()
    return {name: ", ".join(map(str, value)) if isinstance(value, list) else value for name, value in plain.items()}


class KpiForm(DeskForm):
    """What a member reports of an indicator for a year."""

    kpi = forms.CharField(label=said("recordkeeping.detail_kpi"), max_length=40, widget=forms.Select())
    member = _line("member", required=True, coded=True, longest=40)
    year = forms.IntegerField(label=said("recordkeeping.detail_year"), min_value=1990, max_value=2100)
    value = NumberField(label=said("recordkeeping.detail_value"))
    source = _line("source", required=True)

    def report(self) -> KpiReport:
        """Return what was filled in."""
        given = self.cleaned_data
        return KpiReport(given["kpi"], given["year"], {given["member"]: given["value"]}, given["source"])


def offer_rows(form: DeskForm, plan: Plan) -> None:
    """Let a form of a plan choose from its activities or its indicators; that it is one of them, the action checks."""
    rows: dict[str, list[tuple[str, str]]] = {
        "activity": [(code, f"{code} {each.activity.title}") for code, each in plan.works.items()],
        "kpi": [(code, f"{code} {each.title}") for code, each in plan.kpis.items()],
    }
    for name in rows.keys() & form.fields.keys():
        form.fields[name].widget.choices = rows[name]


class ComparisonForm(DeskForm):
    """Which two plans are set side by side."""

    left = forms.ChoiceField(label=said("web.plans.left"))
    right = forms.ChoiceField(label=said("web.plans.right"))

    def __init__(self, *args: Any, plans: list[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(each.name, f"{each.name} {each.frame.title}") for each in plans]
        for name in ("left", "right"):
            self.fields[name].choices = listed  # type: ignore[attr-defined]


def pair_to_compare(plans: list[Plan]) -> tuple[str, str] | None:
    """Return the newest plan on small arms and the newest on women, peace and security; None where one is lacking."""
    newest = {kind: next((each.name for each in plans if each.frame.kind is kind), "") for kind in PlanKind}
    salw, wps = newest[PlanKind.SALW], newest[PlanKind.WPS]
    return (salw, wps) if salw and wps else None
