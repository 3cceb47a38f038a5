from tracemark.weapons.catalogues import catalogue
from tracemark.weapons.descriptions import Description


def entry_name(entries: str, code: str) -> str:
    """Name an entry of one of the catalogue's lists, such as `makers`; a code that the list lacks names itself."""
    entry = getattr(catalogue(), entries).get(code)
    return str(entry.name) if entry else code


def describe(description: Description) -> str:
    """Name a weapon as people do: maker, model, calibre, year, as far as they are known."""
    named = (("makers", description.maker), ("models", description.model), ("calibres", description.calibre))
    parts = [entry_name(entries, code) for entries, code in named if code]
    return " ".join([*parts, *([str(description.year)] if description.year else [])])
