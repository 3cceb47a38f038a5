"""How often somebody without an account may do something. An address is kept by its fingerprint only, for an hour."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

CONTRIBUTIONS_AN_HOUR = 5
RECEIPTS_AN_HOUR = 60
_HOUR_SECONDS = 3600


def too_often(address: str, what: str, most: int) -> bool:
    """Count a use, and say whether the caller has used something more than `most` times within the hour."""
    key = f"fair:{what}:{salted_hmac('tracemark.web.fairness', address).hexdigest()}"
    cache.add(key, 0, _HOUR_SECONDS)
    try:
        return cache.incr(key) > most
    except ValueError:  # It ran out in between.
        return False
