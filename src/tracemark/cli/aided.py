"""What the commands about aid do and print; apart from the commands, so that nothing is loaded for them otherwise."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from rich.table import Table

from tracemark import assistance, node
from tracemark.assistance import (
    AidActivity,
    AidResult,
    AidSeries,
    Board,
    Organisation,
    Overlap,
    Place,
    ResultWords,
    Round,
)
from tracemark.authorities import Role
from tracemark.cli.options import node_at, node_to_try, operator, text_of, writer
from tracemark.cli.output import console, fail, print_json, print_line, print_list, reader_language, say, say_state
from tracemark.kernel import PartialDate, Plain
from tracemark.wording import number_text, theme_text

_COLUMNS = ("country", "theme", "activities", "requests", "money")


def follow(file: Path, *, everything: bool, version: str, db: str | None, as_json: bool) -> None:
    """Read activities and take them into the record; with no address of one, only read them."""
    read = node.read_aid(file, everything=everything, version=version)
    told: dict[str, Plain] = {
        "version": read.version,
        "total": read.total,
        "taken": len(read.taken),
        "left_out": dict(read.left_out),
    }
    if db is not None:
        opened = node_at(db or None)
        kept = node.follow_aid(opened, read, file.name, writer(opened, Role.POINT_OF_CONTACT))
        told |= {"new": list(kept.new), "revised": list(kept.revised), "unchanged": kept.unchanged}
    if as_json:
        print_json(told)
        return
    print_line("assistance.file_read", file=file.name, version=read.version, total=read.total, taken=len(read.taken))
    for code, count in sorted(read.left_out.items()):
        print_line(f"exchange.{code}", count=count)
    if db is None:
        for each in read.taken:
            print_activity(each)
    elif not (kept.new or kept.revised):
        print_line("assistance.nothing_new", count=kept.unchanged)
    else:
        print_line("assistance.followed", new=len(kept.new), revised=len(kept.revised), unchanged=kept.unchanged)


def print_activity(activity: AidActivity) -> None:
    """Print an activity, and why it was taken for work on small arms."""
    console.print(f"{activity.identifier}  {activity.title(reader_language())}", soft_wrap=True)
    found = assistance.recognise(activity)
    for each in found.reasons if found else ():
        console.print(
            f"    {_theme(each.theme)}: {say(f'assistance.where_{each.where}', words=each.words)}", soft_wrap=True
        )


def show_board(country: str, round_file: Path | None, db: str | None, *, as_json: bool) -> None:
    """Print the board, of one country only where one is asked for."""
    opened = node_at(db)
    needs = _round(round_file).needs if round_file else ()
    found = assistance.coordination_board(
        needs=needs,
        first=opened.state,
        actor=operator(opened, Role.AUDITOR),
        stores=opened.stores,
        clock=opened.clock,
    )
    if country:
        found = found.of(country)
    if as_json:
        print_json(assistance.board_plain(found))
    else:
        _print_board(found)


def _print_board(found: Board) -> None:
    table = Table()
    for column in _COLUMNS:
        table.add_column(say(f"assistance.board_{column}"), overflow="fold")
    for each in found.places:
        table.add_row(
            say_state(each.country),
            _theme(each.theme),
            "\n".join(aid.name for aid in each.activities) or say("assistance.board_gap"),
            "\n".join(need.request for need in each.needs),
            _money(each),
        )
    print_list(table)
    for overlap in found.overlaps:
        _print_overlap(overlap)
    if found.orphans:
        print_line("assistance.orphans", requests=[each.request for each in found.orphans])
    if found.unplaced:
        print_line("assistance.unplaced", activities=[each.name for each in found.unplaced])


def _print_overlap(each: Overlap) -> None:
    code = "assistance.overlap_shared" if each.shared else "assistance.overlap"
    print_line(
        code,
        country=say_state(each.country),
        theme=_theme(each.theme),
        left=each.left.name,
        right=each.right.name,
        shared=list(each.shared),
    )


def _money(place: Place) -> str:
    told = [f"{number_text(value, to=reader_language())} {currency}" for currency, value in sorted(place.money.items())]
    return " + ".join([*told, *([say("assistance.unsplit", count=place.unsplit)] if place.unsplit else [])])


def keep_series(file: Path, *, name: str, source: str, seen_on: str, db: str | None, as_json: bool) -> None:
    """Keep a series and print what was new."""
    try:
        day = PartialDate.of(date.fromisoformat(seen_on))
    except ValueError:
        fail("assistance.day_unread", value=seen_on)
    opened = node_at(db)
    actor = writer(opened, Role.POINT_OF_CONTACT)
    kept = node.keep_series_file(opened, file, AidSeries(name, source, str(day), {}), actor)
    if as_json:
        print_json(
            {"series": kept.name, "years": list(kept.years), "unchanged": kept.unchanged, "left_out": kept.left_out}
        )
        return
    if kept.years:
        print_line("assistance.series_kept", series=kept.name, new=len(kept.years), unchanged=kept.unchanged)
    else:
        print_line("assistance.series_known", series=kept.name, count=kept.unchanged)
    if kept.left_out:
        print_line("assistance.series_left_out", count=kept.left_out)


def write_followed(ref: str, db: str | None, output: Path | None) -> None:
    """Write the activities that are followed, those of one publisher only where one is named."""
    opened = node_at(db)
    found = assistance.aid_list(actor=operator(opened, Role.AUDITOR), stores=opened.stores)
    activities = [each.aid.activity for each in reversed(found)]
    _write([each for each in activities if not ref or each.reporting.ref == ref], opened, output)


def write_round(file: Path, publisher: tuple[str, str, str], currency: str, output: Path | None) -> None:
    """Write the programmes of a round as activities of their publisher."""
    reporting = _publisher(publisher)
    round_ = _round(file)
    activities = [
        assistance.programme_activity(
            each,
            publisher=reporting,
            description=say("assistance.programme_described", themes=sorted(map(_theme, each.themes))),
            currency=currency,
            language=reader_language(),
            on=round_.on,
        )
        for each in round_.programmes
    ]
    _write(activities, node_to_try(None), output)


def write_own(publisher: tuple[str, str, str], db: str | None, output: Path | None) -> None:
    """Write the programmes on record, what they gave and what came of it, as activities of their publisher."""
    reporting, opened = _publisher(publisher), node_at(db)
    actor, stores = operator(opened, Role.AUDITOR), opened.stores
    words = ResultWords(say("assistance.result_confirmed"), say("assistance.result_activities"), reader_language())
    found = assistance.programmes_shown(actor=actor, stores=stores, clock=opened.clock)
    activities = [
        assistance.fund_activity(
            each,
            publisher=reporting,
            description=say("assistance.programme_described", themes=sorted(map(_theme, each.themes))),
            language=reader_language(),
            on=opened.clock.now().date(),
        )
        for each in found
    ]
    results = {
        told.identifier: assistance.fund_results(each, words) for told, each in zip(activities, found, strict=True)
    }
    _write(activities, opened, output, results)


def _publisher(told: tuple[str, str, str]) -> Organisation:
    ref, name, kind = told
    if not ref or not name:
        fail("assistance.publisher_missing")
    return Organisation(name, ref, kind)


def _write(
    activities: list[AidActivity],
    opened: node.Node,
    output: Path | None,
    results: Mapping[str, Sequence[AidResult]] | None = None,
) -> None:
    written = node.aid_file(activities, opened, output.name if output else "activities.xml", results)
    if output is None:
        sys.stdout.write(written.decode())
    else:
        output.write_bytes(written)
        print_line("assistance.iati_written", file=output.name, count=len(activities))


def _round(file: Path) -> Round:
    return assistance.read_round(text_of(file), file.name)


def _theme(theme: str) -> str:
    return theme_text(theme, to=reader_language())
