from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TypeVar

from tracemark.diversion.detections import Stage, Strength
from tracemark.kernel import Citation, Trouble, cite

Word = TypeVar("Word", bound=StrEnum)

RESERVED = frozenset({"weapons", "evidence", "happened", "place"})
"""The columns that every rule answers with; all others are facts of its sentence."""


class Statistic(StrEnum):
    """What is made of a rule's answer where a query is too blunt; each says which columns it asks for.

    `rises`: stretches with more than before (`series.rises`). `funnel`: who goes beyond what its stock explains
    (`limits.excesses`). `batches`: near numbers of one series (`batches.clusters`).
    """

    RISES = "rises"
    FUNNEL = "funnel"
    BATCHES = "batches"


_FIELDS = ("code", "title", "stage", "strength", "paragraph", "pattern", "evidence", "innocent")


class RuleUnreadable(Trouble):
    """A file of a rule lacks a line of its head, or says there what nobody knows."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rule: one query over the record's tables, in DuckDB's SQL, and what its head says of it.

    `pattern` is the row of the typology it looks for (S1, T3, …), `evidence` the data it cannot do without, `innocent`
    what else may be behind what it finds. With a `statistic` the query answers with single events, of which that makes
    signals.
    """

    code: str
    title: str
    stage: Stage
    strength: Strength
    paragraph: Citation
    pattern: str
    evidence: str
    innocent: str
    sql: str
    statistic: Statistic | None = None


def read_pattern(text: str) -> Pattern:
    """Read a rule from its file: lines `-- field: value` (longer ones go on after `--  `), then one SELECT.

    Raises:
        RuleUnreadable: the head lacks a field or says what nobody knows.
    """
    told, body = read_head(text)
    if missing := [field for field in _FIELDS if not told.get(field)]:
        raise RuleUnreadable("trouble.rule_head_lacks", fields=missing)
    return Pattern(
        code=told["code"],
        title=told["title"],
        stage=_one_of(Stage, "stage", told["stage"]),
        strength=_one_of(Strength, "strength", told["strength"]),
        paragraph=_paragraph(told["paragraph"]),
        pattern=told["pattern"],
        evidence=told["evidence"],
        innocent=told["innocent"],
        sql=body,
        statistic=_one_of(Statistic, "statistic", told["statistic"]) if told.get("statistic") else None,
    )


@cache
def patterns() -> Mapping[str, Pattern]:
    """Every rule that comes with the software, by code."""
    folder = files("tracemark.diversion") / "rules"
    texts = sorted((each.name, each.read_text("utf-8")) for each in folder.iterdir() if each.name.endswith(".sql"))
    found = [read_pattern(text) for _, text in texts]
    return {each.code: each for each in found}


@cache
def shared_views() -> Mapping[str, str]:
    """The tables that several rules look into, each one query, in the order in which they are made."""
    folder = files("tracemark.diversion") / "views"
    return {name: (folder / f"{name}.sql").read_text("utf-8") for name in ("recoveries", "lives", "losses")}


def _one_of(words: type[Word], field: str, value: str) -> Word:
    try:
        return words(value)
    except ValueError as error:
        raise RuleUnreadable("trouble.rule_head_word", field=field, value=value, known=list(words)) from error


def _paragraph(text: str) -> Citation:
    try:
        return cite(text)
    except ValueError as error:
        raise RuleUnreadable("trouble.rule_head_paragraph", value=text) from error


def read_head(text: str) -> tuple[dict[str, str], str]:
    """Part a query's file into its head, lines `-- field: value` (longer ones go on after `--  `), and its query."""
    told, field, lines = dict[str, str](), "", text.splitlines()
    for number, line in enumerate(lines):
        if not line.startswith("--"):
            return told, "\n".join(lines[number:]).strip().rstrip(";")
        if line.startswith("--  ") and field:
            told[field] += f" {line[2:].strip()}"
        else:
            field, _, value = line[2:].strip().partition(": ")
            told[field] = value.strip()
    return told, ""
