"""What `practice` does and prints; apart from the commands, so that nothing is loaded for them where none is typed."""

from decimal import Decimal
from pathlib import Path

from rich.table import Table

from tracemark import node, practices, targets, wording
from tracemark.authorities import Role
from tracemark.cli.options import node_at, operator, writer
from tracemark.cli.output import (
    console,
    fail,
    fail_for,
    print_json,
    print_line,
    print_list,
    reader_language,
    say,
    say_state,
)
from tracemark.node import Node, SnapshotDamaged, SnapshotForeign
from tracemark.practices import Durability, LibraryEntry, MarkCell, PracticeSubject

_FORMS: dict[str, node.PracticeFile] = {".pdf": "pdf", ".docx": "docx"}


def listed(text: str, subject: str, language: str, *, db: str | None, as_json: bool) -> None:
    """Print the practices of the library that say all the words."""
    to = _language(language)
    entries = [each for each in _library(node_at(db)) if subject in ("", each.content.subject)]
    found = practices.search_practices(entries, text, to)
    if as_json:
        print_json({"practices": [_plain(each.entry, each.language) for each in found]})
        return
    table = _table("key", "practice", "subject", "state", "version", "language")
    for each in found:
        content = each.entry.content
        table.add_row(
            each.entry.key,
            content.tellings[each.language].title,
            say(f"practices.subject_{content.subject}"),
            _whose(each.entry),
            str(each.entry.number) if each.entry.number else say("recordkeeping.standing_drafted"),
            wording.language(each.language).name if each.language != to else "",
        )
    print_list(table)


def shown(key: str, language: str, *, db: str | None, as_json: bool) -> None:
    """Print one practice, and where it is used."""
    opened, to = node_at(db), _language(language)
    entry = entry_at(opened, key)
    uses = practices.uses_of(key, targets.plan_list(actor=operator(opened, Role.AUDITOR), stores=opened.stores))
    code = entry.content.language_for(to)
    if as_json:
        used = [
            {"plan": each.plan, "activity": each.code, "version": each.number, "status": each.status} for each in uses
        ]
        told = [{"on": each.on, "version": each.version, "text": each.text} for each in entry.experiences]
        print_json({**_plain(entry, code), "contents": entry.content.plain(), "used": used, "experiences": told})
        return
    telling = entry.content.tellings[code]
    console.print(f"{entry.cited}  {telling.title}")
    if code != to:
        print_line("practices.shown_in", language=wording.language(code).name)
    print_line("practices.whose", whose=_whose(entry), number=entry.number, on=entry.on)
    for name in practices.TELLS[1:]:
        if text := getattr(telling, name):
            console.print(f"\n{say(f'practices.tells_{name}')}\n{text}", soft_wrap=True)
    console.print(f"\n{say('practices.backing')}: {say(f'practices.backing_{entry.content.backing}')}")
    console.print(f"{say('practices.sources')}: {'; '.join(entry.content.sources)}", soft_wrap=True)
    for tried in entry.experiences:
        console.print(f"{say('practices.tells_experience')} ({tried.on}): {tried.text}", soft_wrap=True)
    for use in uses:
        print_line("practices.used_in", plan=use.plan, activity=use.code, number=use.number)


def told(opened: Node, name: str, code: str, *, as_json: bool) -> None:
    """Print how a practice stands after a step."""
    known = practices.practice_of(name, opened.stores.dossiers.events(name))
    if as_json:
        print_json({"practice": name, "standing": known.standing, "versions": len(known.versions)})
    else:
        print_line(code, practice=name, number=len(known.versions))


def adopted(key: str, plan: str, owner: str, reason: str, language: str, *, db: str | None, as_json: bool) -> None:
    """Add the activity that follows a practice to a plan."""
    opened = node_at(db)
    actor = writer(opened, Role.POINT_OF_CONTACT)
    entry = entry_at(opened, key)
    try:
        known = targets.plan_record(plan=plan, actor=operator(opened, Role.AUDITOR), stores=opened.stores)
    except KeyError:
        fail("targets.dossier_unknown", dossier=plan)
    activity = practices.activity_for_practice(
        entry, known, language=_language(language), owner=owner or actor.authority, today=opened.clock.now().date()
    )
    why = reason or say("practices.adopted_because", practice=entry.cited)
    targets.revise_activity(
        plan=plan, activity=activity, reason=why, actor=actor, stores=opened.stores, clock=opened.clock
    )
    if as_json:
        print_json({"plan": plan, "activity": activity.code, "practice": entry.cited})
    else:
        print_line("cli.activity_set", plan=plan, activity=activity.code)


