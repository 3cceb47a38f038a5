"""What the record can count, and the reports drawn from it.

Each figure is one query in `definitions/`, over the tables of `recordkeeping.record_tables`. Source: PoA II.33, ITI 36.
"""

from tracemark.reporting.drawing import Drawing, Drawn, FigureFailed, NoSuchBreakdown, NoSuchFigure
from tracemark.reporting.figurebook import Figure, FigureUnreadable, breakdowns, figures, read_figure
from tracemark.reporting.periods import Period, PeriodRefused

__all__ = [
    "Drawing",
    "Drawn",
    "Figure",
    "FigureFailed",
    "FigureUnreadable",
    "NoSuchBreakdown",
    "NoSuchFigure",
    "Period",
    "PeriodRefused",
    "breakdowns",
    "figures",
    "read_figure",
]
