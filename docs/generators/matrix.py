from docs.generators.markdown import cited, code, codes, said, table
from tracemark.authorities import Effect, Permission, Reach, Role, permission_terms, role_terms

_BEGINNING = """# Roles and permissions

What is not granted is denied. An account may hold several roles: it may then do what any of them grants, except
what one of them rules out. The table is `src/tracemark/authorities/matrix.toml`; doors and rooms ask it and decide
nothing themselves.
"""
_REACHES = {
    Reach.NODE: "every holder of the node",
    Reach.AGENCY: "its own agency and those below it",
    Reach.NONE: "no record",
}
_EFFECTS = {
    Effect.READS: "reads",
    Effect.READS_PERSONS: "reads personal data",
    Effect.WRITES: "writes the record, or what lies beside it",
    Effect.MANAGES: "changes something else: accounts, agencies, settings, reference data",
}


def matrix_page() -> str:
    """Show every role against every permission."""
    roles = [
        (
            code(role.value),
            said(terms.sentence),
            _REACHES[terms.reach],
            codes(sorted(terms.never)) if terms.never else "",
        )
        for role, terms in role_terms().items()
    ]
    heading = ["permission", "lets one", "paragraph", "effect", *(said(role_terms()[role].sentence) for role in Role)]
    parts = [_BEGINNING, "## Roles\n", table(["role", "in words", "sees", "rules out"], roles)]
    parts += ["\n## Permissions\n", table(heading, [_row(each) for each in Permission])]
    effects = [(code(effect.value), text) for effect, text in _EFFECTS.items()]
    parts += ["\n## Effects\n", table(["effect", "meaning"], effects)]
    return "\n".join(parts)


def _row(permission: Permission) -> list[str]:
    terms = permission_terms()[permission]
    granted = ["●" if role in terms.roles and terms.effect not in role_terms()[role].never else "" for role in Role]
    return [code(permission.value), said(terms.sentence), cited(terms.source), code(terms.effect.value), *granted]
