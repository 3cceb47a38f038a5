from tracemark import diversion, exchange, recordkeeping, transfers
from tracemark.diversion import Notice
from tracemark.transfers import Denial

_OF_A_DENIAL = "tracemark.denial-notice/"


def verify_notice(text: str, key: str) -> Notice | Denial:
    """Return the notice of a signal, or of a licence refused, that a key (`name+hexid+base64`) signed.

    Raises:
        NoticeRefused: the key is none, the text is no notice, or another key signed it or it was changed since.
        DenialRefused: likewise, of what says that it is the notice of a refusal.
    """
    if _type_of(text).startswith(_OF_A_DENIAL):
        return transfers.verify_denial(text, key, exchange.verify_signature)
    return diversion.verify_notice(text, key, exchange.verify_signature)


def _type_of(text: str) -> str:
    try:
        return recordkeeping.read_file(text).type
    except ValueError:
        return ""
