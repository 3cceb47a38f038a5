from collections.abc import Sequence

import zxingcpp

from tracemark.documents.pages import typeset
from tracemark.marking import Label
from tracemark.wording import language, sentence


def data_matrix_svg(payload: str) -> str:
    """Draw a text as a Data Matrix (ISO/IEC 16022), as SVG without a margin."""
    return str(zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.DataMatrix).to_svg())


def label_sheet(labels: Sequence[Label], *, title: str, to: str = "en") -> bytes:
    """Set the tags of a marking session on A4 sheets: what is stamped where, in words and as a Data Matrix."""
    plain = [
        {
            "payload": label.payload,
            "code": data_matrix_svg(label.payload),
            "lines": [[sentence(f"marking.label_{line.field}", to=to), line.value] for line in label.lines],
        }
        for label in labels
    ]
    return typeset("labels", {"title": title, "labels": plain}, language(to))
