"""A dry run's report in plain form, as it is kept beside the file, and page by page as it is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracemark.intake import IntakeReport, Severity, severities, severity
from tracemark.kernel import Finding, cite

ROWS_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class FoundInRow:
    """One finding as a line of the report: where it stands, what is written there, and what may have been meant."""

    row: int
    field: str
    value: str
    suggestion: str
    severity: Severity
    finding: Finding


@dataclass(frozen=True, slots=True)
class Counted:
    """How often one thing was found in the whole file."""

    code: str
    count: int
    severity: Severity


def report_plain(report: IntakeReport) -> dict[str, Any]:
    """Return what is kept of a report."""
    return {
        **report.plain(),
        "about_table": [finding_plain(each) for each in report.about_table],
        "findings": [finding_plain(each) for each in report.findings],
        "duplicates": [
            {
                "row": each.row,
                "against": [
                    {
                        "weapon": one.weapon,
                        "row": one.row,
                        "code": one.code,
                        "changed": list(one.changed),
                        "reasons": [code for code in one.reasons if not code.endswith("_unknown")],
                    }
                    for one in each.against
                ],
            }
            for each in report.duplicates
        ],
    }


def finding_plain(finding: Finding) -> dict[str, Any]:
    """Return a finding in plain form."""
    return {"code": finding.code, "source": str(finding.source), "facts": dict(finding.facts)}


def finding_of(plain: Mapping[str, Any]) -> Finding:
    """Read a finding back."""
    return Finding(plain["code"], cite(plain["source"]), plain["facts"])


def lines_of(findings: Sequence[Mapping[str, Any]]) -> list[FoundInRow]:
    """Return findings in plain form as lines of a report."""
    return [_line(finding_of(each)) for each in findings]


def counted(counts: Mapping[str, int]) -> list[Counted]:
    """Return how often each thing was found, errors first and then by number."""
    order = list(Severity)
    known = severities()
    found = [Counted(code, number, known.get(code, Severity.ERROR)) for code, number in counts.items()]
    return sorted(found, key=lambda each: (order.index(each.severity), -each.count, each.code))


def _line(finding: Finding) -> FoundInRow:
    facts = finding.facts
    words = {name: str(facts.get(name) or "") for name in ("field", "value", "suggestion")}
    return FoundInRow(row=int(str(facts.get("row") or 0)), severity=severity(finding), finding=finding, **words)
