from collections.abc import Mapping, Sequence
from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracemark import wording
from tracemark.tracing import Agreement, Cell
from tracemark.web.candidates import Told
from tracemark.web.diagrams import Drawn
from tracemark.web.said import say, spoken

register = template.Library()


@register.simple_tag
def shape(shapes: Mapping[str, Drawn], *names: str) -> str:
    """Return the classes of an outline that stands for the first of these parts the weapon has on record."""
    drawn = _first(shapes, names)
    if drawn is None:
        return "component"
    return f"component {'foreign' if drawn.foreign else 'marked' if drawn.marks else 'recorded'}"


@register.simple_tag
def callout(shapes: Mapping[str, Drawn], x: int, y: int, *names: str) -> SafeString:
    """Write the number of a part on its outline, as the table below counts them; nothing where it is not recorded."""
    drawn = _first(shapes, names)
    if drawn is None:
        return SafeString("")
    return format_html(
        '<g class="callout{}"><circle cx="{}" cy="{}" r="13"/><text x="{}" y="{}">{}</text></g>',
        " foreign" if drawn.foreign else "", x, y, x, y, drawn.number,
    )  # fmt: skip


@register.simple_tag
def places(cells: Sequence[Cell]) -> SafeString:
    """Write a reading over the record, a list item a place; how a place differs is said to who cannot see it.

    Like the reasons below it is written here: ten candidates have hundreds of places, each of which costs a template
    more than all of them cost this.
    """
    to = spoken()
    return SafeString("".join(_place(each.how, each.read, each.recorded, to) for each in cells))


@register.simple_tag
def reasons(told: Sequence[Told]) -> SafeString:
    """Write why a candidate fits or does not, a list item a reason, each with its weight."""
    hint = say("web.traces.bits_hint")
    weights = (format_html(_WEIGHT, hint, each.bits) if each.bits else "" for each in told)
    written = ((each.speaks, each.text, weight) for each, weight in zip(told, weights, strict=True))
    return format_html_join("", '<li class="{}"><span>{}</span>{}</li>', written)


_NOTHING = "·"
_SAID = '<span class="hidden-visually"> {}</span>'
_WEIGHT = ' <span class="bits" title="{}">{}</span>'


@lru_cache(maxsize=10_000)
def _place(how: Agreement, read: str, recorded: str, to: str) -> SafeString:
    said = "" if how is Agreement.AGREES else format_html(_SAID, wording.sentence(f"web.traces.cell_{how}", to=to))
    drawn = '<li class="{}"><bdi>{}</bdi><bdi>{}</bdi>{}</li>'
    return format_html(drawn, how, read or _NOTHING, recorded or _NOTHING, said)


def _first(shapes: Mapping[str, Drawn], names: tuple[str, ...]) -> Drawn | None:
    return next((shapes[name] for name in names if name in shapes), None)
