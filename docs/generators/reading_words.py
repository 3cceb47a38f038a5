from collections.abc import Iterator

from docs.generators.markdown import code, table
from tracemark.tracing.matching.symbols import maker_symbols, symbols_told
from tracemark.tracing.matching.vocabulary import LANGUAGES, entries, told
from tracemark.weapons import entry_name

_NAMES = ("English", "français", "español", "português", "русский", "العربية", "中文")
_BEGINNING = """# Words beside a number

What an examiner may write beside the characters of a mark ([how](../howto/trace-a-damaged-mark.md)). Case and accents
do not matter. Letters that are neither here nor part of a number are asked about.
"""


def reading_words_page() -> str:
    """List the words that are understood beside a number, meaning by meaning, and the makers' signs by name."""
    return "\n".join([_BEGINNING, *_words(), *_forms(), *_abbreviations(), *_symbols()])


def _words() -> Iterator[str]:
    table_told = told()
    yield f"Of {table_told['date']}. {table_told['source']}"
    yield f"Confidence by language: {_confidence(table_told['confidence'])}."
    for entry in entries():
        heading = " ".join(filter(None, (entry.meaning.sort.value, entry.meaning.value)))
        yield f"\n## {heading.replace('_', ' ')}\n\n{entry.told}\n"
        rows = [(name, ", ".join(entry.words[language])) for name, language in zip(_NAMES, LANGUAGES, strict=True)]
        yield table(["language", "words"], rows)


def _confidence(by_language: dict[str, str]) -> str:
    return ", ".join(f"{name} {by_language[language]}" for name, language in zip(_NAMES, LANGUAGES, strict=True))


def _forms() -> Iterator[str]:
    yield "\n## Gender and number\n"
    yield "The last word about a number's state may end otherwise; what is written against a word may stand before.\n"
    endings, before = told()["endings"], told()["before"]
    rows = [
        (name, "; ".join(" / ".join(alike) for alike in endings.get(language, [])), ", ".join(before.get(language, [])))
        for name, language in zip(_NAMES, LANGUAGES, strict=True)
        if language in endings or language in before
    ]
    yield table(["language", "endings that stand for one another", "before a word"], rows)


def _abbreviations() -> Iterator[str]:
    yield "\n## abbreviations\n"
    yield table(["written", "means"], [(code(each), sort) for each, sort in told()["abbreviations"].items()])


def _symbols() -> Iterator[str]:
    table_told = symbols_told()
    yield "\n## Makers' signs\n"
    yield "Write `logo: star`. A sign tells no maker for certain, so nothing is searched by it; the makers are shown.\n"
    yield f"Of {table_told['date']}. {table_told['source']}\n"
    rows = []
    for symbol in maker_symbols().values():
        makers = [f"{entry_name('makers', each.code)} ({each.used}, {each.confidence})" for each in symbol.makers]
        names = "; ".join(", ".join(symbol.names[language]) for language in LANGUAGES)
        rows.append((symbol.code.replace("_", " "), names, "; ".join(makers)))
    yield table(["sign", "names", "makers (years, confidence)"], rows)
