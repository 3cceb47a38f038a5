"""Every sentence a person reads, by its stable code, in the six languages of the United Nations.

Rooms speak in codes and facts; this plug turns them into words. A sentence that a language lacks is said in English.
`locale/<language>/*.toml` hold the sentences: {braces} are facts, {part:weapons.part} a fact said by its own sentence,
and what stands in ⟦…⟧ is left out where its facts are missing.
"""

from typing import TYPE_CHECKING

from tracemark.wording.breakdowns import STATES, cell_text
from tracemark.wording.chains import custody_sentences, time_to_recovery
from tracemark.wording.corrections import amendment_text
from tracemark.wording.detections import innocent_text, rule_title, signal_text
from tracemark.wording.examinations import note_texts, question_texts
from tracemark.wording.indicators import facet_text, region_text, terms_texts
from tracemark.wording.languages import LANGUAGES, Language, language, negotiate, reader_of
from tracemark.wording.measures import chance_text, interval_text, moment_text, share_text
from tracemark.wording.paragraphs import Summary, paragraph_summary, summaries
from tracemark.wording.reasons import reason_text
from tracemark.wording.reviews import basis_text, counted_text, meeting_text
from tracemark.wording.sentences import (
    UnknownSentence,
    date_text,
    finding_sentence,
    finding_text,
    has_sentence,
    holder_text,
    isolated,
    number_text,
    sentence,
    sentence_codes,
)
from tracemark.wording.states import state_text
from tracemark.wording.themes import theme_text

if TYPE_CHECKING:
    from tracemark.wording.answers import AnswerTable, answer_lines, answer_table, answer_text, question_title

__all__ = [
    "LANGUAGES",
    "STATES",
    "AnswerTable",
    "Language",
    "Summary",
    "UnknownSentence",
    "amendment_text",
    "answer_lines",
    "answer_table",
    "answer_text",
    "basis_text",
    "cell_text",
    "chance_text",
    "counted_text",
    "custody_sentences",
    "date_text",
    "facet_text",
    "finding_sentence",
    "finding_text",
    "has_sentence",
    "holder_text",
    "innocent_text",
    "interval_text",
    "isolated",
    "language",
    "meeting_text",
    "moment_text",
    "negotiate",
    "note_texts",
    "number_text",
    "paragraph_summary",
    "question_texts",
    "question_title",
    "reader_of",
    "reason_text",
    "region_text",
    "rule_title",
    "sentence",
    "sentence_codes",
    "share_text",
    "signal_text",
    "state_text",
    "summaries",
    "terms_texts",
    "theme_text",
    "time_to_recovery",
]


def __getattr__(name: str) -> object:
    """Load what speaks of answers when it is first asked for: rules and figures, which it needs, are heavy to load."""
    if name in {"AnswerTable", "answer_lines", "answer_table", "answer_text", "question_title"}:
        from tracemark.wording import answers  # noqa: PLC0415 - see above

        return getattr(answers, name)
    raise AttributeError(name)
