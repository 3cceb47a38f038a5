"""The fellowship training programme: money, calls, nominations, a selection that says why, and what became of fellows.

Who a nominee is lies beside the record; the record keeps what a selection needs and what it decided. The best selection
is proposed by optimisation, proposed by a person and decided by a second. Source: BMS7 ASSIST.4, PoA III.7.
"""

from tracemark.fellowship.actions.calling import call_cohort, cancel_cohort, declare_conflict
from tracemark.fellowship.actions.deciding import (
    OUTCOMES,
    decide_selection,
    fill_seat,
    propose_selection,
    return_selection,
)
from tracemark.fellowship.actions.funds import close_fund, open_fund, revise_fund
from tracemark.fellowship.actions.letters import hear_of_nomination, receive_nomination, send_nomination
from tracemark.fellowship.actions.nominating import erase_nominee, nominate, withdraw_nomination
from tracemark.fellowship.actions.printing import fellow_certificate
from tracemark.fellowship.actions.running import book_cost, certify_fellow, complete_cohort, follow_up, hold_module
from tracemark.fellowship.actions.telling import FellowshipRefused, refuse
from tracemark.fellowship.callfiles import CallUnreadable, read_call
from tracemark.fellowship.calls import Allocation, Call, CalledState, Module
from tracemark.fellowship.certificates import (
    FellowCertificate,
    FellowCertificateRefused,
    check_fellow_certificate,
    sign_fellow_certificate,
)
from tracemark.fellowship.cohorts import Cohort, Conflict, Cost, Held, Proposed, cohort_of
from tracemark.fellowship.eligibility import EligibilityRule, Ineligible, candidates, eligibility_rules, ineligible
from tracemark.fellowship.funds import Fund, FundKind, Source, fund_of
from tracemark.fellowship.nominations import FOLLOW_UPS, FollowUp, Identity, Nomination, Nominee, nomination_of
from tracemark.fellowship.plain import (
    alumni_plain,
    cohort_plain,
    due_plain,
    fund_plain,
    nomination_plain,
    record_plain,
    scenarios_plain,
    sent_plain,
)
from tracemark.fellowship.policies import Aspect, Favour, FellowshipPolicy, Quota, fellowship_policies, latest_policy
from tracemark.fellowship.queries import (
    AlumniCount,
    CohortRecord,
    FollowUpDue,
    FundRecord,
    after_months,
    alumni,
    cohort_list,
    cohort_record,
    cohort_scenarios,
    contest_of,
    follow_ups_due,
    fund_list,
    nomination_record,
    nominations_by_letter,
    nominee_identity,
    rules_broken,
    sent_nominations,
)
from tracemark.fellowship.scenarios import Scenario, funding_scenarios, seats_for
from tracemark.fellowship.scoring import Candidate, Contest, Points, may_be_together, own_points, points_beside, worth
from tracemark.fellowship.selecting import Explained, Lack, Selection, explain, select, waiting_list
from tracemark.fellowship.sent import (
    ArrivingNomination,
    LeavingNomination,
    NominationTold,
    SentNomination,
    sent_nomination_of,
)

__all__ = [
    "FOLLOW_UPS",
    "OUTCOMES",
    "Allocation",
    "AlumniCount",
    "ArrivingNomination",
    "Aspect",
    "Call",
    "CallUnreadable",
    "CalledState",
    "Candidate",
    "Cohort",
    "CohortRecord",
    "Conflict",
    "Contest",
    "Cost",
    "EligibilityRule",
    "Explained",
    "Favour",
    "FellowCertificate",
    "FellowCertificateRefused",
    "FellowshipPolicy",
    "FellowshipRefused",
    "FollowUp",
    "FollowUpDue",
    "Fund",
    "FundKind",
    "FundRecord",
    "Held",
    "Identity",
    "Ineligible",
    "Lack",
    "LeavingNomination",
    "Module",
    "Nomination",
    "NominationTold",
    "Nominee",
    "Points",
    "Proposed",
    "Quota",
    "Scenario",
    "Selection",
    "SentNomination",
    "Source",
    "after_months",
    "alumni",
    "alumni_plain",
    "book_cost",
    "call_cohort",
    "cancel_cohort",
    "candidates",
    "certify_fellow",
    "check_fellow_certificate",
    "close_fund",
    "cohort_list",
    "cohort_of",
    "cohort_plain",
    "cohort_record",
    "cohort_scenarios",
    "complete_cohort",
    "contest_of",
    "decide_selection",
    "declare_conflict",
    "due_plain",
    "eligibility_rules",
    "erase_nominee",
    "explain",
    "fellow_certificate",
    "fellowship_policies",
    "fill_seat",
    "follow_up",
    "follow_ups_due",
    "fund_list",
    "fund_of",
    "fund_plain",
    "funding_scenarios",
    "hear_of_nomination",
    "hold_module",
    "ineligible",
    "latest_policy",
    "may_be_together",
    "nominate",
    "nomination_of",
    "nomination_plain",
    "nomination_record",
    "nominations_by_letter",
    "nominee_identity",
    "open_fund",
    "own_points",
    "points_beside",
    "propose_selection",
    "read_call",
    "receive_nomination",
    "record_plain",
    "refuse",
    "return_selection",
    "revise_fund",
    "rules_broken",
    "scenarios_plain",
    "seats_for",
    "select",
    "send_nomination",
    "sent_nomination_of",
    "sent_nominations",
    "sent_plain",
    "sign_fellow_certificate",
    "waiting_list",
    "withdraw_nomination",
    "worth",
]
