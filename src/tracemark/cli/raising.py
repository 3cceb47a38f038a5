"""How signals are looked for in the whole record, to be raised; apart from the commands, since rules load slowly."""

from collections.abc import Sequence

from tracemark import diversion, node
from tracemark.authorities import Role
from tracemark.cli.options import writer
from tracemark.cli.output import fail, fail_for
from tracemark.diversion import Raised
from tracemark.node import Node, RuleFailed, SnapshotDamaged, SnapshotForeign


def raised_in(opened: Node, rules: Sequence[str]) -> Raised:
    """Raise what rules, those named or all, find in a node's record; what is in the way ends the command."""
    known = diversion.patterns()
    for each in rules:
        if each not in known:
            fail("cli.no_such_rule", rule=each, rules=sorted(known))
    try:
        return node.raise_found(opened, writer(opened, Role.TRACING_ANALYST), [known[each] for each in rules] or None)
    except SnapshotDamaged as error:
        fail_for(error, "cli.snapshot_damaged", place=str(opened.columns))
    except SnapshotForeign:
        fail("cli.snapshot_foreign", place=str(opened.columns))
    except RuleFailed as error:
        fail("cli.rule_failed", rule=error.rule, why=" ".join(str(error).split()))
