"""What comes in and goes out in others' formats: spreadsheets and CSV, EPCIS 2.0 events, NIEM firearms, SDMX.

The node's signing key is kept here too. Source: PoA II.9, ITI 11, EPCIS 2.0, NIEM 6, SDMX 2.1 and 3.0.
"""

from tracemark.exchange.documents import DocumentRefused, parse_xml
from tracemark.exchange.encodings import EncodingTrial, EncodingVerdict
from tracemark.exchange.epcis import EpcisEvent, check_epcis, read_epcis, write_epcis
from tracemark.exchange.epcis_lives import epcis_table
from tracemark.exchange.epcis_xml import read_epcis_xml
from tracemark.exchange.mirror import write_mirror
from tracemark.exchange.niem import NIEM_COLUMNS, read_niem
from tracemark.exchange.sdmx import Observation, SdmxMessage, sdmx_area, write_sdmx
from tracemark.exchange.sdmx_figures import figure_structure, write_figure
from tracemark.exchange.sdmx_messages import SdmxForm
from tracemark.exchange.signing import FileSigner, KeyUnusable, verify_signature
from tracemark.exchange.tables import SPREADSHEETS, TableFile, TableRefused, read_table

__all__ = [
    "NIEM_COLUMNS",
    "SPREADSHEETS",
    "DocumentRefused",
    "EncodingTrial",
    "EncodingVerdict",
    "EpcisEvent",
    "FileSigner",
    "KeyUnusable",
    "Observation",
    "SdmxForm",
    "SdmxMessage",
    "TableFile",
    "TableRefused",
    "check_epcis",
    "epcis_table",
    "figure_structure",
    "parse_xml",
    "read_epcis",
    "read_epcis_xml",
    "read_niem",
    "read_table",
    "sdmx_area",
    "verify_signature",
    "write_epcis",
    "write_figure",
    "write_mirror",
    "write_sdmx",
]
