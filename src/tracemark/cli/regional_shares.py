"""What `region indicator` does and prints; apart from the command, so that nothing is loaded for it otherwise."""

from collections.abc import Sequence

from rich.table import Table

from tracemark import secretariat, wording
from tracemark.cli.drawn import period_of
from tracemark.cli.output import console, fail, print_json, print_line, reader_language, say, say_state
from tracemark.cli.rolled_up import told_and_expected
from tracemark.reporting import Denominator, Share, figures
from tracemark.secretariat import INDICATOR_FIGURES, RegionalIndicator

_NOTHING = "–"


def reckon(
    files: Sequence[str],
    first: str,
    last: str,
    denominator: str,
    *,
    region: str,
    members: tuple[str, ...],
    db: str | None,
    as_json: bool,
) -> None:
    """Print SDG 16.4.2 of a region for one period, or for each that a State told."""
    if bool(first) != bool(last):
        fail("cli.region_period_half")
    out_of = Denominator(denominator)
    told, expected = told_and_expected(files, region=region, members=members, db=db)
    periods = [period_of(first, last)] if first else secretariat.told_periods(out_of, told)
    found = [secretariat.regional_indicator(out_of, each, told, expected) for each in periods]
    if as_json:
        print_json({"indicators": [each.plain() for each in found]})
    elif found:
        _print(found)
    else:
        numerator, whole = figures()[INDICATOR_FIGURES[out_of]].parts
        print_line("cli.region_indicator_none", numerator=numerator, denominator=whole)


def _print(found: Sequence[RegionalIndicator]) -> None:
    terms = "; ".join(wording.terms_texts(found[0].terms, to=reader_language()))
    print_line("cli.region_indicator", denominator=terms)
    columns = [say(f"reporting.column_{each}") for each in ("numerator", "denominator", "percent")]
    table = Table(say("web.secretariat.period"), *columns, say("cli.counted_states"), say("cli.missing_states"))
    for each in found:
        counted = "; ".join(f"{say_state(state)} {_ratio(share)}" for state, share in each.shares.items())
        missing = "; ".join(
            f"{say_state(state)}: {say(f'secretariat.why_{why.value}')}" for state, why in each.missing.items()
        )
        share = each.share
        numbers = (_said(share.numerator), _said(share.denominator), _said(share.percent))
        table.add_row(f"{each.period.first} – {each.period.last}", *numbers, counted or _NOTHING, missing or _NOTHING)
    console.print(table)


def _ratio(share: Share) -> str:
    return f"{share.numerator}/{share.denominator}"


def _said(number: object) -> str:
    return _NOTHING if number is None else str(number)
