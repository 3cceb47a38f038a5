"""National law on marks as dated data: one TOML file a law, read into requirements that a weapon is checked against.

A State adds its own with `profile_of`. Source: ITI 7 (the method is a national choice), EU/2019/68, US/27CFR 478.92.
"""

from tracemark.marking.profiles.checking import check_profile, least_mm
from tracemark.marking.profiles.reading import ProfileUnreadable, profile_of, shipped_profile, shipped_profiles
from tracemark.marking.profiles.requirements import MM_PER_INCH, Criterion, Profile, Requirement
from tracemark.marking.profiles.versions import ProfileVersion, version_on

__all__ = [
    "MM_PER_INCH",
    "Criterion",
    "Profile",
    "ProfileUnreadable",
    "ProfileVersion",
    "Requirement",
    "check_profile",
    "least_mm",
    "profile_of",
    "shipped_profile",
    "shipped_profiles",
    "version_on",
]
