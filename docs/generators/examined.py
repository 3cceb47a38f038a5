"""What damage costs, for the page that examiners read: from the same results as the page of all figures."""

import json
from collections.abc import Iterator

from docs.generators.markdown import table
from docs.generators.measured import RESULTS

_SIZE = 1_000_000
_DAMAGE = {
    "unreadable_1": "one place unreadable, said so",
    "unreadable_2_3": "two or three places unreadable",
    "look_alike": "one or two look-alikes misread",
    "transposed": "two places swapped",
    "inserted_or_left_out": "a character too many or too few",
    "lost_end": "one to three places of an end lost",
    "middle_gap": "a stretch within lost",
    "mixed": "one unreadable, another error, statements often wrong",
}
_HEADING = ("damage", "stands first", "among ten", "of some, first", "what could be known")


def damage_costs() -> str:
    """Tell how often the right weapon is found, damage by damage, among a million marks."""
    told = json.loads((RESULTS / "matching.json").read_text("utf-8"))
    by = {(row["system"], row["class"]): row for row in told["rows"] if row["size"] == _SIZE}
    return table(_HEADING, (tuple(_row(by["tracemark", each], by["information limit", each], name))
                            for each, name in _DAMAGE.items()))  # fmt: skip


def _row(ours: dict[str, float], limit: dict[str, float], name: str) -> Iterator[str]:
    yield name
    yield from (_percent(ours[key]) for key in ("recall_at_1", "recall_at_10"))
    yield f"{_percent(limit['tracemark_recall_at_1'])} of {limit['queries']}"
    yield _percent(limit["recall_at_1"])


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"
