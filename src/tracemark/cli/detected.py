"""What `detect` does and prints; apart from the command, so that nothing is loaded for it where it is not typed."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from tracemark import diversion, node, wording
from tracemark.authorities import Role
from tracemark.cli.options import node_at, operator, text_of
from tracemark.cli.output import console, fail, fail_for, print_json, print_line, reader_language, say
from tracemark.cli.progress import progress
from tracemark.diversion import Pattern, RuleUnreadable, Signal
from tracemark.node import Engine, RuleFailed, SnapshotDamaged, SnapshotForeign, SparkMissing
from tracemark.weapons import weapon_text

_SHOWN = 8


def detect(
    rules: Sequence[str],
    files: Sequence[Path],
    *,
    source: Path | None,
    engine: str,
    today: str,
    db: str | None,
    as_json: bool,
) -> None:
    """Print every signal as it is found, a line each; without a folder the register is exported first."""
    wanted, on, count = _wanted(rules, files), _day(today), 0
    try:
        if source is None:
            opened = node_at(db)
            source = opened.columns
            with progress() as bar:
                task = bar.add_task(say("cli.exporting"), total=None)
                node.export_parquet(
                    opened,
                    source,
                    operator(opened, Role.AUDITOR),
                    lambda done, size: bar.update(task, completed=done, total=size),
                )
            if not opened.stores.records.size():
                fail("cli.empty_record")
        names = node.agencies_in(source)
        applied = {each.code: each for each in wanted or diversion.patterns().values()}
        for signal in node.detect_signals(source, today=on, engine=Engine(engine), wanted=wanted):
            count += 1
            _print(signal, applied[signal.rule], names, as_json=as_json)
    except SnapshotDamaged as error:
        fail_for(error, "cli.snapshot_damaged", place=str(source))
    except SnapshotForeign:
        fail("cli.snapshot_foreign", place=str(source))
    except RuleFailed as error:
        fail("cli.rule_failed", rule=error.rule, why=" ".join(str(error).split()))
    except SparkMissing as error:
        fail("cli.spark_missing", why=" ".join(str(error).split()))
    if not as_json:
        print_line("cli.signals", count=count)


def _wanted(codes: Sequence[str], files: Sequence[Path]) -> list[Pattern] | None:
    known = diversion.patterns()
    for each in codes:
        if each not in known:
            fail("cli.no_such_rule", rule=each, rules=sorted(known))
    return [*(known[each] for each in codes), *map(_read, files)] or None


def _read(file: Path) -> Pattern:
    try:
        return diversion.read_pattern(text_of(file))
    except RuleUnreadable as error:
        fail_for(error, "cli.rule_unreadable", file=str(file))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else datetime.now(UTC).date()
    except ValueError:
        fail("cli.not_a_date", text=text)


def _print(signal: Signal, rule: Pattern, names: dict[str, str], *, as_json: bool) -> None:
    told = wording.signal_text(signal, names, to=reader_language())
    title = wording.rule_title(rule.code, to=reader_language())
    title = rule.title if title == rule.code else title
    if as_json:
        innocent = wording.innocent_text(signal, to=reader_language())
        about = {"title": title, "paragraph": str(rule.paragraph)}
        print_json({**signal.plain(), **about, "explanation": told, "innocent": innocent})
        return
    console.print(f"{say(f'diversion.strength_{signal.strength.value}')}: {told}", style=_STYLES[signal.strength.value])
    weapons = ", ".join(weapon_text(each) for each in signal.weapons[:_SHOWN])
    events = ", ".join(map(str, signal.evidence[:_SHOWN]))
    print_line(
        "cli.signal_evidence",
        title=title,
        paragraph=str(rule.paragraph),
        rule=signal.rule,
        weapons=weapons or say("cli.signal_no_weapon"),
        events=events,
    )


_STYLES = {"weak": "dim", "medium": "", "strong": "bold"}
