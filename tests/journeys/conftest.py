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
    "demo_copy",
    "demo_node",
    "demo_url",
    "postgres_stores",
    "postgres_template",
    "relational_stores",
    "signer",
    "sqlite_stores",
    "sqlite_template",
]
