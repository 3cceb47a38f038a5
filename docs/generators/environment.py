import re
import tomllib
from pathlib import Path

from docs.generators.markdown import code, table

_ROOT = Path(__file__).parents[2]
_TOLD = tomllib.loads(Path(__file__).with_name("environment.toml").read_text("utf-8"))

_BEGINNING = """# Settings

A node is configured by its environment; there is no settings file to edit. What is not set has the default. Files
below `var/` are relative to the folder the program is started in.
"""


def environment_page() -> str:
    """Describe every environment variable that the source reads."""
    parts = [_BEGINNING]
    for group in _TOLD["group"]:
        rows = [(code(each["name"]), each["default"], each["meaning"]) for each in group["setting"]]
        parts += [f"\n## {group['title']}\n", table(["variable", "default", "meaning"], rows)]
    return "\n".join(parts)


def told_names() -> set[str]:
    """Return the variables that the page describes."""
    return {each["name"] for group in _TOLD["group"] for each in group["setting"]}


def read_names() -> set[str]:
    """Return the variables of ours that the source, the tests or the benchmarks name."""
    texts = (
        path.read_text("utf-8") for folder in ("src", "tests", "benchmarks") for path in (_ROOT / folder).rglob("*.py")
    )
    return {name for text in texts for name in re.findall(r"\bTRACEMARK_[A-Z][A-Z_]*[A-Z]\b", text)}
