from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from docs.generators.bearing_tests import bearers_of_paragraph, linked
from docs.generators.markdown import anchor, codes, table
from docs.generators.rules import graded_rules, other_findings
from tracemark import instruments, intake, marking, recordkeeping
from tracemark.authorities import permission_terms
from tracemark.instruments import Instrument, Paragraph
from tracemark.kernel import Citation

_BEGINNING = """# Paragraph by paragraph

Every paragraph that the shipped library of instruments holds, in this project's own words, never the text itself;
and what here serves it: rules and findings ([all of them](rules.md)), kinds of event ([all](events.md)),
permissions ([all](permissions.md)), and tests whose name bears the paragraph. An empty row is a paragraph that
nothing here serves yet. *How sure* says where the summary comes from; compare with the document before you rely on
one that is from memory.
"""


def paragraphs_page() -> str:
    """Describe every paragraph with what serves it."""
    library = instruments.shipped()
    parts = [_BEGINNING]
    for code, instrument in library.instruments.items():
        held = [versions[-1] for citation, versions in library.versions.items() if citation.instrument == code]
        if held:
            heading = ["paragraph", "asks", "how sure", "rules and findings", "events and permissions", "tests"]
            parts += [*_heading(instrument), table(heading, [_row(each) for each in held])]
    return "\n".join(parts)


def _heading(instrument: Instrument) -> Iterator[str]:
    yield f"\n## {instrument.code}\n"
    day = f", {instrument.adopted_on}" if instrument.adopted_on else ""
    symbol = f" ({instrument.symbol}{day})" if instrument.symbol else ""
    yield f"{instrument.title}{symbol}. {instrument.status.value.capitalize()}; last checked {instrument.checked_on}.\n"


def _row(paragraph: Paragraph) -> tuple[str, ...]:
    citation = paragraph.citation
    served = [*_kinds().get(citation, ()), *_permissions().get(citation, ())]
    return (
        f'<a id="{anchor(citation)}"></a>{citation}',
        paragraph.summary,
        paragraph.confidence.value,
        codes(_rules().get(citation, ())),
        codes(served),
        linked(bearers_of_paragraph(citation)),
    )


@cache
def _rules() -> Mapping[Citation, list[str]]:
    found: defaultdict[Citation, list[str]] = defaultdict(list)
    for rule, _ in graded_rules():
        found[rule.source].append(rule.code)
    for profile in marking.shipped_profiles().values():
        for each in profile.requirements:
            if each.code not in found[each.source]:
                found[each.source].append(each.code)
    for code in intake.severities():
        found[intake.fault(code, 0).source].append(code)
    for code, source in other_findings().items():
        if source:
            found[source].append(code)
    return found


@cache
def _kinds() -> Mapping[Citation, list[str]]:
    found: defaultdict[Citation, list[str]] = defaultdict(list)
    for terms in recordkeeping.event_kinds().values():
        found[terms.source].append(terms.kind.value)
    return found


@cache
def _permissions() -> Mapping[Citation, list[str]]:
    found: defaultdict[Citation, list[str]] = defaultdict(list)
    for terms in permission_terms().values():
        found[terms.source].append(terms.permission.value)
    return found
