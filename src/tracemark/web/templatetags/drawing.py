from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracemark.web.diagrams import Drawn

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


def _first(shapes: Mapping[str, Drawn], names: tuple[str, ...]) -> Drawn | None:
    return next((shapes[name] for name in names if name in shapes), None)
