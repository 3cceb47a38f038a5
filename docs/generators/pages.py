from collections.abc import Callable, Mapping
from pathlib import Path

from docs.generators.api import api_page
from docs.generators.commands import commands_page
from docs.generators.diversion import columns_page, diversion_page
from docs.generators.environment import environment_page
from docs.generators.events import events_page
from docs.generators.examined import damage_costs
from docs.generators.exchanged import exchanged_page
from docs.generators.figures import figures_page
from docs.generators.formats import formats_page
from docs.generators.matched import matched_page
from docs.generators.matrix import matrix_page
from docs.generators.measured import measured_page
from docs.generators.paragraphs import paragraphs_page
from docs.generators.reading_words import reading_words_page
from docs.generators.rules import rules_page

FOLDER = Path(__file__).parents[1] / "reference"

_PAGES: Mapping[str, Callable[[], str]] = {
    "api.md": api_page,
    "cli.md": commands_page,
    "columns.md": columns_page,
    "diversion.md": diversion_page,
    "events.md": events_page,
    "exchange-measured.md": exchanged_page,
    "figures.md": figures_page,
    "assistance-measured.md": matched_page,
    "matching-measured.md": measured_page,
    "paragraphs.md": paragraphs_page,
    "permissions.md": matrix_page,
    "profiles.md": formats_page,
    "reading-words.md": reading_words_page,
    "rules.md": rules_page,
    "settings.md": environment_page,
}
_PARTS: Mapping[Path, Callable[[], str]] = {FOLDER.parent / "why" / "for-the-examiner.md": damage_costs}
"""Pages that people write, of which one part is written from results: what stands between `_BEGIN` and `_END`."""

_HEAD = "<!-- Written by `make docs` from the code: change it there. -->\n\n"
_BEGIN, _END = "<!-- Written by `make docs` from results. -->\n\n", "\n\n<!-- Until here. -->\n"


def pages() -> dict[str, str]:
    """Return every reference page by the name of its file."""
    return {name: _HEAD + page().strip() + "\n" for name, page in _PAGES.items()}


def parted() -> dict[Path, str]:
    """Return the pages that people write with their one part from results made anew."""
    return {page: _with(page.read_text("utf-8"), part()) for page, part in _PARTS.items()}


def _with(text: str, part: str) -> str:
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    return f"{before}{begin}{part}{end}{after}"


def write_pages() -> None:
    """Write every reference page and every such part that differs from what stands there."""
    for target, text in ({FOLDER / name: text for name, text in pages().items()} | parted()).items():
        if not target.exists() or target.read_text("utf-8") != text:
            target.write_text(text, "utf-8")
