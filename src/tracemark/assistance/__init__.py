"""What States need, what others offer, and how well the two fit. Source: PoA III.3-14, ITI 27-30."""

from tracemark.assistance.campaign_outlook import CampaignOutlook, ReturnLine, SupplyLine, outlook_of
from tracemark.assistance.campaign_queries import (
    CampaignRecord,
    amount_used,
    campaign_list,
    campaign_record,
    machine_of,
    sites_upgraded,
    supply_of,
)
from tracemark.assistance.campaigning import (
    CampaignRefused,
    close_campaign,
    note_counted,
    own_campaign,
    plan_campaign,
    return_campaign,
    start_campaign,
)
from tracemark.assistance.campaigns import (
    FIGURES,
    Campaign,
    CampaignDraft,
    CampaignKind,
    CampaignReturn,
    Counted,
    Machine,
    Supply,
    campaign_of,
)
from tracemark.assistance.matching import Grant, Matched, Policy, Round, match_needs
from tracemark.assistance.needs import Help, Merit, Need, Programme, Running
from tracemark.assistance.obstacles import Bar, bars
from tracemark.assistance.openings import Opening, what_it_takes
from tracemark.assistance.roundfiles import RoundUnreadable, read_round
from tracemark.assistance.solving import NoSolution

__all__ = [
    "FIGURES",
    "Bar",
    "Campaign",
    "CampaignDraft",
    "CampaignKind",
    "CampaignOutlook",
    "CampaignRecord",
    "CampaignRefused",
    "CampaignReturn",
    "Counted",
    "Grant",
    "Help",
    "Machine",
    "Matched",
    "Merit",
    "Need",
    "NoSolution",
    "Opening",
    "Policy",
    "Programme",
    "ReturnLine",
    "Round",
    "RoundUnreadable",
    "Running",
    "Supply",
    "SupplyLine",
    "amount_used",
    "bars",
    "campaign_list",
    "campaign_of",
    "campaign_record",
    "close_campaign",
    "machine_of",
    "match_needs",
    "note_counted",
    "outlook_of",
    "own_campaign",
    "plan_campaign",
    "read_round",
    "return_campaign",
    "sites_upgraded",
    "start_campaign",
    "supply_of",
    "what_it_takes",
]
