from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.http import HttpResponse
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from tracemark import recordkeeping
from tracemark.authorities import Permission
from tracemark.marking import import_country
from tracemark.recordkeeping import WeaponRecord
from tracemark.tracing import Query
from tracemark.weapons import WeaponId, weapon_text
from tracemark.web.access import Desk, needs
from tracemark.web.candidates import Asked, asked, foremost, shown
from tracemark.web.converters import number_of
from tracemark.web.forms.readings import READINGS, SearchForm
from tracemark.web.naming import LISTS, NAMED, Understood, name_of, offered
from tracemark.web.pages import page

_CANDIDATES = 10


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word the catalogue does not know for certain, and addresses that ask again with what may have been meant."""

    word: Understood
    instead: tuple[tuple[str, str], ...]


@needs(Permission.TRACE_SEARCH)
def trace_desk(desk: Desk) -> HttpResponse:
    """Take readings and what is known of a weapon, and rank the register's weapons against them."""
    given = desk.GET.dict()
    searched = any(given.get(name, "").strip() for name in _searched_by())
    recovered = _recovered(desk, given.get("recovered", ""))
    form = SearchForm(given) if searched else SearchForm(initial=described(recovered) if recovered else None)
    if not searched or not form.is_valid():
        status = 422 if searched else 200
        empty = bool(given.keys() & set(_searched_by())) and not searched
        return page(
            desk, "web/traces/desk.html", status, form=form, known=known_names(), recovered=recovered, empty=empty
        )
    understood = form.understood()
    readings = asked([(each.text, each.part) for each in form.readings()])
    ranking = desk.node.trace(_query(form, readings), desk.actor, _CANDIDATES)
    without = recovered.state.weapon if recovered else WeaponId(0)
    best, rest = foremost(shown(ranking, readings, desk.node, without=without))
    return page(
        desk,
        "web/traces/desk.html",
        form=form,
        known=known_names(),
        recovered=recovered,
        readings=readings,
        doubts=_doubts(understood, given),
        understood=[(form[each.field], each) for each in understood if each.code],
        ranking=ranking,
        best=best,
        rest=rest,
        asked=urlencode({name: value for name, value in given.items() if value and name != "recovered"}),
    )


@cache
def known_names() -> tuple[tuple[str, SafeString], ...]:
    """Return the options offered while somebody types, by the name of the catalogue's list.

    They are made once: a template would take longer for a thousand of them than for all the rest of the page.
    """
    option = '<option value="{}"></option>'
    return tuple((of, format_html_join("", option, zip(offered(field), strict=True))) for field, of in LISTS.items())


def described(record: WeaponRecord) -> dict[str, object]:
    """Return what a record says of a recovered weapon, as a form takes it: its readings, and names in words."""
    description, state = record.state.description, record.state
    written = description.as_written or {}
    words = {name: name_of(name, getattr(description, name)) or written.get(name, "") for name in LISTS}
    words["import_country"] = name_of("import_country", import_country(state.marks))
    told: dict[str, object] = {"kind": description.kind, "year": description.year, **words}
    texts = [mark for mark in state.marks if mark.text][:READINGS]
    for number, mark in enumerate(texts, 1):
        told |= {f"reading_{number}": mark.text, f"part_{number}": mark.part.value if mark.part else ""}
    return {**told, "recovered": weapon_text(state.weapon)}


def _searched_by() -> list[str]:
    return ["kind", "year", *NAMED, *(f"reading_{number}" for number in range(1, READINGS + 1))]


def _query(form: SearchForm, readings: Sequence[Asked]) -> Query:
    codes = form.codes()
    return Query(
        readings=tuple(each.reading for each in readings),
        maker=codes.get("maker"),
        model=codes.get("model"),
        calibre=codes.get("calibre"),
        country=codes.get("country"),
        year=form.cleaned_data["year"],
        kind=codes["kind"] or None,
        import_country=codes.get("import_country"),
    )


def _recovered(desk: Desk, text: str) -> WeaponRecord | None:
    """Return the record of the recovered weapon that was named. Anything else in its place is left aside."""
    weapon = WeaponId(number_of(text[2:] if text[:2].casefold() == "w-" else text))
    if not weapon:
        return None
    return recordkeeping.weapon_record(weapon=weapon, actor=desk.actor, stores=desk.node.stores)


def _doubts(words: Sequence[Understood], given: dict[str, str]) -> list[Doubt]:
    def instead(word: Understood) -> tuple[tuple[str, str], ...]:
        return tuple((name, "?" + urlencode({**given, word.field: code})) for code, name in word.suggestions)

    return [Doubt(each, instead(each)) for each in words if not each.certain]