def durability(*, db: str | None, as_json: bool) -> None:
    """Print how long marks stay readable, with intervals and with what was left out."""
    found = _durability(node_at(db))
    if as_json:
        print_json(found.plain())
        return
    table = _table("cell", "read_again", "failed", "age", "share", "interval")
    for cell in found.cells:
        for turn, each in enumerate(cell.lasts):
            first = (_cell(cell), str(cell.marks), str(cell.failed)) if not turn else ("", "", "")
            reach = f"{_percent(each.low)} – {_percent(each.high)}"
            table.add_row(*first, f"> {each.years}", _percent(each.share), reach)
    console.print(table)
    print_line("practices.withheld", count=found.withheld, least=found.least)
    for why, number in found.left_out.items():
        console.print(f"{say(f'practices.left_out_{why}')}: {number}")
    print_line("practices.unidentified_unread", count=found.unread)


def document(out: Path, subject: str, language: str, *, db: str | None) -> None:
    """Write the document of good practice on a subject."""
    form = _FORMS.get(out.suffix.lower())
    if form is None:
        fail("cli.practice_file_unknown", file=out.name)
    opened, to = node_at(db), _language(language)
    try:
        content = node.practice_document(opened, PracticeSubject(subject), form, operator(opened, Role.AUDITOR), to)
    except SnapshotDamaged as error:
        fail_for(error, "cli.snapshot_damaged", place=str(opened.columns))
    except SnapshotForeign:
        fail("cli.snapshot_foreign", place=str(opened.columns))
    out.write_bytes(content)
    print_line("cli.practice_written", place=str(out), count=len(content))


def entry_at(opened: Node, key: str) -> LibraryEntry:
    """Return an entry of the library, or end the command where there is none."""
    own = key.startswith("GP-")
    try:
        if own:
            return practices.own_entry(practices.practice_of(key, opened.stores.dossiers.events(key)))
        return practices.entry_named(key, _library(opened))
    except KeyError:
        return fail("practices.no_such_practice", practice=key)


def _library(opened: Node) -> tuple[LibraryEntry, ...]:
    return node.practice_library(opened, operator(opened, Role.AUDITOR))


def _durability(opened: Node) -> Durability:
    try:
        return node.mark_durability(opened, operator(opened, Role.AUDITOR))
    except SnapshotDamaged as error:
        return fail_for(error, "cli.snapshot_damaged", place=str(opened.columns))
    except SnapshotForeign:
        return fail("cli.snapshot_foreign", place=str(opened.columns))


def _plain(entry: LibraryEntry, code: str) -> dict[str, object]:
    content = entry.content
    return {
        "key": entry.key,
        "holding": entry.holding.value,
        "version": entry.number,
        "standing": entry.standing,
        "on": entry.on,
        "subject": content.subject.value,
        "state": content.state,
        "language": code,
        "languages": sorted(content.tellings),
        "title": content.tellings[code].title,
    }


def _whose(entry: LibraryEntry) -> str:
    return say_state(entry.content.state) if entry.content.state else say(f"practices.holding_{entry.holding}")


def _cell(cell: MarkCell) -> str:
    material = (
        "marking.surface_embedded_plate" if cell.material == "embedded_plate" else f"weapons.material_{cell.material}"
    )
    words = {"method": say(f"marking.method_{cell.method}"), "material": say(material)}
    return say("practices.cell", **words, depth=say(f"practices.depth_{cell.depth}"))


def _percent(share: float) -> str:
    return wording.share_text(Decimal(f"{share:.4f}"), to=reader_language())


def _language(code: str) -> str:
    to = code or reader_language()
    if to not in [each.code for each in wording.LANGUAGES]:
        fail("cli.no_such_language", language=to, languages=[each.code for each in wording.LANGUAGES])
    return to


def _table(*columns: str) -> Table:
    return Table(*(say(f"cli.column_{each}") for each in columns), box=None, pad_edge=False, header_style="bold")
