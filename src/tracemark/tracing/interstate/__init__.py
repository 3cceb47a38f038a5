"""A trace across borders: whom to ask, what is asked and answered, and what may be done with what was told.

Source: ITI 14-23.
"""

from tracemark.tracing.interstate.answers import (
    ANSWER_RULES,
    WITHHOLDING_PARAGRAPHS,
    Datum,
    Known,
    Result,
    StateAnswer,
    ToAnswer,
    Withholding,
)
from tracemark.tracing.interstate.attesting import (
    PROVEN,
    Evidence,
    answer_evidence,
    fingerprint_of,
    note_proof,
    send_proof,
    unproved_answers,
)
from tracemark.tracing.interstate.clues import REASONS_TO_ASK, Clues, StateToAsk, states_to_ask
from tracemark.tracing.interstate.confiding import AnswerShown, answer_shown, inquiry_shown, tellable
from tracemark.tracing.interstate.deadlines import Deadlines, DeadlinesRefused, Due, read_deadlines, shipped_deadlines
from tracemark.tracing.interstate.folding import Turn
from tracemark.tracing.interstate.handling import Handling, Onward, Purpose
from tracemark.tracing.interstate.incoming import INCOMING, receive_message
from tracemark.tracing.interstate.inquiries import Inquiry
from tracemark.tracing.interstate.known import known_data
from tracemark.tracing.interstate.messages import Asked, MessageRefused
from tracemark.tracing.interstate.plain import inquiry_plain, request_plain, to_ask_plain
from tracemark.tracing.interstate.queues import (
    Overdue,
    inquiry_list,
    overdue,
    request_list,
    state_inquiry,
    state_request,
)
from tracemark.tracing.interstate.replying import (
    acknowledge_inquiry,
    answer_inquiry,
    ask_who_looked,
    consent_onward,
    data_for_answer,
    judge_for_inquiry,
    return_inquiry,
)
from tracemark.tracing.interstate.requesting import (
    Asking,
    ask_clarification,
    ask_consent,
    ask_who_read,
    close_request,
    draft_request,
    remind,
    requests_of_weapon,
    send_request,
    supply_information,
    whom_to_ask,
    withdraw_request,
)
from tracemark.tracing.interstate.requests import AnswerHeard, Because, StateRequest
from tracemark.tracing.interstate.turns import Bureau, InterstateRefused

__all__ = [
    "ANSWER_RULES",
    "INCOMING",
    "PROVEN",
    "REASONS_TO_ASK",
    "WITHHOLDING_PARAGRAPHS",
    "AnswerHeard",
    "AnswerShown",
    "Asked",
    "Asking",
    "Because",
    "Bureau",
    "Clues",
    "Datum",
    "Deadlines",
    "DeadlinesRefused",
    "Due",
    "Evidence",
    "Handling",
    "Inquiry",
    "InterstateRefused",
    "Known",
    "MessageRefused",
    "Onward",
    "Overdue",
    "Purpose",
    "Result",
    "StateAnswer",
    "StateRequest",
    "StateToAsk",
    "ToAnswer",
    "Turn",
    "Withholding",
    "acknowledge_inquiry",
    "answer_evidence",
    "answer_inquiry",
    "answer_shown",
    "ask_clarification",
    "ask_consent",
    "ask_who_looked",
    "ask_who_read",
    "close_request",
    "consent_onward",
    "data_for_answer",
    "draft_request",
    "fingerprint_of",
    "inquiry_list",
    "inquiry_plain",
    "inquiry_shown",
    "judge_for_inquiry",
    "known_data",
    "note_proof",
    "overdue",
    "read_deadlines",
    "receive_message",
    "remind",
    "request_list",
    "request_plain",
    "requests_of_weapon",
    "return_inquiry",
    "send_proof",
    "send_request",
    "shipped_deadlines",
    "state_inquiry",
    "state_request",
    "states_to_ask",
    "supply_information",
    "tellable",
    "to_ask_plain",
    "unproved_answers",
    "whom_to_ask",
    "withdraw_request",
]
