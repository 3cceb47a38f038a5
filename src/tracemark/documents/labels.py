from collections.abc import Sequence

import zxingcpp

from tracemark.documents.pages import typeset
from tracemark.marking import Label, LabelLine
from tracemark.weapons import entry_name
from tracemark.wording import has_sentence, language, sentence


def data_matrix_svg(payload: str) -> str:
    """Draw a text as a Data Matrix (ISO/IEC 16022), as SVG without a margin."""
    return str(zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.DataMatrix).to_svg())


_FAMILIES = {"part": "weapons.part", "place": "marking.place", "surface": "marking.surface", "method": "marking.method"}
_LISTS = {"maker": "makers", "model": "models", "calibre": "calibres"}


def label_sheet(labels: Sequence[Label], *, title: str, to: str = "en") -> bytes:
    """Set the tags of a marking session on A4 sheets: what is stamped where, in words and as a Data Matrix."""
    words = {name: sentence(f"marking.label_{name}", to=to) for name in _PRINTED}
    plain = [
        {
            "payload": label.payload,
            "code": data_matrix_svg(label.payload),
            "serials": list(label.serials),
            "look": label.look,
            "lines": [[sentence(f"marking.label_{line.field}", to=to), _said(line, to)] for line in label.lines],
        }
        for label in labels
    ]
    return typeset("labels", {"title": title, "labels": plain, "words": words}, language(to))


_PRINTED = ("bears", "bears_none", "look", "stamped", "initials")


def _said(line: LabelLine, to: str) -> str:
    """Say what a line tells in words; a number, a text to be stamped, or a place that somebody described stays."""
    if line.field in _LISTS:
        return entry_name(_LISTS[line.field], line.value)
    code = f"{_FAMILIES.get(line.field, '')}_{line.value}"
    return sentence(code, to=to) if has_sentence(code) else line.value
