import re
from datetime import date

from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Clock, Finding, Plain, Refused, cite, instant_text
from tracemark.marking.ports import MarkingStores
from tracemark.marking.profiles import Profile, ProfileVersion, profile_of, shipped_profiles

_CHOICE = cite("ITI 7")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class ProfileNotTaken(Refused):
    """A profile cannot be added under this name or for these days; nothing was written."""


def check_law(*, name: str, text: str, actor: Actor) -> Profile:
    """Read a State's own profile as it would be added. Writes nothing.

    Raises:
        NotPermitted: the actor may not write reference data.
        ProfileUnreadable: the text is no TOML, or a field is missing, unknown or wrong.
        ProfileNotTaken: the name is unfit, or that of a profile that comes with the project.
    """
    require(actor, Permission.REFERENCE_WRITE)
    _require_own_name(name)
    return profile_of(text, name)


def add_law(
    *, name: str, text: str, valid_from: date, valid_until: date | None, actor: Actor, stores: MarkingStores,
    clock: Clock,
) -> ProfileVersion:  # fmt: skip
    """Add a State's own profile, or a newer version of it, which takes the place of the older on the day it begins.

    No version is ever replaced. The same text for the same days again changes nothing.

    Raises:
        NotPermitted: the actor may not write reference data.
        ProfileUnreadable: the text is no TOML, or a field is missing, unknown or wrong.
        ProfileNotTaken: the name is unfit or taken, another version begins on that day, or it ends before it begins.

    Source: ITI 7, the method of marking is a national choice.
    """
    check_law(name=name, text=text, actor=actor)
    if valid_until is not None and valid_until < valid_from:
        raise _not_taken("marking.profile_ends_before", "valid_until", name, valid_from)
    added = ProfileVersion(name, valid_from, valid_until, text, actor.name, actor.authority, instant_text(clock.now()))
    with stores.atomic():
        standing = next((each for each in stores.profiles.versions(name) if each.valid_from == valid_from), None)
        if standing is None:
            stores.profiles.put(added)
        elif (standing.text, standing.valid_until) != (text, valid_until):
            raise _not_taken("marking.profile_version_stands", "valid_from", name, valid_from)
    return standing or added


def _require_own_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise _not_taken("marking.profile_name_unfit", "name", name)
    if name in shipped_profiles():
        raise _not_taken("marking.profile_name_taken", "name", name)


def _not_taken(code: str, field: str, name: str, valid_from: date | None = None) -> ProfileNotTaken:
    facts: dict[str, Plain] = {"field": field, "name": name}
    facts |= {"valid_from": valid_from.isoformat()} if valid_from else {}
    return ProfileNotTaken([Finding(code, _CHOICE, facts)])
