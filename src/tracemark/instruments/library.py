from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from tracemark.instruments.provisions import Instrument, Level, Paragraph
from tracemark.instruments.reading import TextRefused, read
from tracemark.kernel import Citation


@dataclass(frozen=True, slots=True)
class Library:
    """Instruments by code, and the versions of each paragraph, oldest first."""

    instruments: Mapping[str, Instrument]
    versions: Mapping[Citation, tuple[Paragraph, ...]]

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Return every version of every paragraph."""
        return tuple(each for same in self.versions.values() for each in same)

    def paragraph(self, citation: Citation, on: date | None = None) -> Paragraph:
        """Return the version that held `on` a day, or without a day the newest, even where it has ended.

        Raises:
            KeyError: no such paragraph is held, or none held on that day.
        """
        for each in reversed(self.versions[citation]):
            if on is None or each.holds(on):
                return each
        raise KeyError(citation, on)

    def instrument(self, code: str) -> Instrument:
        """Raises: KeyError: no such instrument is held."""
        return self.instruments[code]

    def by_theme(self, theme: str) -> tuple[Paragraph, ...]:
        """Return the newest version of each paragraph with that theme."""
        return tuple(same[-1] for same in self.versions.values() if theme in same[-1].themes)

    def by_level(self, level: Level) -> tuple[Paragraph, ...]:
        """Return the newest version of each paragraph at that level."""
        return tuple(same[-1] for same in self.versions.values() if same[-1].level is level)

    def overlay(self, texts: Mapping[str, str]) -> "Library":
        """Return a library in which what `texts` (TOML by name) say wins over what is held.

        A paragraph in a text replaces all versions held of it, and carries the text's own source. Two texts may not
        speak of the same paragraph, since nobody could tell which wins.

        Raises:
            TextRefused: a text cannot be read, or repeats another.
        """
        instruments, versions = dict(self.instruments), dict(self.versions)
        said: dict[str, str] = {}
        for file, toml in texts.items():
            text = read(file, toml, instruments)
            for key in (*text.instruments, *map(str, text.paragraphs)):
                if key in said:
                    raise TextRefused(f"stands in {said[key]} as well", file=file, key=key)
                said[key] = file
            instruments.update(text.instruments)
            versions.update(text.paragraphs)
        return Library(instruments, versions)


@cache
def shipped() -> Library:
    """Return the library this release ships."""
    texts = sorted((files("tracemark.instruments") / "texts").iterdir(), key=lambda text: text.name)
    return Library({}, {}).overlay(
        {text.name: text.read_text("utf-8") for text in texts if text.name.endswith(".toml")}
    )


def paragraphs() -> tuple[Paragraph, ...]:
    """Return every version of every shipped paragraph."""
    return shipped().paragraphs()


def paragraph(citation: Citation, on: date | None = None) -> Paragraph:
    """Return the shipped version that held `on` a day, or without a day the newest.

    Raises:
        KeyError: no such paragraph is shipped, or none held on that day.
    """
    return shipped().paragraph(citation, on)


def instrument(code: str) -> Instrument:
    """Raises: KeyError: no such instrument is shipped."""
    return shipped().instrument(code)


def by_theme(theme: str) -> tuple[Paragraph, ...]:
    """Return the newest version of each shipped paragraph with that theme."""
    return shipped().by_theme(theme)


def by_level(level: Level) -> tuple[Paragraph, ...]:
    """Return the newest version of each shipped paragraph at that level."""
    return shipped().by_level(level)


def overlay(texts: Mapping[str, str]) -> Library:
    """Return the shipped library as a State corrects it. See `Library.overlay`.

    Raises:
        TextRefused: a text cannot be read, or repeats another.
    """
    return shipped().overlay(texts)
