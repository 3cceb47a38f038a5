"""Printed things: the label sheet of a marking session and the report of a trace, as tagged PDF (PDF/UA-1).

Every word comes from `tracemark.wording`, in the reader's language; the templates hold only the layout.
"""

from tracemark.documents.labels import data_matrix_svg, label_sheet
from tracemark.documents.reports import TraceReport, trace_report

__all__ = ["TraceReport", "data_matrix_svg", "label_sheet", "trace_report"]
