from typing import Annotated

from ninja import Query, Router
from ninja.responses import Status as Answer

from tracemark import node, tracing
from tracemark.api.access import Call, needs
from tracemark.api.interstate import by
from tracemark.api.licences import today
from tracemark.api.schemas.inquiries import (
    DataOut,
    FoundIn,
    InquiriesOut,
    InquiryName,
    InquiryOut,
    InquiryShownOut,
    ReturnIn,
    StateAnswerIn,
)
from tracemark.api.schemas.interstate import DataIn, ReadForIn
from tracemark.api.schemas.lists import Asked
from tracemark.api.schemas.searches import RankingOut
from tracemark.authorities import Permission
from tracemark.tracing import read_mark_text

router = Router(tags=["interstate"])


@router.get("/inquiries", response=InquiriesOut, operation_id="list_inquiries")
@needs(Permission.TRACE_READ)
def list_inquiries(request: Call, asked: Annotated[Asked, Query()]) -> InquiriesOut:
    """List the inquiries of other States, newest first."""
    return InquiriesOut.of(tracing.inquiry_list(wanted=asked.wanted(), **request.auth.reading), today(request))


@router.get("/inquiries/{inquiry}", response=InquiryOut, operation_id="read_inquiry")
@needs(Permission.TRACE_READ)
def read_inquiry(request: Call, inquiry: InquiryName) -> InquiryOut:
    """Give an inquiry: how it stands and each step. What it asks in confidence is read by an operation of its own."""
    return InquiryOut.of(tracing.state_inquiry(name=inquiry, **request.auth.reading), today(request))


@router.post("/inquiries/{inquiry}/read", response=InquiryShownOut, operation_id="read_inquiry_asked")
@needs(Permission.TRACE_READ)
def read_inquiry_asked(request: Call, inquiry: InquiryName, body: ReadForIn) -> InquiryShownOut:
    """Show what another State asks, as far as its handling code allows; that it was read is noted."""
    return InquiryShownOut.of(tracing.inquiry_shown(inquiry=inquiry, purpose=body.purpose, **by(request)))


@router.post("/inquiries/{inquiry}/acknowledgement", response={201: InquiryOut}, operation_id="acknowledge_inquiry")
@needs(Permission.TRACE_REPLY)
def acknowledge_inquiry(request: Call, inquiry: InquiryName) -> Answer[InquiryOut]:
    """Take an inquiry on, and tell the other State that it came."""
    return _told(request, tracing.acknowledge_inquiry(inquiry=inquiry, **by(request)))


@router.post("/inquiries/{inquiry}/return", response={201: InquiryOut}, operation_id="return_inquiry")
@needs(Permission.TRACE_REPLY)
def return_inquiry(request: Call, inquiry: InquiryName, body: ReturnIn) -> Answer[InquiryOut]:
    """Send an inquiry back for what it lacks."""
    returned = tracing.return_inquiry(inquiry=inquiry, lacking=body.lacking, note=body.note, **by(request))
    return _told(request, returned)


@router.post("/inquiries/{inquiry}/search", response=RankingOut, operation_id="search_for_inquiry")
@needs(Permission.TRACE_SEARCH)
def search_for_inquiry(request: Call, inquiry: InquiryName) -> RankingOut:
    """Rank our register's weapons against what another State asks; that it was read and searched for is noted."""
    asked, ranking = node.search_for_inquiry(request.auth.node, inquiry, request.auth.actor)
    understood = [read_mark_text(each.text) for each in asked.request.readings]
    return RankingOut.of(ranking, understood, request.auth.language)


@router.post("/inquiries/{inquiry}/judgements", response={201: InquiryOut}, operation_id="judge_for_inquiry")
@needs(Permission.TRACE_JUDGE)
def judge_for_inquiry(request: Call, inquiry: InquiryName, body: FoundIn) -> Answer[InquiryOut]:
    """Record an officer's finding on a candidate; the search is made anew for its chance."""
    judged = node.judge_for_inquiry(
        request.auth.node, inquiry, body.weapon, body.verdict, body.note, request.auth.actor
    )
    return _told(request, judged)


@router.get("/inquiries/{inquiry}/data", response=DataOut, operation_id="read_data_for_answer")
@needs(Permission.TRACE_REPLY)
def read_data_for_answer(request: Call, inquiry: InquiryName) -> DataOut:
    """Give what our record can tell of the weapon that was judged the same."""
    return DataOut.of(tracing.data_for_answer(inquiry=inquiry, **by(request)))


@router.post("/inquiries/{inquiry}/answers", response={201: InquiryOut}, operation_id="answer_inquiry")
@needs(Permission.TRACE_REPLY)
def answer_inquiry(request: Call, inquiry: InquiryName, body: StateAnswerIn) -> Answer[InquiryOut]:
    """Answer another State. A full answer tells all that is known; any other says why, and on which ground."""
    known = tracing.data_for_answer(inquiry=inquiry, handling=body.handling.noun(), **by(request))
    return _told(request, tracing.answer_inquiry(inquiry=inquiry, answer=body.noun(known), **by(request)))


@router.post("/inquiries/{inquiry}/consents", response={201: InquiryOut}, operation_id="consent_onward")
@needs(Permission.TRACE_REPLY)
def consent_onward(request: Call, inquiry: InquiryName, body: DataIn) -> Answer[InquiryOut]:
    """Let the State that asked pass on what we told it."""
    data = [each.value for each in body.data]
    return _told(request, tracing.consent_onward(inquiry=inquiry, data=data, **by(request)))


@router.post("/inquiries/{inquiry}/readers", response={201: InquiryOut}, operation_id="ask_answer_readers")
@needs(Permission.TRACE_REPLY)
def ask_answer_readers(request: Call, inquiry: InquiryName) -> Answer[InquiryOut]:
    """Ask the State that we answered who looked at what we told it; its answer shows in the inquiry."""
    return _told(request, tracing.ask_who_looked(inquiry=inquiry, **by(request)))


def _told(request: Call, known: tracing.Inquiry) -> Answer[InquiryOut]:
    return Answer(201, InquiryOut.of(known, today(request)))
