import json
from pathlib import Path

import pytest

from tests.vectors.record import recipe
from tests.vectors.verifiers import second_verifier


def test_the_recipe_writes_the_vectors() -> None:
    assert recipe.text() == recipe.TARGET.read_text(encoding="utf-8")


def test_a_second_verifier_accepts_the_vectors() -> None:
    root = json.loads(recipe.text())["roots"]["300"]
    assert second_verifier("record", recipe.TARGET) == (0, f"300 events, root {root}: verified\n")


@pytest.mark.parametrize(
    "what", ["bodies", "leaves", "roots", "checkpoint", "keys", "inclusion", "consistency", "tiles"]
)
def test_a_second_verifier_refuses_altered_vectors(what: str, tmp_path: Path) -> None:
    log = json.loads(recipe.text())
    log[what] = _altered(log[what])
    altered = tmp_path / "log.json"
    altered.write_text(json.dumps(log), encoding="utf-8")
    assert second_verifier("record", altered)[0] == 1


def _altered(value: object) -> object:
    """Change one character of the last text within."""
    match value:
        case str():
            return value[:-3] + ("1" if value[-3] != "1" else "2") + value[-2:]
        case list():
            return [*value[:-1], _altered(value[-1])]
        case dict():
            name = next(name for name in reversed(value) if value[name] and not isinstance(value[name], int))
            return value | {name: _altered(value[name])}
        case _:
            raise TypeError(value)
