from collections.abc import Iterator
from typing import TYPE_CHECKING

from babel import Locale

from tracemark.wording.languages import language
from tracemark.wording.sentences import sentence

if TYPE_CHECKING:
    # Rules and figures are heavy to load.
    from tracemark.reporting import Terms

_ELSEWHERE = {"manner": "recordkeeping.kind", "legal_basis": "recordkeeping.breach", "marking": "figures.marking"}


def region_text(code: str, *, to: str = "en") -> str:
    """Name a region by its M49 code, as the Unicode CLDR does; a code nobody knows names itself."""
    return str(Locale.parse(language(to).code.replace("-", "_")).territories.get(code, code))


def facet_text(facet: str, value: str, *, to: str = "en") -> str:
    """Say what tells weapons of the indicator apart, such as `result` and `pending`; "" is what nobody said."""
    if not value:
        return sentence("reporting.unsaid", to=to)
    return sentence(f"{_ELSEWHERE.get(facet, f'reporting.{facet}')}_{value}", to=to)


def terms_texts(terms: "Terms", *, to: str = "en") -> Iterator[str]:
    """Yield in words out of which weapons a share is, then each choice that is not the usual one."""
    yield sentence(f"reporting.denominator_{terms.denominator.value}", to=to)
    if terms.add_back:
        yield sentence("reporting.terms_add_back", to=to)
    if terms.lawful_holders:
        yield sentence("reporting.terms_lawful_holders", to=to)
    if not terms.unsaid_is_criminal:
        yield sentence("reporting.terms_unsaid_left_out", to=to)
    if terms.only:
        yield sentence("reporting.terms_manners", {"manners": terms.only}, to=to)
