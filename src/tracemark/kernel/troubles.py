import errno


class Trouble(Exception):
    """Something outside the record stands in the way: a file, a database, a setting, another node.

    It is no finding, since no paragraph asks for anything here. `tracemark.wording` turns its code and facts into a
    sentence; `str` of it is for logs.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(", ".join([code, *(f"{name}: {value}" for name, value in facts.items())]))
        self.code = code
        self.facts = facts


def reason_of(error: OSError) -> str:
    """Return the operating system's name for a reason, such as `ENOENT`, said by `wording.reason_…`; else its words."""
    return errno.errorcode.get(error.errno or 0, "") or str(error)
