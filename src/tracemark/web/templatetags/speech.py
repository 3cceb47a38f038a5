import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tracemark import authorities, weapons, wording
from tracemark.assistance import AidActivity
from tracemark.instruments import Paragraph
from tracemark.kernel import Finding, PartialDate
from tracemark.node import this_node
from tracemark.recordkeeping import Custody
from tracemark.reporting import figures
from tracemark.weapons import WeaponId, weapon_text
from tracemark.web import said

register = template.Library()

HOLDERS = ("holder", "from", "to", "custodian")
"""The details of an event that name who has a weapon."""


@register.simple_tag
def say(code: str, **facts: object) -> str:
    """Say a sentence: `{% say "web.register.title" count=n %}`."""
    return said.say(code, **facts)


@register.simple_tag
def summary(paragraph: Paragraph) -> SafeString:
    """Say in short what a paragraph asks, marked as English where the reader's language has no words for it."""
    told = wording.paragraph_summary(paragraph, to=said.spoken())
    if told.language == said.spoken():
        return format_html("{}", told.text)
    return format_html('<span lang="en" dir="ltr">{}</span>', told.text)


@register.filter
def term(value: object, family: str) -> str:
    """Say a word of a room: `{{ kind|term:"recordkeeping.kind" }}`. Nothing stays nothing."""
    return said.term(value, family) if value not in ("", None) else ""


@register.simple_tag
def say_term(family: str, value: object, **facts: object) -> str:
    """Say a word of a room that is named by two parts, or takes facts: `{% say_term "recordkeeping.detail" name %}`."""
    return said.term(value, family, **facts)


@register.simple_tag
def pattern(code: str) -> str:
    """Name the pattern of a notice: a rule of diversion, refusals or embargoes."""
    said_so = f"secretariat.pattern_{code}"
    return said.say(said_so) if wording.has_sentence(said_so) else wording.rule_title(code, to=said.spoken())


@register.simple_tag
def figure_name(figure: str) -> str:
    """Name a figure: `{% figure_name "weapons.marked" %}`."""
    return said.say(f"figures.{figure}")


@register.simple_tag
def counted(name: str) -> str:
    """Name what a number is of: a figure, or a count of what the node keeps."""
    return wording.counted_text(name, to=said.spoken())


@register.filter
def beside(values: Sequence[object], heads: Sequence[str]) -> list[tuple[str, object]]:
    """Set each value of a row beside the head of its column."""
    return list(zip(heads, values, strict=True))


@register.simple_tag
def question_title(question: str) -> str:
    """Say a question of a form."""
    return say(f"reporting.question_{question}")


@register.simple_tag
def subject_name(subject: str) -> str:
    """Say a question of a report, or a figure."""
    return figure_name(subject) if subject in figures() else question_title(subject)


@register.simple_tag
def state(code: str) -> str:
    """Name a State by its code."""
    return wording.state_text(code, to=said.spoken())


@register.simple_tag
def language_name(code: str) -> SafeString:
    """Name a language as itself does, where it is one of the six; another is told by its code."""
    known = next((each for each in wording.LANGUAGES if each.code == code.lower()), None)
    if known is None:
        return format_html('<bdi class="mark">{}</bdi>', code)
    return format_html('<bdi lang="{}">{}</bdi>', known.code, known.name)


@register.simple_tag
def theme_name(theme: str) -> str:
    """Name a theme of assistance."""
    return wording.theme_text(theme, to=said.spoken())


@register.simple_tag
def activity_title(activity: AidActivity) -> SafeString:
    """Name an aid activity as its publisher does, in the reader's language where it has it, and say in which it is."""
    told = activity.titled(said.spoken())
    return format_html('<bdi lang="{}">{}</bdi>', told.language, told.text)


@register.simple_tag
def told_day(when: date) -> SafeString | str:
    """Write a day that somebody told; the first and the last day there is stand for one that nobody told."""
    return said.say("web.aid.not_said") if when in (date.min, date.max) else day(PartialDate.of(when))


@register.filter
def day(when: PartialDate | str | None) -> SafeString | str:
    """Write a date of the record, to the part that is known, for people and machines."""
    if not when:
        return ""
    known = PartialDate.parse(when) if isinstance(when, str) else when
    return format_html('<time datetime="{}">{}</time>', str(known), wording.date_text(known, to=said.spoken()))


@register.filter
def instant(at: datetime | str | None) -> SafeString | str:
    """Write an instant in UTC, to the minute."""
    if not at:
        return ""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), wording.moment_text(at, to=said.spoken()))


@register.filter
def moment(at: datetime | str) -> str:
    """Write an instant as it stands inside a sentence."""
    return wording.moment_text(at, to=said.spoken())


@register.filter
def chance(posterior: str) -> str:
    """Write a probability that the record keeps as text."""
    return wording.chance_text(float(posterior), to=said.spoken())


@register.filter
def share(of_whole: Decimal) -> str:
    """Write a share of a whole as a percentage."""
    return wording.share_text(of_whole, to=said.spoken())


@register.filter
def time_to_recovery(custody: Custody) -> str:
    """Write the time from the last lawful event to the recovery."""
    return wording.time_to_recovery(custody, to=said.spoken())


