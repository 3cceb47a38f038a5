"""Issue a token for the API and print its key, once: ACCOUNT "WHAT FOR" DAYS PERMISSION ..."""

import sys

from tracemark.authorities import Permission
from tracemark.node import open_node

owner, purpose, days, *scopes = sys.argv[1:]
node = open_node()

from tracemark.api.tokens import issue_token, token_store  # noqa: E402 - a node is opened before its tokens can be

key = issue_token(
    owner=owner,
    name=purpose,
    scopes=tuple(Permission(scope).value for scope in scopes),
    days=int(days),
    tokens=token_store(node),
    clock=node.clock,
)
print(key)
