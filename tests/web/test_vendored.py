import hashlib
import json
from importlib.resources import files
from pathlib import Path

VENDOR = Path(str(files("tracemark.web") / "static" / "vendor"))


def test_every_library_is_the_file_it_says_it_is() -> None:
    listed = {each["file"]: each["sha256"] for each in json.loads((VENDOR / "VENDOR.json").read_text("utf-8"))}
    assert listed == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.js")}
