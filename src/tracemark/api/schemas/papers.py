from enum import Enum


class ReportForm(Enum):
    """As what a report is written."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    JSON = "json"


class PlanForm(Enum):
    """As what a plan's report on a year is written."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"


class Language(Enum):
    """The languages in which a file is written."""

    EN = "en"
    FR = "fr"
    ES = "es"
    RU = "ru"
    AR = "ar"
    ZH_HANS = "zh-hans"
