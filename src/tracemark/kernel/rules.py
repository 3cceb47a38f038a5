from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tracemark.kernel.canonical import Plain
from tracemark.kernel.citations import Citation, cite

Subject = TypeVar("Subject")
Facts = Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class Finding:
    """One way in which a thing falls short of a paragraph: a code, the paragraph, the facts.

    `tracemark.wording` turns it into a sentence in the reader's language.
    """

    code: str
    source: Citation
    facts: Facts = field(default_factory=dict)


class Refused(Exception):
    """An action was refused and nothing was written; `findings` says why. Rooms raise their own kinds of it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(", ".join(f"{finding.code} ({finding.source})" for finding in findings))
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class Rule(Generic[Subject]):
    """A check that cites the paragraph it serves. Calling it returns no finding when all is well."""

    code: str
    source: Citation
    check: Callable[[Subject], Facts | None]

    def __call__(self, subject: Subject) -> list[Finding]:
        facts = self.check(subject)
        return [] if facts is None else [Finding(self.code, self.source, facts)]


def rule(code: str, source: str) -> Callable[[Callable[[Subject], Facts | None]], Rule[Subject]]:
    """Turn a check (None when satisfied, else the facts of the shortfall) into a Rule."""
    return lambda check: Rule(code, cite(source), check)


def findings(rules: Iterable[Rule[Subject]], subject: Subject) -> list[Finding]:
    """Apply each rule in turn and return all that falls short."""
    return [finding for each in rules for finding in each(subject)]
