import ast
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

from docs.generators.bearing_tests import ROOT, bearers_of_code, bearers_of_paragraph, linked
from docs.generators.markdown import cited, code, said, table
from tracemark import intake, marking, tracing, transfers, weapons, wording
from tracemark.kernel import Citation, Refused, Rule, cite

_BEGINNING = """# Rules and findings

A rule is a check that cites the paragraph it serves; what falls short of it is a finding: a code, the paragraph,
the facts. Codes never change and are never translated; the sentences below are the English ones, with the facts in
braces. Grades: *required*, a breach; *encouraged*, advice; *not assessed*, nobody has looked yet; *told*, said and
not refused.

The last column names a test that fails when the rule is wrong.
"""


def rules_page() -> str:
    """Describe every rule and every other finding."""
    heading = ["code", "paragraph", "grade", "sentence", "test"]
    parts = [_BEGINNING, "## Rules of the instruments\n"]
    parts.append(table(heading, [_rule_row(rule, grade) for rule, grade in graded_rules()]))
    for name, profile in marking.shipped_profiles().items():
        rows = [
            (code(each.code), cited(each.source), each.grade.value, said(each.code), _borne(each.code, each.source))
            for each in _each_once(profile.requirements)
        ]
        parts += [f"\n## National law: {profile.title} (`{name}`)\n", table(heading, rows)]
    parts += [_INTAKE, table(heading, [_intake_row(each) for each in sorted(intake.severities())])]
    parts += [_REFUSALS, table(["code", "paragraph", "sentence", "test"], list(_other_rows()))]
    return "\n".join(parts)


_INTAKE = """
## What can be wrong with a row or a file

*error*: the row is not imported and is kept; *held*: kept until an officer judges; *warning*: imported, and said.
"""
_REFUSALS = """
## Other findings

What an action refuses, what comparing marks says, and why a document or a reading cannot be taken.
"""


def graded_rules() -> list[tuple[Rule[object], str]]:
    """Return every rule of the instruments with its grade, in the order of the rooms."""
    found: list[tuple[Rule[object], str]] = []
    for rules, grade in (
        (weapons.ASSEMBLY_RULES, "told"),
        ((weapons.absence_of_marks_explained,), "told"),
        (marking.REQUIRED, "required"),
        (marking.ENCOURAGED, "encouraged"),
        (marking.NOT_ASSESSED, "not assessed"),
        (tracing.COMPLETENESS_RULES, "told"),
        (tracing.ANSWER_RULES, "required"),
        (transfers.TRANSFER_RULES, "required"),
    ):
        found += [(rule, grade) for rule in rules]  # type: ignore[misc]
    return found


@cache
def other_findings() -> Mapping[str, Citation | None]:
    """Return the codes that rooms and plugs write down where they find them; None where the paragraph depends."""
    ruled = {rule.code for rule, _ in graded_rules()} | set(intake.severities())
    ruled |= {each.code for profile in marking.shipped_profiles().values() for each in profile.requirements}
    found: defaultdict[str, set[Citation | None]] = defaultdict(set)
    for path in sorted((ROOT / "src" / "tracemark").rglob("*.py")):
        for name, source in _written_down(path):
            if name not in ruled:
                found[name].add(source)
    for name, _ in wording.sentence_codes():
        if name.startswith("exchange."):
            found[name].add(cite("PoA II.9"))
    return {name: next(iter(sources)) if len(sources) == 1 else None for name, sources in sorted(found.items())}


def _rule_row(rule: Rule[object], grade: str) -> tuple[str, ...]:
    return code(rule.code), cited(rule.source), grade, said(rule.code), _borne(rule.code, rule.source)


def _intake_row(name: str) -> tuple[str, ...]:
    found = intake.fault(name, 0)
    return code(name), cited(found.source), intake.severity(found).value, said(name), _borne(name)


def _other_rows() -> Iterator[tuple[str, ...]]:
    for name, source in other_findings().items():
        yield code(name), cited(source) if source else "", said(name), _borne(name)


def _borne(code_name: str, source: Citation | None = None) -> str:
    """Name the tests that bear a code; failing that, those of its room whose name bears the paragraph."""
    if found := bearers_of_code(code_name, _names().get(code_name, "")):
        return linked(found)
    room = f"tests/{code_name.partition('.')[0]}/"
    above = Citation(source.instrument, source.paragraph) if source else None
    named = [each for cited_by in (source, above) if cited_by for each in bearers_of_paragraph(cited_by)]
    return linked([each for each in dict.fromkeys(named) if each.file.startswith(room)])


@cache
def _names() -> Mapping[str, str]:
    """Return the name that each rule bears in the source."""
    modules = [module for name, module in sys.modules.items() if name.startswith("tracemark.")]
    held = [item for module in modules for item in vars(module).items()]
    return {value.code: name for name, value in held if isinstance(value, Rule)}


def _each_once(requirements: Iterable[marking.Requirement]) -> Sequence[marking.Requirement]:
    """Return the newest of the requirements that share a code."""
    return list({each.code: each for each in requirements}.values())


def _written_down(path: Path) -> Iterator[tuple[str, Citation | None]]:
    """Yield the code and the paragraph of each finding that a module writes down literally."""
    tree = ast.parse(path.read_text("utf-8"))
    named = {
        target.id: source
        for node in tree.body
        if isinstance(node, ast.Assign) and (source := _source(node.value, {}))
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            if node.func.id == "Finding":
                source = _source(node.args[1], named) if len(node.args) > 1 else None
                yield from ((text, source) for text in _texts(node.args[0]))
            elif node.func.id == "refuse":
                source = _cited_by_refusal(node.args[1:], named, path)
                yield from ((text, source) for text in _texts(node.args[0]))
            elif node.func.id == "UnreadableReading":
                yield from ((text, None) for text in _texts(node.args[0]))


def _cited_by_refusal(given: Sequence[ast.expr], named: Mapping[str, Citation], path: Path) -> Citation | None:
    """Return what a refusal cites; where it names nothing itself, what those of its room cite."""
    if given:
        text = given[0].value if isinstance(given[0], ast.Constant) else None
        return cite(text) if isinstance(text, str) else _source(given[0], named)
    room = path.relative_to(ROOT / "src" / "tracemark").parts[0]
    refused: Refused = import_module(f"tracemark.{room}.actions.telling").refuse("none")
    return refused.findings[0].source


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
        yield node.value


def _source(node: ast.expr, named: Mapping[str, Citation]) -> Citation | None:
    if isinstance(node, ast.Name):
        return named.get(node.id)
    is_cite = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "cite"
    if is_cite and isinstance(node.args[0], ast.Constant):  # type: ignore[attr-defined]
        return cite(str(node.args[0].value))  # type: ignore[attr-defined]
    return None
