from collections.abc import Sequence
from typing import Protocol

from tracemark.diversion import Engine


class FigureEngine(Engine, Protocol):
    """What looks into the record's tables for figures."""

    def show(self, name: str, query: str) -> None:
        """Give a query a name under which others look into its answer; it is answered each time."""
        ...

    def keep(self, name: str, query: str, uses: Sequence[str] = ()) -> None:
        """Keep the answer of a query beside the record, for all who open the same record later.

        The answer has a column `weapon`, and each weapon's rows follow from the rows of this weapon alone, so that
        where the record grew they are drawn anew for those weapons that something was said of. `uses` names the
        tables that the query looks into: small ones, and others that are kept.
        """
        ...
