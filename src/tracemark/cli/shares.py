"""What `indicator` does and prints; apart from the commands, so that nothing is loaded for them where none is typed."""

import csv
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from rich.table import Table

from tracemark import node, reporting, wording
from tracemark.authorities import Role
from tracemark.cli.options import bytes_of, node_at, operator
from tracemark.cli.output import console, fail, fail_for, print_json, print_line, reader_language, say, say_state
from tracemark.node import Node, SdmxForm, SnapshotDamaged, SnapshotForeign
from tracemark.reporting import (
    Agreement,
    Answers,
    Compared,
    Denominator,
    LegalBasis,
    Manner,
    Marking,
    Measured,
    Remarked,
    Result,
    Terms,
)

_NOTHING = "–"


def terms_of(denominator: str, add_back: bool, lawful_holders: bool | None, unsaid_left_out: bool, only: str) -> Terms:
    """Read terms; weapons of lawful holders count, unless somebody says otherwise, where all weapons do."""
    asked = Denominator(denominator)
    return Terms(
        asked,
        add_back=add_back,
        lawful_holders=asked is Denominator.ALL if lawful_holders is None else lawful_holders,
        unsaid_is_criminal=not unsaid_left_out,
        manners=frozenset(Manner) if only == "all" else frozenset({Manner(only)}),
    )


def show(
    years: tuple[int | None, int | None],
    terms: Terms,
    *,
    by: str,
    known_by: int | None,
    size: int | None,
    written: str,
    db: str | None,
) -> None:
    """Draw the indicator and write it as `table`, `json`, `csv` or one of `SdmxForm`."""
    opened = node_at(db)
    measured = _measured(opened, years, terms, known_by, size)
    if written == "json":
        print_json(measured.plain())
    elif written == "csv":
        _print_csv(measured)
    elif written == "table":
        _print_table(measured, by)
    else:
        sys.stdout.write(node.indicator_file(opened, measured, SdmxForm(written)).decode())


def _measured(
    opened: Node, years: tuple[int | None, int | None], terms: Terms, known_by: int | None, size: int | None
) -> Measured:
    asked = reporting.asked_years(*years, opened.clock.now().date())
    try:
        return node.measure_indicator(
            opened, asked, operator(opened, Role.AUDITOR), terms, size=size, known_by=known_by
        )
    except SnapshotDamaged as error:
        fail_for(error, "cli.snapshot_damaged", place=str(opened.columns))
    except SnapshotForeign:
        fail("cli.snapshot_foreign", place=str(opened.columns))


def compare(published: Path, questionnaire: Path | None, terms: Terms, *, state: str, as_json: bool) -> None:
    """Print published values with what they show and what the questionnaire's counts give."""
    series = reporting.read_published(_rows(published, reporting.PUBLISHED_COLUMNS))
    looked = [each for each in reporting.remarked(series) if state.upper() in ("", each.published.state)]
    answers = _answers(questionnaire) if questionnaire else []
    found = reporting.compare([each.published for each in looked], answers, terms)
    counts = Counter(each.agreement for each in found)
    if as_json:
        values = [_compared_plain(one, other) for one, other in zip(looked, found, strict=True)]
        remarks = Counter(remark for each in looked for remark in each.remarks)
        print_json({"terms": terms.plain(), "values": values, "agreement": counts, "remarks": remarks})
        return
    table = _table("state", "years", "published", "reckoned", "agreement", "remarks")
    for one, other in zip(looked, found, strict=True):
        table.add_row(
            one.published.state,
            "–".join(map(str, dict.fromkeys((one.published.years[0], one.published.years[-1])))),
            str(one.published.value),
            _said(other.reckoned.averaged),
            say(f"reporting.agreement_{other.agreement}"),
            "; ".join(say(f"reporting.quality_{remark}") for remark in one.remarks),
        )
    console.print(table)
    told = {each.value: counts[each] for each in Agreement}
    print_line("cli.indicator_compared", count=len(found), **told)


