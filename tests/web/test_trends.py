import json
from decimal import Decimal

from tracemark.web.trends import Series, Trend

TREND = Trend(("2024", "2025"), (Series("a", (1, None)), Series("b", (Decimal("2.5"), 0))), "line")


def test_the_script_and_the_table_are_told_the_same() -> None:
    assert json.loads(TREND.spec) == {
        "axis": ["2024", "2025"],
        "series": [{"name": "a", "values": [1.0, None]}, {"name": "b", "values": [2.5, 0.0]}],
        "kind": "line",
        "stacked": False,
    }
    assert TREND.rows == [("2024", (1, Decimal("2.5"))), ("2025", (None, 0))]
