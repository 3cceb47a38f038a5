"""Refuse text that looks like personal data or like the serial number of a real weapon.

Takes file names, prints `file:line: what it looks like`, and ends with status 1 if there is any. A register's source
travels further than the register, so what is made up must look made up: mail at `example.org` or `.example`, telephone
numbers of the ranges kept for fiction, serial numbers that begin with the demo State's prefixes.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

# Reserved for examples by RFC 2606 and RFC 6761.
_NOBODYS_MAIL = re.compile(
    r"@(?:[\w-]+\.)*(?:example(?:\.(?:com|net|org|edu))?|test|invalid|localhost)$", re.IGNORECASE
)
# Kept for fiction: 555-01xx in North America, 020 7946 0xxx in London.
_NOBODYS_PHONE = re.compile(r"55501\d\d$|2079460\d{3}$")

_DAY = r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./ ](?:\d{1,2}|[A-Za-z]{3,9})[./ ]\d{4})"
_LOOKS_LIKE = {
    "an e-mail address": re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\b"),
    "a telephone number": re.compile(r"(?<![\w+])\+[1-9]\d{0,2}[ .(/-]{1,2}\d[\d ().-]{6,14}\d\b"),
    "a date of birth": re.compile(
        rf"(?i)\b(?:born(?: on)?|birth[ _]?date|date[ _]of[ _]birth|d\.?o\.?b\.?)\b\W{{0,4}}{_DAY}"
    ),
    "a national identity number": re.compile(
        r"(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])"
        r"|(?i:\b(?:passport|national id|identity card|social security|tax id)(?: (?:no|number))?\b\W{1,4})"
        r"(?=(?:[\w-]*?\d){4})[\w-]{6,}"
    ),
    "a real serial number": re.compile(
        r"(?i:\bserial(?:[ _](?:no|number))?\b\.?[\"']?\s*[:=,]\s*)"
        r"[\"'](?P<serial>[A-Z]{0,4}[ -]?\d{5,10}[ -]?[A-Z]{0,2})[\"']"
    ),
}

# Prefixes that the demo State and the tests give to weapons that never were.
FICTIONAL_PREFIXES = ("TV", "ZZ", "XX", "DEMO", "TEST")
# Serial numbers are the subject here, and each file says in its head that they are made up.
_SERIALS_ALLOWED = ("tests/", "benchmarks/", "src/tracemark/weapons/lists/", "docs/")


def private_data(name: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield (line number, what it looks like) for each line of `text` that should not leave the office."""
    for number, line in enumerate(text.splitlines(), start=1):
        for what, pattern in _LOOKS_LIKE.items():
            if any(not _is_made_up(what, name, found) for found in pattern.finditer(line)):
                yield number, what


def _is_made_up(what: str, name: str, found: re.Match[str]) -> bool:
    if what == "an e-mail address":
        return bool(_NOBODYS_MAIL.search(found[0]))
    if what == "a telephone number":
        return bool(_NOBODYS_PHONE.search(re.sub(r"\D", "", found[0])))
    if what == "a real serial number":
        serial = found["serial"].upper()
        return name.startswith(_SERIALS_ALLOWED) or serial.startswith(FICTIONAL_PREFIXES) or _counts_up(serial)
    return False


def _counts_up(serial: str) -> bool:
    """Tell whether the digits are such as 12345 or 00000, which nobody takes for real."""
    digits = re.sub(r"\D", "", serial)
    return digits in "01234567890" or len(set(digits)) == 1


def _print_what_is_found(names: list[str]) -> int:
    found = 0
    for name in names:
        try:
            text = Path(name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, what in private_data(name, text):
            print(f"{name}:{number}: looks like {what}")
            found += 1
    return found


if __name__ == "__main__":
    sys.exit(1 if _print_what_is_found(sys.argv[1:]) else 0)
