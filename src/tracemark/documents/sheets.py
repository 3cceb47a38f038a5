from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tracemark.documents.pages import typeset
from tracemark.kernel import PartialDate
from tracemark.recordkeeping import WeaponState
from tracemark.stockpiles import Count, Destruction, Site
from tracemark.weapons import describe, weapon_text
from tracemark.wording import date_text, holder_text, isolated, language, moment_text, sentence

_ROWS = 24
"""How many empty lines a rack has on a sheet: what a page holds beside its heading."""

_TALL, _LOW = 2.4, 1.6
"""The room in a table's line, in mm above and below: to be written in by hand, or to be read."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """For which State, by whom and when a sheet was drawn, at which signed head, with the agencies' names by code."""

    state: str
    by: str
    at: str
    head: str
    names: Mapping[str, str] = field(default_factory=dict)


def count_sheet(count: Count, site: Site, drawn: Drawn, *, to: str = "en") -> bytes:
    """Set the paper on which a site is counted: empty lines by rack. What is expected is not on it.

    Source: PoA II.17, MOSAIC 05.20.
    """
    racks = site.racks or ("",)
    lines = [
        (sentence("recordkeeping.detail_site", to=to), f"{site.place} ({site.name})"),
        (sentence("documents.sheet_begun", to=to), ""),
        (sentence("documents.sheet_how", to=to), sentence("documents.sheet_how_hint", to=to)),
    ]
    tables = [
        {"heading": rack or site.place, "inset": _TALL, "rows": [[str(row), "", ""] for row in range(1, _ROWS + 1)]}
        for rack in racks
    ]
    words = {
        "title": sentence("documents.sheet_title", {"count": count.name}, to=to),
        "lines": lines,
        "columns": [sentence(f"documents.sheet_{each}", to=to) for each in ("number", "mark", "remark")],
        "tables": tables,
        "footer": sentence("documents.sheet_footer", {"count": count.name, "at": moment_text(drawn.at, to=to)}, to=to),
        "signatures": 1,
        **_ends(drawn, "", to),
    }
    return typeset("sheet", words, language(to))


def destruction_certificate(
    destruction: Destruction, weapons: Sequence[WeaponState], drawn: Drawn, *, to: str = "en"
) -> bytes:
    """Set the certificate of a destruction: what was destroyed, how, where and when, and who saw it.

    Source: PoA II.19, MOSAIC 05.50.
    """
    return typeset("sheet", certificate_words(destruction, weapons, drawn, to=to), language(to))


def certificate_words(
    destruction: Destruction, weapons: Sequence[WeaponState], drawn: Drawn, *, to: str = "en"
) -> dict[str, object]:
    """Return all that stands on a certificate, in words and in the order of the page."""
    words = {"certificate": destruction.name, "at": moment_text(drawn.at, to=to)}
    return {
        "title": sentence("documents.certificate_title", words, to=to),
        "lines": _told(destruction, drawn, to),
        "columns": [
            sentence("documents.field_identified_weapon", to=to),
            sentence("documents.sheet_mark", to=to),
            sentence("documents.certificate_what", to=to),
        ],
        "tables": [
            {
                "heading": sentence("documents.certificate_weapons", {"count": len(weapons)}, to=to),
                "inset": _LOW,
                "rows": [[weapon_text(each.weapon), _serials(each), describe(each.description)] for each in weapons],
            }
        ],
        "footer": sentence("documents.certificate_footer", words, to=to),
        "signatures": len(destruction.witnesses) + 1,
        **_ends(drawn, drawn.head, to),
    }


def _told(destruction: Destruction, drawn: Drawn, to: str) -> list[tuple[str, str]]:
    def person(name: str, authority: str) -> str:
        return f"{holder_text(authority, drawn.names, to=to)}; {isolated(name, to=to)}"

    def field_name(name: str) -> str:
        return sentence(f"recordkeeping.detail_{name}", to=to)

    carried_out = PartialDate.parse(destruction.carried_out_on)
    return [
        (field_name("method"), sentence(f"stockpiles.method_{destruction.method}", to=to)),
        (field_name("place"), destruction.place),
        (field_name("happened"), date_text(carried_out, to=to)),
        *((field_name("reason"), destruction.reason) for _ in [0] if destruction.reason),
        (sentence("documents.certificate_approved", to=to), destruction.approved_by),
        *((field_name("witnesses"), person(each.name, each.authority)) for each in destruction.witnesses),
        *((field_name("photo"), each) for each in destruction.photos),
    ]


def _serials(state: WeaponState) -> str:
    return ", ".join(dict.fromkeys(mark.serial for mark in state.marks if mark.serial))


def _ends(drawn: Drawn, head: str, to: str) -> dict[str, object]:
    return {
        "state": drawn.state,
        "signature": [sentence(f"documents.sign_{name}", to=to) for name in ("name", "on", "signature")],
        "head_heading": sentence("documents.head", to=to),
        "head_hint": sentence("documents.head_hint", to=to),
        "head": head,
    }
