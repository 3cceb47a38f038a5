"""How often somebody without an account may do something. An address is kept by its fingerprint only, for an hour."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from tracemark.node import address_of

_HOUR_SECONDS = 3600


def too_often(request: HttpRequest, what: str, most: int) -> bool:
    """Count a use, and say whether the caller has used something more than `most` times within the hour."""
    remote, forwarded = request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", "")
    address = address_of(remote, forwarded, proxied=settings.SECURE_PROXY_SSL_HEADER is not None)
    key = f"fair:{what}:{salted_hmac('tracemark.web.fairness', address).hexdigest()}"
    cache.add(key, 0, _HOUR_SECONDS)
    try:
        return cache.incr(key) > most
    except ValueError:  # It ran out in between.
        return False