@register.filter
def number(count: int | Decimal | None) -> str:
    """Write a number as the language groups its digits."""
    return "" if count is None else wording.number_text(count, to=said.spoken())


@register.simple_tag
def mark(text: str) -> SafeString:
    """Write what a mark says, letter for letter, from left to right unless its own script runs otherwise."""
    return format_html('<bdi class="mark">{}</bdi>', text) if text else SafeString("")


@register.simple_tag
def finding(found: Finding) -> SafeString:
    """Say what falls short, and the paragraph that asks it."""
    sentence = wording.finding_sentence(found, to=said.spoken())
    return format_html('{} <span class="cite">{}</span>', sentence, str(found.source))


@register.simple_tag
def weapon_link(weapon: int) -> SafeString:
    """Name a weapon and lead to its page."""
    identity = WeaponId(weapon)
    url = reverse("weapon", args=[identity])
    return format_html('<a class="mark" href="{}">{}</a>', url, weapon_text(identity))


@register.simple_tag(takes_context=True)
def holder(context: template.Context, code: str) -> SafeString | str:
    """Write a holder: an agency by name and code, an organisation by name, a person by the commitment's beginning."""
    if not code:
        return format_html('<span class="unknown">{}</span>', said.say("web.words.unknown"))
    if code.startswith("person:"):
        person = said.say("web.words.private_person")
        return format_html('{} <bdi class="mark small">{}</bdi>', person, code.removeprefix("person:")[:8])
    names: Mapping[str, str] = context.get("agency_names") or {}
    return _named(code, names.get(code.partition("/")[0], ""))


@register.simple_tag(takes_context=True)
def own_agency(context: template.Context) -> SafeString:
    """Write the agency of whoever is signed in: on every page, for which not all agencies and dealers are read."""
    code = context["actor"].authority
    found = this_node().stores.agencies.find(code)
    return _named(code, found.name if found else "")


def _named(code: str, name: str) -> SafeString:
    if not name:
        kept = "code identity" if code == (said_name := code.removeprefix("organisation:")) else ""
        return format_html('<bdi class="{}">{}</bdi>', kept, said_name)
    return format_html('<bdi>{}</bdi> <bdi class="code identity small quiet">{}</bdi>', name, code)


@register.simple_tag(takes_context=True)
def detail(context: template.Context, name: str, value: object) -> SafeString | str:
    """Write what a detail of an event says: holders as holders, text as it stands; of a list, only that it was one."""
    if name in HOLDERS and isinstance(value, str):
        return holder(context, value)
    if isinstance(value, list | dict):
        return said.say("web.weapon.was_list", count=len(value))
    return format_html("<bdi>{}</bdi>", value)


@register.simple_tag(takes_context=True)
def may(context: template.Context, permission: str) -> bool:
    """Whether the reader holds a permission: `{% may "record.write" as writes %}`."""
    actor = context.get("actor")
    return actor is not None and authorities.may(actor, permission)


@register.simple_tag(name="json")
def as_json(value: object) -> str:
    """Write a value as JSON, for a script to read from an attribute."""
    return json.dumps(value, default=str)


@register.tag
def region(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """Wrap a wide table in a labelled part that scrolls and can be reached by key: `{% region "web.x.table" %}`."""
    _, code = token.split_contents()
    inner = parser.parse(("endregion",))
    parser.delete_first_token()
    return _Region(parser.compile_filter(code), inner)


class _Region(template.Node):
    def __init__(self, code: template.base.FilterExpression, inner: template.NodeList) -> None:
        self._code, self._inner = code, inner

    def render(self, context: template.Context) -> SafeString:
        label = said.say(str(self._code.resolve(context)))
        inner = mark_safe(self._inner.render(context))  # noqa: S308 - rendered, so escaped already
        return format_html('<div class="region" role="region" tabindex="0" aria-label="{}">{}</div>', label, inner)


@register.tag
def keep(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """Keep what stands between under a name, to show it more than once: `{% keep title %} ... {% endkeep %}`."""
    _, name = token.split_contents()
    inner = parser.parse(("endkeep",))
    parser.delete_first_token()
    return _Keep(name, inner)


class _Keep(template.Node):
    def __init__(self, name: str, inner: template.NodeList) -> None:
        self._name, self._inner = name, inner

    def render(self, context: template.Context) -> str:
        context[self._name] = mark_safe(self._inner.render(context).strip())  # noqa: S308 - rendered, so escaped already
        return ""


@register.filter
def named(code: str, of: str) -> str:
    """Name what the catalogue knows by a code: `{{ description.maker|named:"makers" }}`; another names itself.

    In a language written from right to left a foreign name keeps its own direction, such as that of `.40 S&W`.
    """
    if of == "states":
        return wording.state_text(code, to=said.spoken())
    name = weapons.entry_name(of, code)
    return format_html('<bdi dir="ltr">{}</bdi>', name) if wording.language(said.spoken()).right_to_left else name


@register.simple_tag
def comma() -> str:
    """Write what stands between the things of a list: `{% comma %}`."""
    return said.say("wording.list_comma")
