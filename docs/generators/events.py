from collections.abc import Iterable

from docs.generators.markdown import cited, code, codes, said, table
from tracemark import instruments, recordkeeping
from tracemark.authorities import Permission, permission_terms
from tracemark.recordkeeping import KindTerms, Status, event_kinds

_BEGINNING = """# Events

The closed list of what can happen to a weapon. Whatever the register says of a weapon is folded from its events, in
the order in which they happened; nothing is changed or deleted, a mistake is put right by a `corrected` event
([how](../howto/correct-an-entry.md)).

Every event names the weapon, the day (or month, or year) on which it happened, the authority that reports it and
the account that wrote it, and may name a document. What else it must and may say depends on its kind. An event that
cannot follow what is known of the weapon is refused; kinds that are *always recorded* are flagged instead, because
what was seen was seen. *Retention* is the least number of years a record is kept (ITI 12); nothing is deleted by
age.
"""


def events_page() -> str:
    """Describe every kind of event."""
    kinds = event_kinds().values()
    overview = [
        (
            f"[{code(each.kind.value)}](#{each.kind.value})",
            _name(each),
            cited(each.source),
            code(each.permission),
            _to(each),
        )
        for each in kinds
    ]
    heading = ["kind", "in words", "paragraph", "permission", "status after it"]
    parts = [_BEGINNING, table(heading, overview), *(_kind(each) for each in kinds), _statuses(), _details(kinds)]
    return "\n".join(parts)


def _kind(terms: KindTerms) -> str:
    summary = instruments.paragraph(terms.source).summary
    years = recordkeeping.floor_of(terms.retention).years
    granted = permission_terms()[Permission(terms.permission)]
    roles = [role.value for role in granted.roles]
    rows = [
        ("serves", f"{cited(terms.source)}: {summary}"),
        ("written by", f"{code(terms.permission)}: {codes(sorted(roles))}"),
        ("must say", codes(sorted(terms.requires))),
        ("may say", codes(sorted(terms.may))),
        ("follows", _after(terms)),
        ("leads to", _to(terms)),
        ("lawful", "yes" if terms.lawful else "no: the weapon is out of lawful hands, or illicit"),
        ("kept", f"at least {years} years"),
        ("life-cycle stage", terms.stage),
    ]
    return f"\n## {terms.kind.value}\n\n{_name(terms)}.\n\n{table(['', ''], rows)}"


def _name(terms: KindTerms) -> str:
    return said(f"recordkeeping.kind_{terms.kind.value}")


def _after(terms: KindTerms) -> str:
    if terms.dossier:
        opens = "nothing: it opens one" if terms.first else "any standing"
        return f"of a dossier ({terms.dossier}): " + (codes(sorted(terms.follows)) if terms.follows else opens)
    if terms.concerns_no_weapon:
        return "nothing: it concerns no single weapon"
    after = codes(status.value for status in Status if status in terms.after) if terms.after else "any status"
    return after + ("; always recorded" if terms.always else "")


def _to(terms: KindTerms) -> str:
    to = terms.leads_to if terms.dossier else terms.to
    return code(to) if to else "unchanged"


def _statuses() -> str:
    rows = [(code(status.value), said(f"recordkeeping.status_{status.value}")) for status in Status]
    return f"\n## Statuses of a weapon\n\n{table(['status', 'in words'], rows)}"


def _details(kinds: Iterable[KindTerms]) -> str:
    names = sorted({name for each in kinds for name in each.requires | each.may})
    rows = [(code(name), said(f"recordkeeping.detail_{name}")) for name in names]
    return f"\n## Details\n\n{table(['detail', 'in words'], rows)}"
