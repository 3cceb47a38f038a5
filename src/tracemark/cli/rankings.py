"""What `trace` does and prints; apart from the command, so that nothing is loaded for it where it is not typed."""

import time
from collections.abc import Callable

from rich.table import Table

from tracemark import recordkeeping, tracing
from tracemark.authorities import Role
from tracemark.cli.options import node_at, operator
from tracemark.cli.output import console, fail, fail_with, print_json, reader_language, say, say_state
from tracemark.cli.timelines import print_record
from tracemark.node import Node
from tracemark.tracing import Examined, Query, Ranking, Reason, UnreadableReading, place_text
from tracemark.weapons import Resolved, WeaponId, catalogue, weapon_text
from tracemark.wording import note_texts, question_texts, reason_text

_CLEAR = 0.5
"""Above it, the best candidate's life is shown beneath the ranking."""


def rank(
    reading: str, *, maker: str, model: str = "", calibre: str, country: str = "", year: int | None = None,
    import_country: str = "", limit: int = 10, weights: str = "", db: str | None, as_json: bool = False,
) -> None:  # fmt: skip
    """Search for a reading and print the candidates; what cannot be read, or nobody knows, ends the command."""
    node = node_at(db)
    try:
        examined = tracing.read_mark_text(reading).settled()
    except UnreadableReading as error:
        fail_with(*question_texts(error, to=reader_language()))
    known = catalogue()
    maker_code = _code("maker", maker, known.find_maker)
    query = Query(
        readings=examined.readings,
        maker=maker_code,
        model=_code("model", model, lambda text: known.find_model(text, maker_code or "")),
        calibre=_code("calibre", calibre, known.find_calibre),
        country=_code("country", country, known.find_state),
        year=year,
        import_country=_code("country", import_country, known.find_state),
    )
    actor = operator(node, Role.TRACING_ANALYST)
    named = node.own_weights.named(weights) if weights else None
    node.stores.marks.catch_up()
    # What is timed is a search: loading what it needs is over by then.
    tracing.find_candidates(query=query, index=node.stores.marks, weights=named or node.weights, limit=limit)
    begun = time.perf_counter()
    ranking = node.trace(query, actor, limit, weights=named)
    ms = round((time.perf_counter() - begun) * 1000, 3)
    if as_json:
        print_json(ranking_plain(examined, ranking, ms, node))
        return
    _print_understood(examined)
    _print_ranking(reading, ranking, ms, node)
    if ranking.candidates and ranking.candidates[0].posterior > _CLEAR:
        best = WeaponId(ranking.candidates[0].weapon)
        print_record(recordkeeping.weapon_record(weapon=best, actor=actor, stores=node.stores), node.agency_names)


def ranking_plain(examined: Examined, ranking: Ranking, ms: float, node: Node) -> dict[str, object]:
    """Return the shape scripts rely on."""
    states = node.stores.register.states([WeaponId(each.weapon) for each in ranking.candidates])
    return {
        "reading": examined.text,
        "candidates": [
            {
                "weapon": weapon_text(WeaponId(each.weapon)),
                "marks": [mark.plain() for mark in states[WeaponId(each.weapon)].marks],
                "posterior": each.posterior,
                "reasons": [
                    {
                        "code": reason.code,
                        "facts": reason.facts,
                        "bits": round(reason.bits, 2),
                        "text": _said(reason),
                    }
                    for reason in each.reasons
                ],
            }
            for each in ranking.candidates
        ],
        "not_here": ranking.not_here,
        "ms": ms,
        "weights": ranking.weights_version,
        "searched": ranking.searched,
        "fitting": ranking.fitting,
        "complete": ranking.complete,
        "understood": examined.canonical,
    }


def _print_understood(examined: Examined) -> None:
    """Say how a reading was understood, unless that is what was typed, letter by letter."""
    if examined.canonical == examined.text.strip():
        return
    for each in examined.readings:
        places = " ".join(map(place_text, each.places)) or say("cli.trace_nothing_legible")
        console.print(say("cli.trace_read_as", places=places, part=each.part, means=each.means))
    for note in note_texts(examined, to=reader_language()):
        console.print(f"  {note}")


def _code(field: str, text: str, find: Callable[[str], Resolved]) -> str | None:
    """The catalogue code of what was typed; a word nobody knows is said and ends the command."""
    if not text:
        return None
    resolved = find(text)
    if not resolved.code:
        near = [f"{say_state(each)} ({each})" if field == "country" else each for each in resolved.suggestions]
        fail("cli.not_in_catalogue", field=field, text=text, suggestions=near)
    return resolved.code


def _print_ranking(reading: str, ranking: Ranking, ms: float, node: Node) -> None:
    console.print(say("cli.trace_heading", reading=reading, searched=ranking.searched, ms=ms), style="bold")
    if not ranking.candidates:
        console.print(say("cli.trace_too_many" if ranking.fitting else "cli.trace_none", count=ranking.fitting))

    states = node.stores.register.states([WeaponId(each.weapon) for each in ranking.candidates])
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("rank", "weapon", "marks", "chance", "reasons"):
        table.add_column(say(f"cli.column_{column}"), justify="right" if column in {"rank", "chance"} else "left")
    for rank, each in enumerate(ranking.candidates, 1):
        state = states[WeaponId(each.weapon)]
        table.add_row(
            str(rank),
            weapon_text(state.weapon),
            " · ".join(mark.serial for mark in state.marks if mark.serial),
            f"{each.posterior:.1%}",
            "; ".join(map(_said, each.reasons)),
        )
    console.print(table)
    console.print(say("cli.trace_not_here", chance=f"{ranking.not_here:.1%}", weights=ranking.weights_version))


def _said(reason: Reason) -> str:
    return reason_text(reason.code, reason.facts, to=reader_language())
