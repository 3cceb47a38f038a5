"""Lists of lost and stolen weapons at the command line: kept from a file, compared, shown."""

from pathlib import Path

import pytest

from tests.cli.test_interstate import Desk, desks

__all__ = ["desks"]


def test_a_list_is_kept_compared_and_shown(desks: list[Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    a = desks[0]
    marks = [{"kind": "manufacture", "text": "AB 123", "serial": "AB123"}]
    a.state.tell(a.state.event("registered", "2001-05-04", holder="XA-ARMY", weapon={"maker": "M1"}, marks=marks))
    file = tmp_path / "iarms.csv"
    file.write_text("Make,Serial number,Status\nM1,AB-123,burnt\n", "utf-8")
    refused = a.types("lost", "import", str(file), "--json", status=1)
    fault = {"file": "iarms.csv", "row": 2, "field": "how", "code": "tracing.lost_row_how", "value": "burnt"}
    assert refused == {"list": None, "faults": [fault]}
    assert "iarms.csv, row 2" in a.types("lost", "import", str(file), status=1)
    file.write_text("Make,Serial number,Status\nM1,AB-123,stolen\n", "utf-8")
    kept = a.types("lost", "import", str(file), "--from", "FR", "--json")["list"]
    hit = {"entry": 0, "fit": "exact", "where": "register", "weapon": 7}
    assert a.types("lost", "look", "--json")["hits"] == [{"list": kept["list"], **hit}]
    assert a.types("deliver", "--json") == {"delivered": [], "failed": {}, "turned_down": {}, "asked": [], "hits": 0}
    [listed] = a.types("lost", "list", "--json")["lists"]
    assert ({name: listed["hits"][0][name] for name in hit}, listed["state"]) == (hit, "FR")
    shown = a.types("lost", "show", kept["list"], "--entries", "--json")
    assert shown["entries"] == [{"how": "stolen", "maker": "M1", "serial": "AB-123"}]
    assert "maker and number agree" in a.types("lost", "show", kept["list"])
    assert "There is no list" in a.types("lost", "show", "LL-2026-000009", status=1)
    a.types("lost", "share", "--to", "nobody", status=1)
