"""PM4Py's token replay of lives on a net of what may follow what. A program of its own: PM4Py is under the AGPL.

    .venv/rivals/bin/python benchmarks/rivals/pm4py_replay.py LIVES.csv NET.json

Runs in the environment that `make rivals` sets up, and imports nothing of Tracemark. Prints one line of JSON.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pm4py
from pm4py.objects.petri_net.obj import Marking, PetriNet
from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to


def net_of(told: dict[str, Any]) -> tuple[PetriNet, Marking, Marking]:
    """Build the net: a place a status, a transition a step that may follow it, and an unseen one to the end."""
    net = PetriNet("lives")
    places = {name: PetriNet.Place(name) for name in (*told["places"], "end")}
    net.places.update(places.values())
    steps = [(before, after, kind) for kind, before, after in told["steps"]]
    steps += [(place, "end", None) for place in told["places"]]
    for number, (before, after, label) in enumerate(steps):
        transition = PetriNet.Transition(f"t{number}", label)
        net.transitions.add(transition)
        add_arc_from_to(places[before], transition, net)
        add_arc_from_to(transition, places[after], net)
    return net, Marking({places[told["first"]]: 1}), Marking({places["end"]: 1})


def main() -> None:
    """Replay."""
    lives, net = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))
    begun, spent = time.perf_counter(), time.process_time()
    events = pd.read_csv(lives, parse_dates=["happened"])
    log = pm4py.format_dataframe(events, case_id="weapon", activity_key="kind", timestamp_key="happened")
    replayed = pm4py.conformance_diagnostics_token_based_replay(log, *net_of(net))
    seconds, processor = time.perf_counter() - begun, time.process_time() - spent
    peak = next(
        int(line.split()[1]) // 1024
        for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        if line.startswith("VmHWM")
    )
    print(json.dumps({
        "seconds": round(seconds, 2), "processor_seconds": round(processor, 2), "largest_mib": peak,
        "events": len(events), "lives": len(replayed), "unfit": sum(not each["trace_is_fit"] for each in replayed),
        "version": pm4py.__version__,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
