"""Finding the weapon a damaged mark belongs to, with honest odds, in the tradition of Fellegi and Sunter (1969).

A reading is searched for in the sorted serials of a register as something that passed through a noisy channel of wear
and hasty eyes; what fits is weighed with maker, model, calibre, country, year and kind against what a weapon from
outside would look like. The answer is a ranking that always includes "not in this register". A score never answers by
itself: an officer judges. Source: ITI 16, ITI 17(b), ITI 20.
"""

from tracemark.tracing.matching.alignments import Step
from tracemark.tracing.matching.candidates import Candidate, Query, Ranking, find_candidates
from tracemark.tracing.matching.examinations import Examined, read_mark_text
from tracemark.tracing.matching.keys import shortened
from tracemark.tracing.matching.layings import Counts, Rate, expected_counts
from tracemark.tracing.matching.merging import merge_segments
from tracemark.tracing.matching.notations import place_text
from tracemark.tracing.matching.parameters import (
    Weights,
    load_weights,
    read_weights,
    shipped_versions,
    shipped_weights,
)
from tracemark.tracing.matching.ports import MarkIndex, StoredMarkIndex
from tracemark.tracing.matching.readings import Certainty, Means, Place, Reading, UnreadableReading, parse_reading
from tracemark.tracing.matching.reasons import Reason
from tracemark.tracing.matching.remarks import Question, Remark
from tracemark.tracing.matching.segments import COLUMNS, NOBODY, UNKNOWN, MarkColumns, Segment, build_segment
from tracemark.tracing.matching.spaces import Memory, Space
from tracemark.tracing.matching.symbols import Symbol, SymbolMaker, find_symbol, maker_symbols

__all__ = [
    "COLUMNS",
    "NOBODY",
    "UNKNOWN",
    "Candidate",
    "Certainty",
    "Counts",
    "Examined",
    "MarkColumns",
    "MarkIndex",
    "Means",
    "Memory",
    "Place",
    "Query",
    "Question",
    "Ranking",
    "Rate",
    "Reading",
    "Reason",
    "Remark",
    "Segment",
    "Space",
    "Step",
    "StoredMarkIndex",
    "Symbol",
    "SymbolMaker",
    "UnreadableReading",
    "Weights",
    "build_segment",
    "expected_counts",
    "find_candidates",
    "find_symbol",
    "load_weights",
    "maker_symbols",
    "merge_segments",
    "parse_reading",
    "place_text",
    "read_mark_text",
    "read_weights",
    "shipped_versions",
    "shipped_weights",
    "shortened",
]
