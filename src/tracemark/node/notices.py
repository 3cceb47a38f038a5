from tracemark import diversion, exchange
from tracemark.diversion import Notice


def verify_notice(text: str, key: str) -> Notice:
    """Return the notice of diversion that a key (`name+hexid+base64`) signed.

    Raises:
        NoticeRefused: the key is none, the text is no notice, or another key signed it or it was changed since.
    """
    return diversion.verify_notice(text, key, exchange.verify_signature)
