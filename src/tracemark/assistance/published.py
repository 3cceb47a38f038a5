"""What everybody may read of a request: the words in which it was published, and how much of it is met."""

from collections.abc import Mapping

from tracemark.assistance.queries import RequestRecord, request_list
from tracemark.kernel import Plain
from tracemark.recordkeeping import RecordkeepingStores

_KEPT_BACK = frozenset({"signal", "report", "gaps", "target", "programme"})
"""What a request was born from and serves: dossiers of the State's own, some of them about single weapons."""


def public_requests(stores: RecordkeepingStores) -> tuple[RequestRecord, ...]:
    """Return the requests of this State that it published and that are open, newest first.

    None that was opened to chosen readers only is among them, nor one that another node told.

    Source: PoA III.6.
    """
    found = request_list(stores)
    return tuple(each for each in found if each.request.standing == "published" and not each.request.foreign)


def public_request(name: str, stores: RecordkeepingStores) -> RequestRecord:
    """Return a published request.

    Raises:
        KeyError: there is none of this name that everybody may read.
    """
    return {each.request.name: each for each in public_requests(stores)}[name]


def public_request_plain(record: RequestRecord) -> dict[str, Plain]:
    """Return what everybody may read of a published request; no account and no other dossier is named."""
    request, asks = record.request, record.request.asks.plain()
    told: Mapping[str, Plain] = {name: value for name, value in asks.items() if name not in _KEPT_BACK}
    return {
        "name": request.name,
        "state": request.state,
        "asked_on": request.asked_on.isoformat() if request.asked_on else None,
        **told,
        "amount": record.amount,
        "granted": record.granted,
        "lacking": record.lacking,
    }