def regions(questionnaire: Path, year: int, terms: Terms, *, as_json: bool) -> None:
    """Print what each region's States add up to."""
    shares = {
        each.state: reporting.share_of(each.counts, terms) for each in _answers(questionnaire) if each.year == year
    }
    found = [reporting.regional_share(each, shares) for each in reporting.m49_regions().values()]
    if as_json:
        plain = [
            {
                "region": each.region,
                "name": wording.region_text(each.region, to=reader_language()),
                "numerator": each.share.numerator,
                "denominator": each.share.denominator,
                "percent": None if each.share.percent is None else str(each.share.percent),
                "counted": each.counted,
                "missing": each.missing,
            }
            for each in found
        ]
        print_json({"year": year, "terms": terms.plain(), "regions": plain})
        return
    table = _table("region", "numerator", "denominator", "percent", "counted", "missing")
    for each in found:
        table.add_row(
            wording.region_text(each.region, to=reader_language()),
            _said(each.share.numerator),
            _said(each.share.denominator),
            _said(each.share.percent),
            str(len(each.counted)),
            str(len(each.missing)),
        )
    console.print(table)


def _print_table(measured: Measured, by: str) -> None:
    print_line(
        "cli.indicator",
        state=say_state(measured.state),
        denominator="; ".join(wording.terms_texts(measured.terms, to=reader_language())),
        head=measured.head,
    )
    told = {value for each in measured.years for value in each.facets[by]}
    values = [each.value for each in _ORDERS[by] if each.value in told]
    table = _table("year", "numerator", "denominator", "percent")
    for value in values:
        table.add_column(wording.facet_text(by, value, to=reader_language()))
    for each in measured.years:
        share = each.share
        cells = [str(each.facets[by].get(value, 0)) for value in values]
        table.add_row(str(each.year), _said(share.numerator), _said(share.denominator), _said(share.percent), *cells)
    console.print(table)
    together = measured.together
    if len(together.years) > 1:
        span = {"first": str(together.years[0]), "last": str(together.years[-1])}
        print_line("cli.indicator_together", **span, averaged=_said(together.averaged), pooled=_said(together.pooled))
    apart = {name: sum(getattr(each, name) for each in measured.years) for name in ("administrative", "unsaid")}
    print_line("cli.indicator_left_out", **apart)


_ORDERS: Mapping[str, type[StrEnum]] = {
    "manner": Manner,
    "legal_basis": LegalBasis,
    "result": Result,
    "marking": Marking,
}


def _print_csv(measured: Measured) -> None:
    facets = [
        (facet, value)
        for facet in reporting.FACETS
        for value in sorted({value for each in measured.years for value in each.facets[facet]})
    ]
    writer = csv.writer(sys.stdout)
    names = [f"{facet}_{value or 'unsaid'}" for facet, value in facets]
    writer.writerow(["year", "numerator", "denominator", "percent", "administrative", "unsaid", *names])
    for each in measured.years:
        percent = "" if each.share.percent is None else each.share.percent
        counts = [each.facets[facet].get(value, 0) for facet, value in facets]
        row = [each.year, each.share.numerator, each.share.denominator, percent, each.administrative, each.unsaid]
        writer.writerow([*row, *counts])


def _table(*columns: str) -> Table:
    return Table(*(say(f"reporting.column_{each}") for each in columns), box=None, pad_edge=False, header_style="bold")


def _said(number: int | Decimal | None) -> str:
    return _NOTHING if number is None else str(number)


def _compared_plain(one: Remarked, other: Compared) -> dict[str, object]:
    reckoned = other.reckoned.averaged
    return {
        "state": one.published.state,
        "year": one.published.year,
        "years": one.published.years,
        "value": str(one.published.value),
        "remarks": one.remarks,
        "agreement": other.agreement,
        "reckoned": None if reckoned is None else str(reckoned),
        "counts": {str(year): [share.numerator, share.denominator] for year, share in other.shares.items()},
    }


def _answers(file: Path) -> Sequence[Answers]:
    return reporting.read_questionnaire(_rows(file, reporting.QUESTIONNAIRE_COLUMNS))


def _rows(file: Path, columns: frozenset[str]) -> Sequence[Mapping[str, str]]:
    try:
        return reporting.outside_rows(bytes_of(file), columns)
    except reporting.TableUnfit as error:
        fail("cli.indicator_columns", file=str(file), columns=list(error.columns or sorted(columns)))
