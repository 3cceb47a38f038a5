"""What comes in and goes out in others' formats: spreadsheets and CSV, EPCIS 2.0 events, NIEM firearms, SDMX.

The node's signing key is kept here too. Source: PoA II.9, ITI 11, EPCIS 2.0, NIEM 6, SDMX 2.1 and 3.0.
"""

from tracemark.exchange.asking import LONGEST_ANSWER, Answer, Ask, NoAnswer, ask_address
from tracemark.exchange.documents import DocumentRefused, parse_xml
from tracemark.exchange.encodings import EncodingTrial, EncodingVerdict
from tracemark.exchange.epcis import EpcisEvent, check_epcis, read_epcis, write_epcis
from tracemark.exchange.epcis_lives import epcis_table
from tracemark.exchange.epcis_xml import read_epcis_xml
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
from tracemark.exchange.sdmx_figures import figure_structure, write_figure
from tracemark.exchange.sdmx_messages import SdmxForm
from tracemark.exchange.signing import FileSigner, KeyUnusable, verify_signature
from tracemark.exchange.tables import SPREADSHEETS, TableFile, TableRefused, read_table
from tracemark.exchange.tagsets import Tags, TagSet, read_tags, tags_of, well_formed, write_tags

__all__ = [
    "ELEMENT_BYTES",
    "LONGEST_ANSWER",
    "NIEM_COLUMNS",
    "SEED_BYTES",
    "SPREADSHEETS",
    "TAG_BYTES",
    "Answer",
    "Ask",
    "BlindRefused",
    "Blinded",
    "DocumentRefused",
    "EncodingTrial",
    "EncodingVerdict",
    "EpcisEvent",
    "FileSigner",
    "KeyUnusable",
    "NoAnswer",
    "Observation",
    "SdmxForm",
    "SdmxMessage",
    "TableFile",
    "TableRefused",
    "TagKey",
    "TagSet",
    "Tags",
    "ask_address",
    "blind",
    "check_epcis",
    "epcis_table",
    "figure_structure",
    "mark_input",
    "parse_xml",
    "read_epcis",
    "read_epcis_xml",
    "read_niem",
    "read_table",
    "read_tags",
    "sdmx_area",
    "tags_of",
    "verify_signature",
    "well_formed",
    "write_epcis",
    "write_figure",
    "write_mirror",
    "write_sdmx",
    "write_tags",
]
