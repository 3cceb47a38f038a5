"""Statistics stated from a table."""

import tempfile
from pathlib import Path

from tracemark import exchange
from tracemark.kernel import Actor
from tracemark.node.nodes import Node
from tracemark.reporting import Stated, knows_statistics, read_statistics, state_statistics


def state_file(node: Node, name: str, content: bytes, document: str, note: str, actor: Actor) -> Stated:
    """State the statistics of a file that was handed in; its name says what it is. Raises as `state_table`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{Path(name).suffix.lower()}"
        path.write_bytes(content)
        return state_table(node, path, document, note, actor)


def state_table(node: Node, path: Path, document: str, note: str, actor: Actor) -> Stated:
    """State the statistics of a table, all or none.

    Raises:
        NotPermitted: the actor may not enter statistics.
        TableRefused: the file is no table.
        StatisticsRefused: something in it is wrong.

    Source: BMS7 MEAS.3.
    """
    table = exchange.read_table(path, knows=knows_statistics).table
    statements = read_statistics(table.columns, table.rows(), this_year=node.clock.now().year)
    return state_statistics(
        statements=statements, document=document, note=note, actor=actor, stores=node.stores, clock=node.clock
    )
