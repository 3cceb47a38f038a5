from tests.cli.typists import two
from tests.fictional import demo_copy, demo_node, demo_url

__all__ = ["demo_copy", "demo_node", "demo_url", "two"]
