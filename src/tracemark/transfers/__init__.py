"""Licences, end-user certificates and consignments: what may leave, on whose word, and whether it came.

Every step is a sealed event of a dossier; what the room says of one is the fold of its events. Bars, criteria and
indicators of risk, embargoes and listed parties are laid before officers, and nothing is decided by itself.
Source: PoA II.2, PoA II.11-15, ATT 6-7, ATT 11.
"""

from tracemark.transfers.actions.certificates import (
    draft_certificate,
    issue_certificate,
    revise_certificate,
    revoke_certificate,
    use_certificate,
)
from tracemark.transfers.actions.consignments import (
    Journey,
    close_consignment,
    mirror_consignment,
    open_consignment,
    pack_consignment,
    receive_consignment,
    report_passage,
    report_visit,
    ship_consignment,
    verify_delivery,
)
from tracemark.transfers.actions.licences import (
    Presented,
    advise_licence,
    approve_licence,
    assess_licence,
    close_licence,
    draft_licence,
    issue_licence,
    notify_origin,
    record_consent,
    refuse_licence,
    revise_licence,
    revoke_licence,
    share_refusal,
)
from tracemark.transfers.actions.lists import declare_embargo, delist_party, lift_embargo, list_party
from tracemark.transfers.applications import Application, Authorises, GoodsLine, Party, PartyRole
from tracemark.transfers.certificates import ELEMENTS, Certificate, CertificateFile
from tracemark.transfers.consignments import INLAND, Consignment, Passage
from tracemark.transfers.denials import Denial, DenialRefused, denied_in, verify_denial
from tracemark.transfers.embargoes import Embargo, embargoes_on, shipped_embargoes
from tracemark.transfers.items import Item, Reconciliation, reconcile
from tracemark.transfers.licences import Advice, Consent, Decision, DossierStep, Licence, Notified, step_of
from tracemark.transfers.packing import MOST_ITEMS
from tracemark.transfers.parties import denied_parties, licence_names, screen_names
from tracemark.transfers.queries import (
    certificate,
    certificate_list,
    consignment,
    consignment_list,
    embargo_table,
    embargoes_for,
    file_page,
    licence,
    licence_list,
    overdue_consignments,
    own_embargoes,
)
from tracemark.transfers.refusals import TransferRefused
from tracemark.transfers.risks import Answer, Assessment, Question, Reply, Risk, Weight, asked, questions
from tracemark.transfers.rules import TRANSFER_RULES
from tracemark.transfers.screening import Denied, Hit, Likeness, likeness, screen
from tracemark.transfers.tokens import CertificateRefused, Token, check_token, read_token, sign_certificate, trusted_key

__all__ = [
    "ELEMENTS",
    "INLAND",
    "MOST_ITEMS",
    "TRANSFER_RULES",
    "Advice",
    "Answer",
    "Application",
    "Assessment",
    "Authorises",
    "Certificate",
    "CertificateFile",
    "CertificateRefused",
    "Consent",
    "Consignment",
    "Decision",
    "Denial",
    "DenialRefused",
    "Denied",
    "DossierStep",
    "Embargo",
    "GoodsLine",
    "Hit",
    "Item",
    "Journey",
    "Licence",
    "Likeness",
    "Notified",
    "Party",
    "PartyRole",
    "Passage",
    "Presented",
    "Question",
    "Reconciliation",
    "Reply",
    "Risk",
    "Token",
    "TransferRefused",
    "Weight",
    "advise_licence",
    "approve_licence",
    "asked",
    "assess_licence",
    "certificate",
    "certificate_list",
    "check_token",
    "close_consignment",
    "close_licence",
    "consignment",
    "consignment_list",
    "declare_embargo",
    "delist_party",
    "denied_in",
    "denied_parties",
    "draft_certificate",
    "draft_licence",
    "embargo_table",
    "embargoes_for",
    "embargoes_on",
    "file_page",
    "issue_certificate",
    "issue_licence",
    "licence",
    "licence_list",
    "licence_names",
    "lift_embargo",
    "likeness",
    "list_party",
    "mirror_consignment",
    "notify_origin",
    "open_consignment",
    "overdue_consignments",
    "own_embargoes",
    "pack_consignment",
    "questions",
    "read_token",
    "receive_consignment",
    "reconcile",
    "record_consent",
    "refuse_licence",
    "report_passage",
    "report_visit",
    "revise_certificate",
    "revise_licence",
    "revoke_certificate",
    "revoke_licence",
    "screen",
    "screen_names",
    "share_refusal",
    "ship_consignment",
    "shipped_embargoes",
    "sign_certificate",
    "step_of",
    "trusted_key",
    "use_certificate",
    "verify_delivery",
    "verify_denial",
]
