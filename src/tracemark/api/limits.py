import time

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest

LARGEST_BODY = 1 << 20
"""The largest JSON body, in bytes."""

LARGEST_FILE = 50 << 20
"""The largest request that carries a file, in bytes; a larger file is imported at the command line."""

JSON = "application/json"
MULTIPART = "multipart/form-data"
TEXT = "text/plain"
"""Plain text, whatever type the sender gives it, as C2SP has it: what reads it is strict."""

_REQUESTS_PER_MINUTE = 600
_MINUTE = 60
_BODILESS = frozenset({"GET", "HEAD", "OPTIONS"})


class TooMany(Exception):
    """Somebody asks more often than is fair. `wait` is the number of seconds until it is worth asking again."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"ask again in {wait} s")
        self.wait = wait


class TooLarge(Exception):
    """A body has more than `most` bytes."""

    def __init__(self, most: int) -> None:
        super().__init__(f"more than {most} bytes")
        self.most = most


class WrongType(Exception):
    """A body is not of the type `wanted`."""

    def __init__(self, wanted: str) -> None:
        super().__init__(f"not {wanted}")
        self.wanted = wanted


def spend_request(who: str) -> None:
    """Count a request of a token or an address; each process counts for itself.

    Raises:
        TooMany: the minute's share is spent. The setting API_REQUESTS_PER_MINUTE says how much that is.
    """
    minute, second = divmod(int(time.time()), _MINUTE)
    key = f"api-requests:{who}:{minute}"
    cache = caches["requests"]
    cache.add(key, 0, 2 * _MINUTE)
    try:
        spent = cache.incr(key)
    except ValueError:  # The cache was emptied in between.
        return
    if spent > getattr(settings, "API_REQUESTS_PER_MINUTE", _REQUESTS_PER_MINUTE):
        raise TooMany(_MINUTE - second)


def check_body(request: HttpRequest, takes: str) -> None:
    """Look at a body's size and type before anything of it is read.

    Raises:
        TooLarge, WrongType: the body is not what the operation takes.
    """
    length = request.META.get("CONTENT_LENGTH") or "0"
    size = int(length) if length.isdecimal() else 0
    if request.method in _BODILESS or not size:
        return
    most = LARGEST_FILE if takes == MULTIPART else LARGEST_BODY
    if size > most:
        raise TooLarge(most)
    if takes not in {TEXT, request.content_type}:
        raise WrongType(takes)
