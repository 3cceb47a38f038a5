from tests.api.conftest import _patience, caller, key, node, template
from tests.fictional import demo_copy, demo_node, demo_url
from tests.stores.conftest import (
    postgres_stores,
    postgres_template,
    relational_stores,
    signer,
    sqlite_stores,
    sqlite_template,
)

__all__ = [
    "_patience",
    "caller",
    "demo_copy",
    "demo_node",
    "demo_url",
    "key",
    "node",
    "postgres_stores",
    "postgres_template",
    "relational_stores",
    "signer",
    "sqlite_stores",
    "sqlite_template",
    "template",
]
