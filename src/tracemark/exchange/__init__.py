"""What comes in and goes out in other people's formats: spreadsheets and CSV, EPCIS 2.0 events, NIEM firearms.

The node's signing key is kept here too. Source: PoA II.9, ITI 11, EPCIS 2.0, NIEM 6.
"""

from tracemark.exchange.encodings import EncodingTrial, EncodingVerdict
from tracemark.exchange.mirror import write_mirror
from tracemark.exchange.signing import FileSigner, KeyUnusable, verify_signature
from tracemark.exchange.tables import SPREADSHEETS, TableFile, TableRefused, read_table

__all__ = [
    "SPREADSHEETS",
    "EncodingTrial",
    "EncodingVerdict",
    "FileSigner",
    "KeyUnusable",
    "TableFile",
    "TableRefused",
    "read_table",
    "verify_signature",
    "write_mirror",
]
