"""Small records in which happens what figures count: those of the rules, and what these never tell."""

from random import Random
from typing import Any

from tests.diversion import worlds
from tests.diversion.lives import World

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
    return world
