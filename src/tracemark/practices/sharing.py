"""A practice as one node tells it to another."""

from collections.abc import Iterable, Mapping
from typing import Any

from tracemark.kernel import Plain
from tracemark.practices.contents import Content
from tracemark.practices.drafts import require_whole
from tracemark.practices.entries import Holding, LibraryEntry
from tracemark.practices.records import Experience, Practice, PracticeRefused, refuse_practice

PRACTICE_TYPE = "tracemark.practice/1"
_MOST_EXPERIENCES, _MOST_TEXT = 50, 2_000
_STANDINGS = ("published", "withdrawn")


def shared_practice(practice: Practice) -> dict[str, Plain]:
    """Return what another node is told of a practice: the version that was published last, and experiences with it.

    Who drafted and who reviewed it is not told.

    Raises:
        PracticeRefused: it was never published.
    """
    if not practice.versions:
        raise refuse_practice("practices.not_published", practice=practice.name)
    version = practice.versions[-1]
    return {
        "practice": practice.name,
        "version": version.number,
        "published_on": version.on,
        "standing": "withdrawn" if practice.standing == "withdrawn" else "published",
        "contents": version.content.plain(),
        "experiences": [
            {"on": each.on, "text": each.text, "version": each.version}
            for each in practice.experiences[-_MOST_EXPERIENCES:]
        ],
    }


def read_shared_practice(sender: str, state: str, told: Mapping[str, Any]) -> LibraryEntry:
    """Read a practice that a node sent; it is that of the State which sends it, whatever it says itself.

    Raises:
        PracticeRefused: it is none.
    """
    try:
        return _read(sender, state, told)
    except PracticeRefused:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise refuse_practice("practices.letter_unfit", peer=sender, why=str(error)[:200]) from None


def _read(sender: str, state: str, told: Mapping[str, Any]) -> LibraryEntry:
    name, number, standing = told["practice"], told["version"], told["standing"]
    if not isinstance(name, str) or not name.isascii() or len(name) > 40 or set(name) & set(" @:/?#"):  # noqa: PLR2004
        raise ValueError("practice")
    if type(number) is not int or number < 1 or standing not in _STANDINGS:
        raise ValueError("version or standing")
    content = Content.of_plain({**told["contents"], "state": state})
    require_whole(content)
    return LibraryEntry(
        key=f"{sender}:{name}",
        holding=Holding.RECEIVED,
        content=content,
        number=number,
        on=str(told["published_on"])[:10],
        standing=standing,
        sender=sender,
        experiences=tuple(_experience(each) for each in told["experiences"][:_MOST_EXPERIENCES]),
    )


def _experience(told: Mapping[str, Any]) -> Experience:
    return Experience(str(told["on"])[:10], str(told["text"])[:_MOST_TEXT], int(told["version"]))


def newest(entries: Iterable[LibraryEntry]) -> list[LibraryEntry]:
    """Return what others sent as it stands: of each practice what was said last."""
    found = dict[str, LibraryEntry]()
    for each in entries:
        found.pop(each.key, None)
        found[each.key] = each
    return list(found.values())
