from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from tracemark import wording


def language_of(request: HttpRequest) -> str:
    """Return the code of the language the caller reads, as `Accept-Language` asks."""
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return wording.negotiate([code for code, _ in accepted]).code


def words(code: str, facts: Mapping[str, object] | None = None, *, to: str) -> str:
    """Say the sentence of a code; a code that nobody has put into words yet says itself."""
    try:
        return wording.sentence(code, facts, to=to)
    except wording.UnknownSentence:
        return code
