"""Printed things, as tagged PDF (PDF/UA-1): labels, reports of traces, count sheets, certificates, a State's reports.

A State's reports are written as files of an office program and as JSON, too.

Every word comes from `tracemark.wording`, in the reader's language; the templates hold only the layout.
"""

from tracemark.documents.certificates import certificate_paper, qr_svg
from tracemark.documents.fellows import fellow_paper, fellow_words
from tracemark.documents.labels import data_matrix_svg, label_sheet
from tracemark.documents.meetings import meeting_json, meeting_paper, meeting_words, printed_meeting_words
from tracemark.documents.national import ReportWords, national_report, report_json, report_words
from tracemark.documents.office import report_document, report_workbook
from tracemark.documents.plans import plan_year_report, plan_year_words
from tracemark.documents.practices import good_practice_document, good_practice_report, good_practice_words
from tracemark.documents.reports import TraceReport, trace_report
from tracemark.documents.sheets import Drawn, certificate_words, count_sheet, destruction_certificate

__all__ = [
    "Drawn",
    "ReportWords",
    "TraceReport",
    "certificate_paper",
    "certificate_words",
    "count_sheet",
    "data_matrix_svg",
    "destruction_certificate",
    "fellow_paper",
    "fellow_words",
    "good_practice_document",
    "good_practice_report",
    "good_practice_words",
    "label_sheet",
    "meeting_json",
    "meeting_paper",
    "meeting_words",
    "national_report",
    "plan_year_report",
    "plan_year_words",
    "printed_meeting_words",
    "qr_svg",
    "report_document",
    "report_json",
    "report_words",
    "report_workbook",
    "trace_report",
]
