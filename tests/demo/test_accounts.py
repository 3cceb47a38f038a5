"""The accounts of the demonstration: one a role, on the list of changes like any other, and alone without a factor."""

import os
import subprocess
import sys

from tests.conftest import ROOT
from tracemark.authorities import Account, Role
from tracemark.node import open_node

OPEN = (
    "from tracemark import demo; from tracemark.node import open_node; node = open_node(); "
    "print(*(account.name for account in demo.open_accounts(node)))"
)


def test_they_are_opened_as_any_and_exempt_as_none(demo_copy: str) -> None:
    around = {**os.environ, "TRACEMARK_DB": demo_copy, "DJANGO_SETTINGS_MODULE": "tracemark.settings"}
    for _ in range(2):
        told = subprocess.run(
            [sys.executable, "-c", OPEN], cwd=ROOT, env=around, check=True, capture_output=True, text=True
        )
    stores = open_node(demo_copy).stores
    assert told.stdout.split() == [f"demo-{role.value.replace('_', '-')}" for role in Role]
    assert stores.accounts.find("demo-approver") == Account("demo-approver", "XT-REG", frozenset({"approver"}))
    kinds = [(each.kind.value, each.by) for each in stores.changes.page(account="demo-approver")]
    assert kinds == [("password_given", "demo"), ("opened", "demo")]
    exempt = stores.accounts._database.rows(  # type: ignore[attr-defined]
        "SELECT COUNT(*) FROM account WHERE factor_exempt AND last_login IS NOT NULL"
    )
    assert exempt == [(len(Role),)]
    stores.close()
