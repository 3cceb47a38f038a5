"""How often somebody without an account may do something, whichever door they come by."""

from django.conf import settings
from django.http import HttpRequest

from tracemark import node


def too_often(request: HttpRequest, what: str, most: int) -> bool:
    """Count a use, and say whether the caller has used something more than `most` times within the hour."""
    remote, forwarded = request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", "")
    proxied = settings.SECURE_PROXY_SSL_HEADER is not None
    return node.too_often(node.address_of(remote, forwarded, proxied=proxied), what, most)
