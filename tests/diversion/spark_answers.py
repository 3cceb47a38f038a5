"""Answer every rule on Spark over folders that are named, and print what was found, a line of JSON a folder.

A process of its own: Spark has been seen to hang instead of failing, and then a test must be able to end it.
"""

import json
import sys
from pathlib import Path

from tests.diversion.lives import EMBARGOES, STATE, TODAY
from tracemark import diversion
from tracemark.storage import SnapshotFolder, spark_engine

for named in sys.argv[1:]:
    with spark_engine(SnapshotFolder.open(Path(named))) as engine:
        found = diversion.detect(engine, today=TODAY, state=STATE, embargoes=EMBARGOES)
        print(json.dumps([each.plain() for each in found]), flush=True)
