from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """One of the six languages: its BCP 47 code, its own name, and whether it is written from right to left."""

    code: str
    name: str
    right_to_left: bool = False

    @property
    def direction(self) -> str:
        """The value of an HTML `dir` attribute."""
        return "rtl" if self.right_to_left else "ltr"


LANGUAGES = (
    Language("ar", "العربية", right_to_left=True),
    Language("zh-hans", "中文"),
    Language("en", "English"),
    Language("fr", "français"),
    Language("ru", "русский"),
    Language("es", "español"),
)

_SETTINGS = ("TRACEMARK_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""The variables that name the reader's language, the strongest first."""

_BY_CODE = {each.code: each for each in LANGUAGES}


def language(code: str) -> Language:
    """Return the language of a code; English where it is none of the six."""
    return _BY_CODE.get(code.lower(), _BY_CODE["en"])


def negotiate(wanted: Sequence[str]) -> Language:
    """Return the first of the wanted codes that we speak, by its primary part; English where we speak none."""
    for code in wanted:
        primary = code.lower().split("-")[0]
        for each in LANGUAGES:
            if each.code.split("-")[0] == primary:
                return each
    return _BY_CODE["en"]


def reader_of(environment: Mapping[str, str]) -> Language:
    """Return the language of whoever reads what a process prints, from TRACEMARK_LANGUAGE or the locale."""
    told = next((value for name in _SETTINGS if (value := environment.get(name))), "en")
    return negotiate([told.split(".")[0].replace("_", "-")])
