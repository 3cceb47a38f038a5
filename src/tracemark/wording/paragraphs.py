import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from tracemark.instruments import Paragraph, shipped
from tracemark.wording.languages import LANGUAGES, language


class Summary(NamedTuple):
    """What a paragraph asks in short, and the language in which that is said: the one asked for, or English."""

    text: str
    language: str


def paragraph_summary(paragraph: Paragraph, *, to: str = "en") -> Summary:
    """Say what a paragraph asks in short. What States undertook is said in every language, the rest in English."""
    chosen = language(to).code
    written = _summaries().get(chosen, {})
    told = written.get(str(paragraph.citation)) or written.get(_first_alike().get(paragraph.summary, ""))
    return Summary(told, chosen) if told else Summary(paragraph.summary, "en")


def summaries(to: str) -> Mapping[str, str]:
    """Return the summaries written in a language other than English, by the citation they stand under."""
    return _summaries()[to]


@cache
def _first_alike() -> Mapping[str, str]:
    """The first paragraph that each English sentence sums up: what is said of several is translated once."""
    found = dict[str, str]()
    for citation, versions in shipped().versions.items():
        found.setdefault(versions[-1].summary, str(citation))
    return found


@cache
def _summaries() -> Mapping[str, Mapping[str, str]]:
    folder = files("tracemark.wording") / "in_short"
    others = [each.code for each in LANGUAGES if each.code != "en"]
    return {code: tomllib.loads((folder / f"{code}.toml").read_text("utf-8")) for code in others}
