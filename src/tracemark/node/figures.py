"""Figures drawn from a node's own record, or from a folder that another node exported."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tracemark import wording
from tracemark.authorities import Permission, require
from tracemark.exchange import SdmxForm, figure_structure, write_figure
from tracemark.kernel import Actor
from tracemark.node.exporting import bring_up_to_date, export_until
from tracemark.node.nodes import Node
from tracemark.reporting import Drawing, Period, Publication, published
from tracemark.storage import SnapshotFolder, duckdb_engine, processors

_MEMORY = "4GB"
_NAMED = {"figure": "", "unit": "unit_", "by": "by_", "sdmx": "sdmx_"}
_ISOLATES = "\u2066\u2067\u2068\u2069"


@contextmanager
def drawing(node: Node, period: Period, actor: Actor, *, size: int | None = None) -> Iterator[Drawing]:
    """Open a node's record for figures, as it stands, or as it stood when it had `size` events.

    The columns beside the register are brought up to date first. Source: PoA II.33.

    Raises:
        NotPermitted: the actor may not see figures.
        SnapshotDamaged: the columns are not what their manifest says.
        HeadMissing: no head was signed at `size`.
        SnapshotForeign: they are of another record.
    """
    require(actor, Permission.FIGURE_READ)
    kept = bring_up_to_date(node, node.columns)
    with ExitStack() as opening:
        if size is not None and not kept.ends_at(size):
            kept = export_until(node, Path(opening.enter_context(tempfile.TemporaryDirectory())), size)
        elif size is not None:
            kept = kept.until(size)
        yield opening.enter_context(drawing_from(kept, period))


@contextmanager
def drawing_from(kept: SnapshotFolder, period: Period) -> Iterator[Drawing]:
    """Open a folder of snapshots for figures.

    An empty record has the head `0.`, and no figure is available.
    """
    newest = kept.newest
    head = f"{newest.size}.{newest.root}" if newest else "0."
    with tempfile.TemporaryDirectory() as aside:
        opened = duckdb_engine(kept, threads=processors(), memory=_MEMORY, aside=Path(aside))
        with opened as engine:
            yield Drawing(engine, period=period, head=head, state=kept.state)


def figure_file(node: Node, publication: Publication, form: SdmxForm) -> bytes:
    """Write a published figure as SDMX."""
    return write_figure(publication, node.state, node.clock.now(), form)


def published_structure(node: Node) -> bytes:
    """Write the structure of what the node publishes, named in every language, as SDMX."""
    agencies = node.agency_names
    languages = {"zh-Hans" if each.code == "zh-hans" else each.code: each.code for each in wording.LANGUAGES}

    def named(what: str, value: str, language: str) -> str:
        to = languages[language]
        if what in _NAMED:
            return wording.sentence(f"figures.{_NAMED[what]}{value}", to=to)
        return wording.cell_text(what, value, agencies, to=to).strip(_ISOLATES)

    return figure_structure(published(node.stores), named, list(languages))
