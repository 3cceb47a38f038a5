"""Printed things: label sheets, reports of traces and end-user certificates, as tagged PDF (PDF/UA-1).

Every word comes from `tracemark.wording`, in the reader's language; the templates hold only the layout.
"""

from tracemark.documents.certificates import certificate_paper, qr_svg
from tracemark.documents.labels import data_matrix_svg, label_sheet
from tracemark.documents.reports import TraceReport, trace_report

__all__ = ["TraceReport", "certificate_paper", "data_matrix_svg", "label_sheet", "qr_svg", "trace_report"]
