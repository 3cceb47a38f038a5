"""Every sentence that a template or a view asks for can be said, and style keeps to logical properties."""

import re
from importlib.resources import files
from pathlib import Path

from tracemark.wording import sentence_codes

WEB = Path(str(files("tracemark.web")))
_ASKED = re.compile(r"""["'](web\.[a-z_]{2,}\.[a-z_]+)["']""")
_PHYSICAL = re.compile(
    r"^\s*(?:margin|padding|border)-(?:left|right|top|bottom)\b|^\s*(?:left|right|top|bottom|width|height|min-width|"
    r"max-width)\s*:|text-align:\s*(?:left|right)|float:\s*(?:left|right)",
    re.MULTILINE,
)


def test_every_sentence_asked_for_can_be_said() -> None:
    texts = [*WEB.rglob("*.html"), *WEB.rglob("*.svg"), *WEB.rglob("*.py")]
    asked = {(code, path.name) for path in texts for code in _ASKED.findall(path.read_text("utf-8"))}
    known = [code for code, _ in sentence_codes()]
    # What is asked for may be the beginning of codes, to which a word is added.
    silent = [each for each in asked if not any(code == each[0] or code.startswith(f"{each[0]}_") for code in known)]
    assert sorted(silent) == []


def test_style_keeps_to_logical_properties() -> None:
    sheets = {path.name: path.read_text("utf-8") for path in (WEB / "static" / "web" / "css").glob("*.css")}
    assert {name: found for name, text in sheets.items() if (found := _PHYSICAL.findall(text))} == {}
