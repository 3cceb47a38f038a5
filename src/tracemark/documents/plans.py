"""A plan's report on a year in words: what was due, done, late and spent, its indicators, and the targets it serves."""

from collections.abc import Iterator, Sequence

from tracemark.documents.national import Item, Part, ReportWords, printed
from tracemark.documents.sheets import Drawn
from tracemark.targets import KpiLine, Plan, PlanYear, TargetRecord, Work, amount_text, kpi_lines
from tracemark.wording import AnswerTable, date_text, holder_text, moment_text, sentence

_LISTS = ("due", "done", "done_late", "late", "not_begun", "dropped")


def plan_year_words(
    plan: Plan, year: PlanYear, served: Sequence[TargetRecord], drawn: Drawn, *, to: str = "en"
) -> ReportWords:
    """Say a plan's report on a year in a language; `served` are the targets that its activities serve.

    Source: BMS7 MEAS.2.
    """
    frame = plan.frame
    title = sentence("documents.plan_title", {"plan": frame.title, "year": str(year.year)}, to=to)
    lines = (
        (
            sentence("documents.report_period", to=to),
            f"{date_text(frame.first, to=to)} – {date_text(frame.last, to=to)}",
        ),
        (sentence("documents.plan_until", to=to), date_text(year.until, to=to)),
        (sentence("documents.report_standing", to=to), sentence(f"recordkeeping.standing_{plan.standing}", to=to)),
        (sentence("documents.plan_spent", to=to), f"{amount_text(year.spent_in_all)} {frame.currency}".strip()),
        (sentence("documents.plan_budget", to=to), f"{amount_text(year.budget)} {frame.currency}".strip()),
    )
    return ReportWords(title, "", lines, tuple(_parts(plan, year, served, drawn, to)))


def plan_year_report(
    plan: Plan, year: PlanYear, served: Sequence[TargetRecord], drawn: Drawn, *, to: str = "en"
) -> bytes:
    """Set a plan's report on a year as PDF/UA-1."""
    words = plan_year_words(plan, year, served, drawn, to=to)
    footer = sentence("documents.report_footer", {"report": plan.name, "at": moment_text(drawn.at, to=to)}, to=to)
    return printed(words, drawn, footer, drawn.head, to=to)


def _parts(plan: Plan, year: PlanYear, served: Sequence[TargetRecord], drawn: Drawn, to: str) -> Iterator[Part]:
    for name in _LISTS:
        works = getattr(year, name)
        heading = sentence(f"documents.plan_{name}", {"count": len(works)}, to=to)
        yield _table(heading, ("activity", "owner", "days", "status", "spent"), [
            _work(each, year, drawn, to) for each in works
        ], to)  # fmt: skip
    if lines := kpi_lines(plan):
        yield _table(sentence("documents.plan_kpis", to=to), ("kpi", "value", "missing"), [
            _kpi(each, year.year) for each in lines
        ], to)  # fmt: skip
    if served:
        columns = ("target", "value", "goal", "outlook", "serves", "development")
        rows = [_target(each, to) for each in served]
        yield _table(sentence("documents.plan_targets", to=to), columns, rows, to)


def _table(heading: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]], to: str) -> Part:
    heads = tuple(sentence(f"documents.plan_column_{each}", to=to) for each in columns)
    lines = () if rows else (sentence("documents.plan_none", to=to),)
    return Part(heading, (Item(heading, "", "", "BMS7 MEAS.2", lines, AnswerTable(heads, tuple(rows)), ""),))


def _work(work: Work, year: PlanYear, drawn: Drawn, to: str) -> tuple[str, ...]:
    each = work.activity
    return (
        f"{each.code} {each.title}",
        holder_text(each.owner, drawn.names, to=to),
        f"{date_text(each.start, to=to)} – {date_text(each.end, to=to)}",
        sentence(f"targets.status_{work.on(year.until)}", to=to),
        amount_text(year.spent[each.code]) if each.code in year.spent else "0",
    )


def _kpi(line: KpiLine, year: int) -> tuple[str, ...]:
    found = next((each for each in line.years if each.year == year), None)
    value = "–" if found is None or found.value is None else amount_text(found.value)
    return f"{line.kpi.code} {line.kpi.title}", value, ", ".join(found.missing) if found else "–"


def _target(record: TargetRecord, to: str) -> tuple[str, ...]:
    aim, latest = record.target.aim, record.progress.latest
    return (
        f"{record.target.name} {aim.title}",
        amount_text(latest.value) if latest else "–",
        f"{amount_text(aim.goal)} ({date_text(aim.due, to=to)})",
        sentence(f"targets.outlook_{record.progress.outlook}", to=to),
        ", ".join(map(str, (aim.commitment, *aim.serves))),
        "; ".join(f"{each.goal} ({each.document}, {date_text(each.on, to=to)})" for each in aim.development) or "–",
    )
