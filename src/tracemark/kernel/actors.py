from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or machine acting for an authority.

    `name` is the account name, never a person's full name; `authority` is the agency's code; `roles` are the codes of
    `tracemark.authorities.Role`.
    """

    name: str
    authority: str
    roles: frozenset[str]
