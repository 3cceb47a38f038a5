"""Fill the register that TRACEMARK_DB names with the sample, and print a session for each role, as JSON."""

import json
from dataclasses import replace

from tests.signed_in import session_of
from tests.web.desk_work import fill_desks
from tests.web.sample import OFFICER, fill
from tests.web.stockpile_work import keep_stock
from tests.web.trade_desk import fill_trade
from tracemark import recordkeeping
from tracemark.authorities import Account, Role, change_account, issue_token, open_account
from tracemark.kernel import Actor
from tracemark.node import Node, this_node
from tracemark.recordkeeping import Correction
from tracemark.tracing import Query, parse_reading

PASSWORD = "entered on the sign-in page"


def main() -> None:
    node = this_node()
    sample = fill(node.stores)
    recordkeeping.propose_correction(
        correction=Correction(3, "the place was typed wrongly", void=True),
        actor=OFFICER,
        stores=node.stores,
        clock=node.clock,
    )
    fill_desks(node, sample.pistol, sample.revolver)
    fill_trade(node)
    roles = {role.value: [role.value] for role in Role} | {"nobody": []}
    sessions = {name: session_of(name, held, password=PASSWORD) for name, held in roles.items()}
    oversee(node)
    keep_stock(node)
    print(json.dumps({"sessions": sessions, "person": sample.person, "password": PASSWORD}))


def oversee(node: Node) -> None:
    """Open an account and change it, issue a token, and search, so that an auditor has something to look at."""
    administrator = Actor("administrator", "XT-REG", frozenset({Role.ADMINISTRATOR.value}))
    analyst = Actor("tracing_analyst", "XT-REG", frozenset({Role.TRACING_ANALYST.value}))
    stores, clock = node.stores, node.clock
    account = Account("newcomer", "XT-REG", frozenset({Role.APPROVER.value}))
    open_account(account=account, actor=administrator, stores=stores, clock=clock)
    change_account(account=replace(account, active=False), actor=administrator, stores=stores, clock=clock)
    for owner in (Role.REGISTRY_OFFICER.value, Role.TRACING_ANALYST.value):
        issue_token(
            owner=owner,
            name="evening export",
            scopes=("record.read", "trace.read"),
            days=90,
            actor=Actor(owner, "XT-REG", frozenset({owner})),
            stores=stores,
            clock=clock,
        )
    node.trace(Query((parse_reading("CA?47[1I]*"),), maker="glock", year=2001), analyst)


if __name__ == "__main__":
    main()
