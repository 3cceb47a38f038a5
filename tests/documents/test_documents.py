import json
from io import BytesIO

import typst
import zxingcpp
from PIL import Image

from tests.demo.test_stories import ANALYST
from tracemark import tracing
from tracemark.documents import data_matrix_svg
from tracemark.node import Node
from tracemark.wording import LANGUAGES


def test_a_trace_report_is_set_in_every_language(demo_node: Node) -> None:
    case = tracing.case_page(actor=ANALYST, stores=demo_node.stores)[0]
    for language in LANGUAGES:
        pdf = demo_node.trace_report(case.id, ANALYST, language.code)
        assert pdf.startswith(b"%PDF-1.")


def test_a_data_matrix_reads_back_from_its_drawing() -> None:
    payload = "TM1:123:XT26-0007:41"
    page = f"#set page(width: auto, height: auto, margin: 8mm)\n#image(bytes({json.dumps(data_matrix_svg(payload))}))"
    drawn = typst.compile(page.encode(), format="png", ppi=300)
    assert isinstance(drawn, bytes)
    assert [found.text for found in zxingcpp.read_barcodes(Image.open(BytesIO(drawn)))] == [payload]
