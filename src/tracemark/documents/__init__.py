"""Printed things, as tagged PDF (PDF/UA-1): labels, reports of traces, count sheets, certificates of several kinds.

Every word comes from `tracemark.wording`, in the reader's language; the templates hold only the layout.
"""

from tracemark.documents.certificates import certificate_paper, qr_svg
from tracemark.documents.labels import data_matrix_svg, label_sheet
from tracemark.documents.reports import TraceReport, trace_report
from tracemark.documents.sheets import Drawn, certificate_words, count_sheet, destruction_certificate

__all__ = [
    "Drawn",
    "TraceReport",
    "certificate_paper",
    "certificate_words",
    "count_sheet",
    "data_matrix_svg",
    "destruction_certificate",
    "label_sheet",
    "qr_svg",
    "trace_report",
]
