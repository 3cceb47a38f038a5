"""Matching of needs with programmes: seconds and the gap to the bound, beside a greedy choice and the relaxed problem.

    python -m benchmarks.match_assistance [--size 500]

`size` is a number of requests; there are two programmes for five of them. Smaller rounds are measured before, so that
the growth shows. Everything is seeded: themes, kinds of help, regions and amounts are drawn as funds of the field
announce them (a ceiling of 150,000 or 200,000, some for a region or a few States, a fifth with conditions).

- *proposal*: `assistance.match_needs`, under a policy with points and least shares of regions.
- *greedy*: needs by worth for money, each served by the first programme that can; shares of regions unheeded.
- *bound*: what no proposal can exceed: the relaxed problem, in which money may be given below a programme's least.
"""

import argparse
import random
import time
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from benchmarks import results
from tracemark.assistance import Help, Matched, Merit, Need, Policy, Programme, Round, bars, match_needs

ON = date(2026, 5, 1)
THEMES = (
    *("coordination", "manufacture", "marking", "records", "tracing"),
    *("transfer", "brokering", "stockpiles", "surplus", "awareness"),
)
REGIONS = ("002", "019", "142", "150", "009")
POLICY = Policy(
    {
        Merit.IN_REPORT: Fraction(1, 2),
        Merit.ON_TARGET: Fraction(1, 2),
        Merit.LEAST_DEVELOPED: Fraction(1, 2),
        Merit.SMALL_ISLAND: Fraction(1, 4),
        Merit.ORPHAN: Fraction(1, 4),
        Merit.FIRST_HELP: Fraction(1, 4),
    },
    region_least=Fraction(1, 20),
)


def a_round(requests: int, seed: int = 20_260_501) -> Round:
    """Return needs and two programmes for every five of them."""
    drawn = random.Random(seed)
    needs = [_need(place, drawn) for place in range(requests)]
    programmes = [_programme(place, drawn) for place in range(requests * 2 // 5)]
    return Round(needs, programmes, POLICY, ON)


def greedy(round_: Round) -> float:
    """Return the need met by serving needs in the order of worth for money."""
    left = {each.name: each.budget for each in round_.programmes}
    met = Fraction(0)
    for need in sorted(round_.needs, key=lambda each: round_.policy.weight(each) / each.amount, reverse=True):
        for programme in round_.programmes:
            if bars(need, programme, round_.on):
                continue
            shared = Fraction(len(need.themes & programme.themes), len(need.themes))
            amount = min(need.amount, programme.ceiling, left[programme.name])
            if amount >= max(1, programme.least) and (amount == need.amount or not programme.whole_only):
                left[programme.name] -= amount
                met += round_.policy.weight(need) * shared * Fraction(amount, need.amount)
                break
    return float(met)


def measured(requests: int, seconds: float) -> Iterator[results.Row]:
    round_ = a_round(requests)
    named: dict[str, str | int | float | None] = {"size": requests, "class": "requests"}
    began, worked = time.perf_counter(), time.process_time()
    found = match_needs(round_, seconds=seconds)
    spent, cpu = time.perf_counter() - began, time.process_time() - worked
    yield {
        **named,
        "system": "proposal",
        "programmes": len(round_.programmes),
        "pairs": len(round_.needs) * len(round_.programmes) - len(found.barred),
        "met": round(found.met, 4),
        "gap_percent": round(100 * found.gap, 4),
        "proven": int(found.proven),
        "seconds": round(spent, 2),
        "cpu_seconds": round(cpu, 2),
        "grants": len(found.grants),
        "money": _money(found),
    }
    began = time.perf_counter()
    met = greedy(round_)
    yield {**named, "system": "greedy", "met": round(met, 4), "seconds": round(time.perf_counter() - began, 2)}
    yield {**named, "system": "bound", "met": round(found.bound, 4)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=results.size, default=500)
    parser.add_argument("--seconds", type=float, default=120.0)
    asked = parser.parse_args()
    rows = []
    for requests in sorted({asked.size // 8, asked.size // 4, asked.size // 2, asked.size}):
        for row in measured(requests, asked.seconds):
            rows.append(row)
            print("  ".join(f"{name} {value}" for name, value in row.items()))
    print(results.write("match_assistance", rows))


def _money(found: Matched) -> int:
    return sum(each.amount for each in found.grants)


def _need(place: int, drawn: random.Random) -> Need:
    return Need(
        request=f"R{place:04}",
        state=f"S{drawn.randrange(120):03}",
        region=drawn.choices(REGIONS, (45, 20, 20, 8, 7))[0],
        themes=frozenset(drawn.sample(THEMES, drawn.choices((1, 2, 3), (6, 3, 1))[0])),
        helps=frozenset(drawn.sample(list(Help), drawn.choices((1, 2), (7, 3))[0])),
        amount=1000 * round(min(900.0, max(15.0, drawn.lognormvariate(4.7, 0.8)))),
        merits=frozenset(each for each in Merit if drawn.random() < 0.3),
        partner="partner" if drawn.random() < 0.7 else "",
    )


def _programme(place: int, drawn: random.Random) -> Programme:
    ceiling = drawn.choice((50_000, 150_000, 200_000, 400_000))
    return Programme(
        name=f"P{place:04}",
        donor=f"D{drawn.randrange(30):02}",
        themes=frozenset(drawn.sample(THEMES, drawn.choices((1, 3, 5), (3, 5, 2))[0])),
        helps=frozenset(drawn.sample(list(Help), drawn.choices((1, 2, 4), (4, 4, 2))[0])),
        budget=ceiling * drawn.choice((1, 2, 3)),
        opens=date(2026, 1, 1),
        closes=date(2026, 12, 31),
        least=drawn.choice((0, 10_000, 25_000)),
        most=ceiling,
        states=frozenset(f"S{each:03}" for each in drawn.sample(range(120), 15))
        if drawn.random() < 0.1
        else frozenset(),
        regions=frozenset({drawn.choice(REGIONS)}) if drawn.random() < 0.3 else frozenset(),
        state_share=Fraction(1, 2) if drawn.random() < 0.2 else Fraction(1),
        whole_only=drawn.random() < 0.1,
        needs_partner=drawn.random() < 0.2,
        needs_report=drawn.random() < 0.2,
    )


def _states(drawn: random.Random) -> frozenset[str]:
    return frozenset(f"S{each:03}" for each in drawn.sample(range(120), 15))


if __name__ == "__main__":
    main()
