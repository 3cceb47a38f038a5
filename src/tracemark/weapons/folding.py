import re
import unicodedata

_ODD_LETTERS = str.maketrans(
    {"×": "x", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ʻ": "", "ʼ": "", "&": " and "}
)
_CYRILLIC_MM = re.compile(r"(?<=\d)\s*мм(?!\w)")
_CYRILLIC_BY = re.compile(r"(?<=\d)(\s*(?:mm)?\s*)х(?=\s*\d)")
_STARRED_BY = re.compile(r"(?<=\d)\s*\*\s*(?=\d)")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_DROPPED = re.compile(r"[^\w.]|_|(?<!\d)\.|\.(?!\d)")

_LEGAL_FORMS = frozenset(
    (
        "ab",
        "ad",
        "ag",
        "as",
        "bv",
        "co",
        "company",
        "corp",
        "corporation",
        "doo",
        "gmbh",
        "inc",
        "incorporated",
        "jsc",
        "kft",
        "kg",
        "limited",
        "llc",
        "ltd",
        "nv",
        "oao",
        "oo",
        "ooo",
        "oy",
        "plc",
        "pty",
        "pvt",
        "sa",
        "sas",
        "sl",
        "spa",
        "sro",
        "srl",
        "zao",
    )
)

_CALIBRE_WORDS = (
    ("smithandwesson", "sw"),
    ("sandw", "sw"),
    ("hollandandholland", "hh"),
    ("handh", "hh"),
    ("harringtonandrichardson", "hr"),
    ("handr", "hr"),
    ("magnum", "mag"),
    ("winchester", "win"),
    ("remington", "rem"),
    ("special", "spl"),
    ("automatic", "auto"),
    ("parabellum", "para"),
    ("longrifle", "lr"),
    ("weatherby", "wby"),
    ("government", "govt"),
)
_WORD_CALIBRE = re.compile(r"^(?:cal(?:iber|ibre|ibro)?|kal(?:iber)?|калибр)(?=\d)|(?:cal(?:iber|ibre)?|калибр)$")
_GAUGE = re.compile(r"^(\d+)(?:gauge|gage|ga|g|bore)$")
_MM_BESIDE_LENGTH = re.compile(r"(?<=\d)mm(?=x\d)|(?<=\d)(?<=x\d)mm|(?<=x\d\d)mm|(?<=x\d\d\d)mm|(?<=x\d\d\.\d)mm")
_PRESSURE = re.compile(r"\s*\+\s*P\+?(?!\w)", re.IGNORECASE)
_EXCEL_ZEROS = re.compile(r"^0\.(?=\d\d)|(?<=\d)\.0+$")


def fold(text: str) -> str:
    """Write a name so that its spellings agree, whatever their case, accents, spaces, punctuation, `×` and `&`.

    A decimal point or comma between digits stays, as a point: 5.7 mm is not 57 mm. Folding twice changes nothing more.
    """
    if not text.isascii():
        text = _latinised(text)
    text = text.casefold().replace("&", " and ")
    text = _DECIMAL_COMMA.sub(".", _STARRED_BY.sub("x", text))
    return _DROPPED.sub("", text)


def fold_calibre(text: str) -> str:
    """Fold the name of a calibre, in which words have customary short forms: Magnum and Mag, 12 gauge and 12 ga.

    The zeros that a spreadsheet adds go (0.45, 40.0), and so does `+P`, which names a pressure and no other calibre.
    """
    folded = _WORD_CALIBRE.sub("", _EXCEL_ZEROS.sub("", fold(_PRESSURE.sub("", text))))
    for word, short in _CALIBRE_WORDS:
        folded = folded.replace(word, short)
    return _MM_BESIDE_LENGTH.sub("", _GAUGE.sub(r"\1ga", folded))


def without_legal_form(text: str) -> str:
    """Drop `Inc.`, `GmbH`, `S.p.A.` and their like from the end of a maker's name."""
    words = text.replace(".", "").replace(",", " ").split()
    while len(words) > 1 and words[-1].casefold() in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def _latinised(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).casefold()
    plain = "".join(_digit(letter) for letter in decomposed if not unicodedata.combining(letter))
    return _CYRILLIC_BY.sub(r"\1x", _CYRILLIC_MM.sub("mm", plain.translate(_ODD_LETTERS)))


def _digit(letter: str) -> str:
    return str(unicodedata.digit(letter)) if letter.isdigit() and not letter.isascii() else letter
