import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tracemark import wording
from tracemark.kernel import Citation

NOTHING = "–"
_LARGE = 1_000


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; an empty cell becomes a dash."""
    lines = [heading, ["---"] * len(heading), *([_cell(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def measures(head: str, columns: Mapping[str, str], rows: Iterable[tuple[str, Mapping[str, Any]]]) -> str:
    """Write a table of what was measured: a row's name, then its measures under the titles that `columns` give them."""
    body = [(named.replace("_", " "), *(_measure(row.get(key)) for key in columns)) for named, row in rows]
    return table([head, *columns.values()], body) + "\n"


def code(text: str) -> str:
    """Write a name as it is typed."""
    return f"`{text}`" if text else NOTHING


def codes(names: Iterable[str]) -> str:
    """Write several names as they are typed."""
    return ", ".join(f"`{name}`" for name in names) or NOTHING


def cited(source: Citation) -> str:
    """Name a paragraph, with a link to its place in `paragraphs.md`."""
    return f"[{source}](paragraphs.md#{anchor(source)})"


def anchor(source: Citation) -> str:
    """Return the name of a paragraph's place in `paragraphs.md`."""
    return re.sub(r"[^a-z0-9]+", "-", str(source).lower()).strip("-")


def said(name: str) -> str:
    """Return the English sentence of a code with its places left open; "" where there is none."""
    entry = dict(wording.sentence_codes()).get(name, "")
    text = entry if isinstance(entry, str) else entry["other"]
    return re.sub(r"\{(\w+):[\w.]+\}", r"{\1}", text.replace("⟧⟦", " *or* ").replace("⟦", "").replace("⟧", ""))


def _measure(value: float | None) -> str:
    """A whole number in full, another to three places that count; nothing where a system does not have it."""
    if value is None:
        return ""
    return f"{value:,.0f}" if isinstance(value, int) or abs(value) >= _LARGE else f"{value:.3g}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").strip() or NOTHING
