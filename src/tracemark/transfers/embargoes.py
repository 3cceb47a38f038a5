import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Embargo:
    """That arms must not go to a destination from one day to another, both inclusive; `until` is None while it holds.

    `code` names it for ever: a line of the project's table, or of a State's own (`EM-2026-000001`). `scope` is `all`,
    or `non_state` where forces of the government are left out of it; `exemptions` are codes of what may be exempted.
    `confidence` says how sure its days are: `table` as a table of others had them, `memory`, or `own`.
    """

    code: str
    state: str
    since: date
    until: date | None
    symbol: str
    scope: str = "all"
    exemptions: tuple[str, ...] = ()
    confidence: str = "own"
    note: str = ""

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


@cache
def shipped_embargoes() -> tuple[Embargo, ...]:
    """The Security Council's arms embargoes as the project's own dated table has them, by State and first day.

    Source: PoA II.15, ATT 6(1).
    """
    read = tomllib.loads((files("tracemark.transfers") / "embargoes.toml").read_text("utf-8"))
    return tuple(
        Embargo(
            code,
            each["state"],
            each["since"],
            each.get("until"),
            each["symbol"],
            each["scope"],
            tuple(each["exemptions"]),
            each["confidence"],
            each.get("note", ""),
        )
        for code, each in read.items()
    )


def embargoes_on(state: str, on: date, own: Iterable[Embargo] = ()) -> list[Embargo]:
    """Return the embargoes on a destination in force on a day: the Security Council's, then the State's own lines."""
    return [each for each in (*shipped_embargoes(), *own) if each.state == state and each.holds(on)]
