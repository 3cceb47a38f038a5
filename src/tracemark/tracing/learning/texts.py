"""Weights as the text of a file: the parent's, with other numbers and a table of what they were learnt from."""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tracemark.tracing.learning.estimation import Estimate


def learnt_text(parent: str, version: str, found: Iterable[Estimate], learnt: Mapping[str, object]) -> str:
    """Return the text of a version of the weights, which holds all that its parent holds.

    `learnt` says from what it was learnt.
    """
    table = tomllib.loads(parent)
    for each in found:
        inner = table
        for name in each.path[:-1]:
            inner = inner[name]
        inner[each.path[-1]] = each.after
    return "\n".join(_lines({**table, "version": version, "learnt": dict(learnt)})) + "\n"


def _lines(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    inner = {name: value for name, value in table.items() if isinstance(value, dict)}
    if path:
        yield f"\n[{'.'.join(path)}]"
    yield from (f"{name} = {_value(value)}" for name, value in table.items() if name not in inner)
    for name, value in inner.items():
        yield from _lines(value, (*path, name))


def _value(value: Any) -> str:  # noqa: ANN401 - whatever TOML held
    if isinstance(value, str | bool):
        return json.dumps(value, ensure_ascii=False)
    return repr(value)
