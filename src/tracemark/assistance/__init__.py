"""What States need, what others offer, and how well the two fit; requests, programmes and grants from first to last.

A request, a programme and a grant are dossiers of the record. A round of matching proposes; people decide.
Source: PoA III.3-14, ITI 27-30, BMS7 ASSIST.1-3.
"""

from tracemark.assistance.actions.grants import (
    confirm_result,
    contest_result,
    decide_grant,
    end_grant,
    pay_grant,
    propose_grant,
    refuse_grant,
    report_grant_activity,
    report_result,
)
from tracemark.assistance.actions.letters import TOLD, StepTold, hear_step, note_sent, sendable_request
from tracemark.assistance.actions.programmes import close_programme, open_programme, revise_programme
from tracemark.assistance.actions.requests import (
    OUTCOMES,
    acknowledge_request,
    circulate_request,
    close_request,
    draft_request,
    follow_up_request,
    open_request,
    receive_request,
    revise_request,
    sign_request,
)
from tracemark.assistance.actions.telling import AssistanceRefused
from tracemark.assistance.alarms import award_alarms, fund_alarms, objection_ends, request_alarms
from tracemark.assistance.askfiles import AskUnreadable, read_ask, read_offer
from tracemark.assistance.asks import OPEN, STAGES, Arriving, Ask, Beneficiaries, BudgetLine, Request, request_of
from tracemark.assistance.awards import Award, AwardTerms, award_of
from tracemark.assistance.births import ask_for_gap, ask_for_signal, ask_for_target
from tracemark.assistance.matching import Grant, Matched, Policy, Round, match_needs
from tracemark.assistance.needs import Help, Merit, Need, Programme, Running
from tracemark.assistance.obstacles import Bar, bars, shared_themes
from tracemark.assistance.offers import Fund, FundingCall, Offer, fund_of
from tracemark.assistance.openings import Opening, what_it_takes
from tracemark.assistance.plain import grant_plain, merits_plain, programme_plain, request_plain
from tracemark.assistance.queries import (
    AwardRecord,
    FundRecord,
    RequestRecord,
    grant_list,
    grant_record,
    grants_shown,
    programme_list,
    programme_record,
    programmes_shown,
    request_list,
    request_record,
    requests_shown,
)
from tracemark.assistance.roundfiles import RoundUnreadable, read_round
from tracemark.assistance.rounds import currencies, need_of, programme_of, region_of, round_on
from tracemark.assistance.solving import NoSolution
from tracemark.assistance.steps import AssistanceStep
from tracemark.assistance.timelimits import (
    TimeLimits,
    after_months,
    after_working_days,
    agreed_policy,
    group_merits,
    time_limits,
)

__all__ = [
    "OPEN",
    "OUTCOMES",
    "STAGES",
    "TOLD",
    "Arriving",
    "Ask",
    "AskUnreadable",
    "AssistanceRefused",
    "AssistanceStep",
    "Award",
    "AwardRecord",
    "AwardTerms",
    "Bar",
    "Beneficiaries",
    "BudgetLine",
    "Fund",
    "FundRecord",
    "FundingCall",
    "Grant",
    "Help",
    "Matched",
    "Merit",
    "Need",
    "NoSolution",
    "Offer",
    "Opening",
    "Policy",
    "Programme",
    "Request",
    "RequestRecord",
    "Round",
    "RoundUnreadable",
    "Running",
    "StepTold",
    "TimeLimits",
    "acknowledge_request",
    "after_months",
    "after_working_days",
    "agreed_policy",
    "ask_for_gap",
    "ask_for_signal",
    "ask_for_target",
    "award_alarms",
    "award_of",
    "bars",
    "circulate_request",
    "close_programme",
    "close_request",
    "confirm_result",
    "contest_result",
    "currencies",
    "decide_grant",
    "draft_request",
    "end_grant",
    "follow_up_request",
    "fund_alarms",
    "fund_of",
    "grant_list",
    "grant_plain",
    "grant_record",
    "grants_shown",
    "group_merits",
    "hear_step",
    "match_needs",
    "merits_plain",
    "need_of",
    "note_sent",
    "objection_ends",
    "open_programme",
    "open_request",
    "pay_grant",
    "programme_list",
    "programme_of",
    "programme_plain",
    "programme_record",
    "programmes_shown",
    "propose_grant",
    "read_ask",
    "read_offer",
    "read_round",
    "receive_request",
    "refuse_grant",
    "region_of",
    "report_grant_activity",
    "report_result",
    "request_alarms",
    "request_list",
    "request_of",
    "request_plain",
    "request_record",
    "requests_shown",
    "revise_programme",
    "revise_request",
    "round_on",
    "sendable_request",
    "shared_themes",
    "sign_request",
    "time_limits",
    "what_it_takes",
]
