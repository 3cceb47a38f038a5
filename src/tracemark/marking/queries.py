from collections.abc import Mapping
from datetime import date

from tracemark.marking.ports import MarkingStores
from tracemark.marking.profiles import Profile, shipped_profiles, version_on


def law_titles(*, stores: MarkingStores) -> Mapping[str, str]:
    """Return the national laws by name with their titles: those that come with the project, then the State's own."""
    own = {each.name: each.profile.title for each in stores.profiles.versions()}
    return {**{each.name: each.title for each in shipped_profiles().values()}, **own}


def law_on(name: str, day: date, *, stores: MarkingStores) -> Profile:
    """Return a national law as it holds on a day.

    Raises:
        KeyError: there is none of this name, or none of it holds on that day.
    """
    shipped = shipped_profiles()
    if name in shipped:
        return shipped[name]
    found = version_on(stores.profiles.versions(name), day)
    if found is None:
        raise KeyError(name)
    return found.profile
