from collections.abc import Callable, Iterable, Iterator, Mapping

from tracemark.weapons.folding import without_legal_form
from tracemark.weapons.names import Claim, Rank
from tracemark.weapons.rows import Row, many, weight_of


def kind_claims(rows: Iterable[Row]) -> Iterator[Claim]:
    return _claims(rows, lambda row: row["ncic"] + row["ncic_description"])


def calibre_claims(rows: Iterable[Row]) -> Iterator[Claim]:
    return _claims(rows, lambda row: row["ncic"])


def maker_claims(rows: Iterable[Row]) -> Iterator[Claim]:
    """Yield the claims of makers, each name also without its legal form."""
    for claim in _claims(rows, lambda row: row["ncic"]):
        yield claim
        if claim.rank in (Rank.NAME, Rank.ALIAS) and (bare := without_legal_form(claim.text)) != claim.text:
            yield Claim(bare, claim.code, Rank.ALIAS, claim.weight)


def model_claims(rows: Iterable[Row], makers: Mapping[str, Row]) -> Iterator[Claim]:
    """Yield the claims of models.

    The code, folded, is what people write as Glock 19. `AKM (PL)` also claims AKM: a design that several make is
    certain only beside its maker. A model weighs what it weighs among its maker's, times its maker.
    """
    for row in rows:
        code = row["code"]
        weight = weight_of(row) * weight_of(makers[row["maker"]])
        yield Claim(code, code, Rank.CODE, weight)
        yield Claim(row["name"], code, Rank.NAME, weight)
        for alias in many(row["aliases"]):
            yield Claim(alias, code, Rank.ALIAS, weight)
        for text in (row["name"], *many(row["aliases"])):
            if text.endswith(")"):
                yield Claim(text.partition("(")[0], code, Rank.ALIAS, weight)


def state_claims(rows: Iterable[Row]) -> Iterator[Claim]:
    """Yield the claims of States: both ISO codes and the M49 number, names, and the words that weapons bear."""
    for row in rows:
        code = row["code"]
        for text in (code, row["alpha3"], row["m49"]):
            yield Claim(text, code, Rank.CODE)
        yield Claim(row["name"], code, Rank.NAME)
        for alias in many(row["aliases"]) + many(row["marks"]):
            yield Claim(alias, code, Rank.ALIAS)


def _claims(rows: Iterable[Row], ncic: Callable[[Row], str]) -> Iterator[Claim]:
    for row in rows:
        code, weight = row["code"], weight_of(row)
        yield Claim(code, code, Rank.CODE, weight)
        yield Claim(row["name"], code, Rank.NAME, weight)
        yield Claim(ncic(row), code, Rank.NCIC, weight)
        for alias in many(row["aliases"]):
            yield Claim(alias, code, Rank.ALIAS, weight)
        for short in many(row["short_forms"]):
            yield Claim(short, code, Rank.SHORT_FORM, weight)
