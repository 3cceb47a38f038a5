from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from tracemark import wording


def spoken() -> str:
    """Return the code of the language in which the present request is answered."""
    return wording.language(get_language() or "en").code


def say(code: str, /, **facts: object) -> str:
    """Say a sentence in the language of the present request."""
    return wording.sentence(code, facts, to=spoken())


def term(value: object, family: str, **facts: object) -> str:
    """Say a word of a room: `term("lost", "recordkeeping.kind")`. An unknown word says itself."""
    code = f"{family}_{value}"
    try:
        return say(code, **facts)
    except wording.UnknownSentence:
        return str(value)


said: Any = lazy(say, str)
"""The same as `say`, but spoken when it is shown: for labels and choices of forms."""
