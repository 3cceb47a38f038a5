"""What comes in and goes out in others' formats: spreadsheets and CSV, EPCIS 2.0 events, NIEM firearms, SDMX.

Envelopes between nodes are sealed and opened here, and the node's keys are kept here.
Source: PoA II.9, ITI 11, EPCIS 2.0, NIEM 6, SDMX 2.1 and 3.0, RFC 7515, RFC 7516, RFC 9421.
"""

from tracemark.exchange.asking import LONGEST_ANSWER, Answer, Ask, NoAnswer, ask_address
from tracemark.exchange.cards import Rotation, open_card, open_rotation, sign_card, sign_rotation
from tracemark.exchange.carrying import ENVELOPE_TYPE, HttpCarrier, NotCarried
from tracemark.exchange.documents import DocumentRefused, parse_xml
from tracemark.exchange.encodings import EncodingTrial, EncodingVerdict
from tracemark.exchange.envelopes import (
    Reply,
    content_digest,
    open_envelope,
    read_reply,
    seal_envelope,
    sign_receipt,
    sign_refusal,
)
from tracemark.exchange.epcis import EpcisEvent, check_epcis, read_epcis, write_epcis
from tracemark.exchange.epcis_lives import epcis_table
from tracemark.exchange.epcis_xml import read_epcis_xml
from tracemark.exchange.http_signatures import Caller, SignedRequest, sign_request, verify_request
from tracemark.exchange.iati import IatiFile, read_iati
from tracemark.exchange.iati_writing import write_iati
from tracemark.exchange.letters import MOST_BYTES, FileReader
from tracemark.exchange.mirror import write_mirror
from tracemark.exchange.niem import NIEM_COLUMNS, read_niem
from tracemark.exchange.oblivious import (
    ELEMENT_BYTES,
    SEED_BYTES,
    TAG_BYTES,
    Blinded,
    BlindRefused,
    TagKey,
    blind,
    mark_input,
)
from tracemark.exchange.sdmx import Observation, SdmxMessage, sdmx_area, write_sdmx
from tracemark.exchange.sdmx_figures import figure_dsd, write_figure
from tracemark.exchange.sdmx_messages import SdmxForm
from tracemark.exchange.sdmx_structure import figure_structure
from tracemark.exchange.sheets import SPREADSHEETS
from tracemark.exchange.signing import FileSigner, KeyUnusable, verify_signature
from tracemark.exchange.table_refusals import TableRefused, require_file
from tracemark.exchange.tables import TableFile, read_table
from tracemark.exchange.tagsets import Tags, TagSet, read_tags, tags_of, well_formed, write_tags
from tracemark.exchange.tip_boxes import TipBoxes

__all__ = [
    "ELEMENT_BYTES",
    "ENVELOPE_TYPE",
    "LONGEST_ANSWER",
    "MOST_BYTES",
    "NIEM_COLUMNS",
    "SEED_BYTES",
    "SPREADSHEETS",
    "TAG_BYTES",
    "Answer",
    "Ask",
    "BlindRefused",
    "Blinded",
    "Caller",
    "DocumentRefused",
    "EncodingTrial",
    "EncodingVerdict",
    "EpcisEvent",
    "FileReader",
    "FileSigner",
    "HttpCarrier",
    "IatiFile",
    "KeyUnusable",
    "NoAnswer",
    "NotCarried",
    "Observation",
    "Reply",
    "Rotation",
    "SdmxForm",
    "SdmxMessage",
    "SignedRequest",
    "TableFile",
    "TableRefused",
    "TagKey",
    "TagSet",
    "Tags",
    "TipBoxes",
    "ask_address",
    "blind",
    "check_epcis",
    "content_digest",
    "epcis_table",
    "figure_dsd",
    "figure_structure",
    "mark_input",
    "open_card",
    "open_envelope",
    "open_rotation",
    "parse_xml",
    "read_epcis",
    "read_epcis_xml",
    "read_iati",
    "read_niem",
    "read_reply",
    "read_table",
    "read_tags",
    "require_file",
    "sdmx_area",
    "seal_envelope",
    "sign_card",
    "sign_receipt",
    "sign_refusal",
    "sign_request",
    "sign_rotation",
    "tags_of",
    "verify_request",
    "verify_signature",
    "well_formed",
    "write_epcis",
    "write_figure",
    "write_iati",
    "write_mirror",
    "write_sdmx",
    "write_tags",
]
