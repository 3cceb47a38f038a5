"""What States told a region or the world: figures added up, reports and commitments side by side, early warnings.

A region and the world receive what was published, never a record; what is missing is named and is not zero.
Source: PoA II.33, ITI 36, BMS7 MEAS.1.
"""

from tracemark.secretariat.indicators import (
    INDICATOR_FIGURES,
    RegionalIndicator,
    regional_indicator,
    told_periods,
)
from tracemark.secretariat.refusals import SharingRefused, refuse_sharing
from tracemark.secretariat.returns import (
    REPORT_TYPE,
    CommitmentRow,
    OwedReturn,
    ReportUnfit,
    StateReport,
    commitment_rows,
    owed_returns,
    read_report,
    shared_report,
)
from tracemark.secretariat.rollups import (
    RegionalCell,
    RegionalTable,
    Why,
    members_of,
    roll_up,
)
from tracemark.secretariat.tables import FIGURE_TYPE, FigureUnfit, StateTable, read_table, shared_figure
from tracemark.secretariat.warnings import (
    WARNING_TYPE,
    EarlyWarning,
    LeastNotice,
    WarningUnfit,
    early_warnings,
    read_least,
)

__all__ = [
    "FIGURE_TYPE",
    "INDICATOR_FIGURES",
    "REPORT_TYPE",
    "WARNING_TYPE",
    "CommitmentRow",
    "EarlyWarning",
    "FigureUnfit",
    "LeastNotice",
    "OwedReturn",
    "RegionalCell",
    "RegionalIndicator",
    "RegionalTable",
    "ReportUnfit",
    "SharingRefused",
    "StateReport",
    "StateTable",
    "WarningUnfit",
    "Why",
    "commitment_rows",
    "early_warnings",
    "members_of",
    "owed_returns",
    "read_least",
    "read_report",
    "read_table",
    "refuse_sharing",
    "regional_indicator",
    "roll_up",
    "shared_figure",
    "shared_report",
    "told_periods",
]
