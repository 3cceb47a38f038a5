import json
from io import BytesIO

import typst
import zxingcpp
from PIL import Image

from tests.demo.test_stories import ANALYST
from tests.recordkeeping.sealed_logs import SeededSigner
from tests.vectors.certificate.recipe import GOOD
from tracemark import tracing
from tracemark.documents import certificate_paper, data_matrix_svg, qr_svg
from tracemark.node import Node
from tracemark.transfers import CertificateFile, sign_certificate
from tracemark.wording import LANGUAGES


def test_a_trace_report_is_set_in_every_language(demo_node: Node) -> None:
    case = tracing.case_page(actor=ANALYST, stores=demo_node.stores)[0]
    for language in LANGUAGES:
        pdf = demo_node.papers.trace_report(case.id, ANALYST, language.code)
        assert pdf.startswith(b"%PDF-1.")


def test_a_certificate_is_set_in_every_language_with_its_token_in_the_code() -> None:
    token = sign_certificate(GOOD, SeededSigner())
    file = CertificateFile(GOOD.number, "XT-REG", "issued", GOOD, "drafter", True, token)
    for language in LANGUAGES:
        assert certificate_paper(file, to=language.code).startswith(b"%PDF-1.")
    page = f"#set page(width: auto, height: auto, margin: 8mm)\n#image(bytes({json.dumps(qr_svg(token))}), width: 62mm)"
    drawn = typst.compile(page.encode(), format="png", ppi=300)
    assert isinstance(drawn, bytes)
    read = [found.text for found in zxingcpp.read_barcodes(Image.open(BytesIO(drawn)))]
    assert read == [token]


def test_a_data_matrix_reads_back_from_its_drawing() -> None:
    payload = "TM1:123:XT26-0007:41"
    page = f"#set page(width: auto, height: auto, margin: 8mm)\n#image(bytes({json.dumps(data_matrix_svg(payload))}))"
    drawn = typst.compile(page.encode(), format="png", ppi=300)
    assert isinstance(drawn, bytes)
    assert [found.text for found in zxingcpp.read_barcodes(Image.open(BytesIO(drawn)))] == [payload]
