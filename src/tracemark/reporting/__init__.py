"""What the record can count, and the reports drawn from it.

Each figure is one query in `definitions/`, over the tables of `recordkeeping.record_tables`. Source: PoA II.33, ITI 36.
"""

from tracemark.reporting.drawing import Drawing, Drawn, FigureFailed, NoSuchBreakdown, NoSuchFigure
from tracemark.reporting.figurebook import Figure, FigureUnreadable, breakdowns, figures, read_figure
from tracemark.reporting.periods import Period, PeriodRefused
from tracemark.reporting.publications import (
    LEAST,
    Publication,
    PublicationStanding,
    PublishedTable,
    public_plain,
    publication_of,
    table_of,
)
from tracemark.reporting.publishing import (
    PublicationRefused,
    approve_publication,
    decline_publication,
    drawn_again,
    propose_publication,
    published,
    visible_publications,
    withdraw_publication,
)
from tracemark.reporting.suppression import SUM, suppressed, with_sums

__all__ = [
    "LEAST",
    "SUM",
    "Drawing",
    "Drawn",
    "Figure",
    "FigureFailed",
    "FigureUnreadable",
    "NoSuchBreakdown",
    "NoSuchFigure",
    "Period",
    "PeriodRefused",
    "Publication",
    "PublicationRefused",
    "PublicationStanding",
    "PublishedTable",
    "approve_publication",
    "breakdowns",
    "decline_publication",
    "drawn_again",
    "figures",
    "propose_publication",
    "public_plain",
    "publication_of",
    "published",
    "read_figure",
    "suppressed",
    "table_of",
    "visible_publications",
    "with_sums",
    "withdraw_publication",
]
