"""Printed things, as tagged PDF (PDF/UA-1): labels, the report of a trace, count sheets, certificates of destruction.

Every word comes from `tracemark.wording`, in the reader's language; the templates hold only the layout.
"""

from tracemark.documents.labels import data_matrix_svg, label_sheet
from tracemark.documents.reports import TraceReport, trace_report
from tracemark.documents.sheets import Drawn, certificate_words, count_sheet, destruction_certificate

__all__ = [
    "Drawn",
    "TraceReport",
    "certificate_words",
    "count_sheet",
    "data_matrix_svg",
    "destruction_certificate",
    "label_sheet",
    "trace_report",
]
