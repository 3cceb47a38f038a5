"""Small records in which happens what figures count: those of the rules, and what these never tell."""

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.diversion import worlds
from tests.diversion.lives import World
from tracemark.reporting import statistics

_DAYS = ("2018-02-03", "2019-11", "2020", "2024-05-06", "2025-01-31", "2026-05-30")
_ONCE = ("marked", "declared_surplus", "retained", "converted", "inspected", "reactivated", "trace_answered",
         "diversion_established")  # fmt: skip
_PAPERS = ("licence_refused", "licence_revoked", "consignment_verified", "consignment_shipped", "signal_raised",
           "signal_confirmed", "investigation_opened", "lot_destroyed", "count_closed", "personal_data_erased",
           "certificate_issued")  # fmt: skip


def world_of(seed: int) -> World:
    """Tell one record by seeded chance."""
    world, random = worlds.world_of(seed), Random(seed + 1000)
    for turn in range(30):
        kind, weapon = random.choice(_ONCE), random.randint(1, 9)
        marks = [{"kind": random.choice(("import", "manufacture")), "serial": random.choice(("", "A1"))}]
        said: dict[str, dict[str, Any]] = {
            "marked": {"marks": marks},
            "trace_answered": {"outcome": random.choice(("traced", "unmarked"))},
        }
        world.tell(kind, random.choice(_DAYS), weapon, **said.get(kind, {}))
        paper = random.choice(_PAPERS)
        dossier = {"licence": "EL-2020-000001", "consignment": "CN-2020-000001"}.get(paper.split("_")[0], f"X-{turn}")
        papers: dict[str, dict[str, Any]] = {
            "lot_destroyed": {"quantity": 40},
            "count_closed": {"absent": [1, 2], "found": 3},
        }
        world.tell(paper, random.choice(_DAYS), dossier=dossier, **papers.get(paper, {}))
    tell_letters(world, random)
    tell_designs(world, random)
    tell_statistics(world, random)
    return world


def tell_letters(world: World, random: Random) -> None:
    """Tell requests to and from other States, some acknowledged, some answered, late or with something withheld."""
    for turn in range(16):
        room, asked, state = random.choice((("request", "sent", "to_state"), ("inquiry", "received", "from_state")))
        told: dict[str, Any] = {"dossier": f"XX-2024-{turn:06}"}
        day = date(2024, 1, 10) + timedelta(days=random.randint(0, 600))
        due = {"due": (day + timedelta(days=20)).isoformat()} if random.random() < 0.8 else {}
        place = {state: random.choice(("XK", "XV")), "case": f"T-{random.randint(1, 4)}"}
        world.tell(f"{room}_{asked}", day.isoformat(), **told, **place, **due)
        if random.random() < 0.7:
            day += timedelta(days=random.randint(0, 9))
            due = {"due": (day + timedelta(days=30)).isoformat()} if random.random() < 0.5 else {}
            world.tell(f"{room}_acknowledged", day.isoformat(), **told, **due)
        for result in random.sample(("full", "delayed", "refused", "restricted"), random.randint(0, 2)):
            day += timedelta(days=random.randint(0, 40))
            grounds = random.sample(("law", "security"), random.randint(1, 2)) if result != "full" else []
            answer = {"outcome": result} if room == "request" else {"answer": {"result": result, "grounds": grounds}}
            world.tell(f"{room}_answered", day.isoformat(), **told, **answer)


def tell_designs(world: World, random: Random) -> None:
    """Tell weapons of every design, and what is said of some of them later."""
    for weapon in range(50, 60):
        for kind in ("registered", "inspected")[: random.randint(1, 2)]:
            part = {"part": random.choice(("frame", "slide", "barrel")), "control": random.random() < 0.3}
            material = {"material": random.choice(("polymer", "steel"))} if random.random() < 0.7 else {}
            about = {"model": random.choice(("glock/19", "aero_precision/m5", "nobody/nothing")),
                     "origin": random.choice(("printed", "converted", "industrial", ""))}  # fmt: skip
            told = {name: each for name, each in about.items() if random.random() < 0.6 and each}
            components = [{**part, **material}] if random.random() < 0.7 else []
            world.tell(kind, random.choice(_DAYS), weapon, weapon=told, components=components, holder="XT-POL")


def tell_statistics(world: World, random: Random) -> None:
    """Tell statements, state some of them anew, and withdraw some."""
    for turn, series in enumerate(statistics()):
        for year in range(2018, 2027):
            told: dict[str, Any] = {"dossier": f"SX-2026-{turn * 100 + year - 2000:06}", "series": series, "year": year}
            if random.random() < 0.1:
                continue
            world.tell("statistics_stated", "2026-01-05", cells=_cells(random), **told)
            if random.random() < 0.3:
                world.tell("statistics_restated", "2026-02-05", cells=_cells(random), note="recounted", **told)
            if random.random() < 0.1:
                world.tell("statistics_withdrawn", "2026-03-05", dossier=told["dossier"], note="wrong")


def _cells(random: Random) -> list[dict[str, Any]]:
    said: dict[str, tuple[str, ...]] = {"sex": ("female", "male"), "age_band": ("0-14", "65+"), "region": ("north",)}
    return [
        {name: random.choice(values) for name, values in said.items() if random.random() < 0.8}
        | {"number": random.randint(0, 9)}
        for _ in range(3)
    ]
