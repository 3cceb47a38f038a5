import codecs
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LETTERS_OF = {
    "cp1252": "LATIN",
    "cp1250": "LATIN",
    "cp1254": "LATIN",
    "iso8859-2": "LATIN",
    "cp1251": "CYRILLIC",
    "koi8-r": "CYRILLIC",
    "cp866": "CYRILLIC",
    "iso8859-5": "CYRILLIC",
    "cp1256": "ARABIC",
    "cp1253": "GREEK",
}
_SAMPLE_BYTES = 1 << 18
_NEAR = 0.35
"""So much worse an encoding may suit and still be named."""


@dataclass(frozen=True, slots=True)
class EncodingVerdict:
    """In which encoding a text file is written, and how that was decided.

    `certain` where the bytes leave no doubt (a byte order mark, pure ASCII, valid UTF-8). Otherwise `tried` tells how
    well each older encoding suited, from -1 to 1, and the best was taken.
    """

    encoding: str
    certain: bool
    tried: Mapping[str, float] = field(default_factory=dict)

    @property
    def likeliest(self) -> tuple[str, ...]:
        """The encodings that suit nearly as well as the one that was taken, that one first."""
        if not self.tried:
            return (self.encoding,)
        best = max(self.tried.values())
        near = sorted(
            (name for name in self.tried if self.tried[name] >= best - _NEAR), key=lambda each: -self.tried[each]
        )
        return tuple(dict.fromkeys((self.encoding, *near)))


class EncodingTrial:
    """Finds the encoding of a file while its bytes go by; only lines that are not ASCII are kept, up to 256 KiB."""

    def __init__(self) -> None:
        self._mark = ""
        self._begun = False
        self._utf8 = codecs.getincrementaldecoder("utf-8")()
        self._is_utf8 = True
        self._sample = bytearray()
        self._zeros = [0, 0]
        self._seen = 0

    def feed(self, chunk: bytes) -> None:
        """Look at the next bytes of the file."""
        if not self._begun:
            self._begun = True
            self._mark = next((name for mark, name in _MARKS if chunk.startswith(mark)), "")
        if self._is_utf8:
            try:
                self._utf8.decode(chunk)
            except UnicodeDecodeError:
                self._is_utf8 = False
        if self._seen < _SAMPLE_BYTES:
            head = chunk[:_SAMPLE_BYTES]
            self._zeros[0] += head[::2].count(0)
            self._zeros[1] += head[1::2].count(0)
            self._seen += len(head)
        if not chunk.isascii() and len(self._sample) < _SAMPLE_BYTES:
            for line in chunk.splitlines(keepends=True):
                if not line.isascii():
                    self._sample += line

    def verdict(self) -> EncodingVerdict:
        """Return the encoding of what went by."""
        if self._mark:
            return EncodingVerdict(self._mark, certain=True)
        if max(self._zeros) * 4 > self._seen > 0:
            return EncodingVerdict("utf-16-be" if self._zeros[0] > self._zeros[1] else "utf-16-le", certain=False)
        if self._is_utf8 and self._complete():
            return EncodingVerdict("utf-8", certain=True)
        tried = {name: score for name, scored in _SCORES.items() if (score := scored(bytes(self._sample))) is not None}
        best = max(tried, key=lambda name: tried[name])
        return EncodingVerdict(best, certain=False, tried=tried)

    def _complete(self) -> bool:
        try:
            self._utf8.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return True


def _of_letters(encoding: str) -> Callable[[bytes], float | None]:
    """Score by how far the letters above ASCII belong to the script the encoding is for, beside their like."""
    script = _LETTERS_OF[encoding]

    def score(sample: bytes) -> float | None:
        text = sample.decode(encoding, "replace")
        points = number = 0.0
        for place, sign in enumerate(text):
            if sign.isascii():
                continue
            number += 1
            beside = text[place - 1 : place] + text[place + 1 : place + 2]
            points += _points(sign, beside, script)
        return round(points / number, 3) if number else 0.0

    return score


def _points(sign: str, beside: str, script: str) -> float:
    if sign == "\ufffd" or unicodedata.category(sign) in ("Cc", "Co", "Cn"):
        return -1.0
    if not sign.isalpha():
        return 0.1 if sign in "«»“”’–—№°، " else -0.5
    if not unicodedata.name(sign, "").startswith(script):
        return -0.5
    if script == "LATIN":
        # An accented letter stands among plain ones; a run of accented letters is another script misread.
        plain = sum(each.isascii() and each.isalpha() for each in beside)
        accented = sum(not each.isascii() and each.isalpha() for each in beside)
        return 0.8 if plain and not accented else 0.5 * (plain - accented)
    same = sum(unicodedata.name(each, "").startswith(script) for each in beside)
    latin = sum(each.isascii() and each.isalpha() for each in beside)
    usual = script == "ARABIC" or sign.islower() or not any(each.islower() for each in beside[:1])
    return (0.5 + 0.25 * same if usual else 0.2) - 0.5 * latin


def _of_chinese(sample: bytes) -> float | None:
    """Score by how many two-byte signs are among the common Chinese ones; None where bytes form no sign."""
    try:
        text = sample.decode("gb18030")
    except UnicodeDecodeError:
        return None
    signs = [sign for sign in text if not sign.isascii()]
    if not signs:
        return 0.0
    common = sum(_is_common(sign) for sign in signs)
    return round((2 * common - len(signs)) / len(signs), 3)


def _is_common(sign: str) -> bool:
    """Whether a sign is of the first level of GB 2312, or full-width punctuation and digits."""
    raw = sign.encode("gb18030")
    return len(raw) == 2 and (0xB0 <= raw[0] <= 0xD7 or 0xA1 <= raw[0] <= 0xA3) and raw[1] >= 0xA1  # noqa: PLR2004 - rows of the GB 2312 table


_SCORES: Mapping[str, Callable[[bytes], float | None]] = {
    **{encoding: _of_letters(encoding) for encoding in _LETTERS_OF},
    "gb18030": _of_chinese,
}
