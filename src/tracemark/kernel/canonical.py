import hashlib
import json
from collections.abc import Mapping, Sequence

_NO_FORM = "{} at {} has no canonical form: write a decimal number as text"
_SAFE_INTEGER = 2**53 - 1

Plain = None | bool | int | str | Sequence["Plain"] | Mapping[str, "Plain"]
"""What the record may hold: JSON without floating-point numbers."""


class NotCanonical(ValueError):
    """A value that has no canonical form: a float, an integer beyond 2^53 - 1, or a type that JSON does not know."""


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical_bytes(value: Mapping[str, Plain]) -> bytes:
    """Return the one byte string that stands for `value`, as RFC 8785 defines it, in UTF-8.

    Keys are ASCII in this project, so that sorting by code point and by UTF-16 unit agree; decimals travel as text.

    Raises:
        NotCanonical: the value holds a float, too large an integer, a key that is not ASCII, or a lone surrogate.
    """
    _refuse_what_has_no_form(value, "$")
    try:
        return _encode(value).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical(str(error)) from error


def fingerprint(value: Mapping[str, Plain]) -> str:
    """Return the SHA-256 of the canonical bytes, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def _refuse_what_has_no_form(value: object, path: str) -> None:
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return
    if kind is int:
        if not -_SAFE_INTEGER <= value <= _SAFE_INTEGER:  # type: ignore[operator]
            raise NotCanonical(f"integer at {path} is beyond 2^53 - 1")
    elif kind is dict:
        for key, inner in value.items():  # type: ignore[attr-defined]
            if type(key) is not str or not key.isascii():
                raise NotCanonical(f"key {key!r} at {path} is not ASCII text")
            _refuse_what_has_no_form(inner, f"{path}.{key}")
    elif kind is list or kind is tuple:
        for inner in value:  # type: ignore[attr-defined]
            _refuse_what_has_no_form(inner, path)
    else:
        raise NotCanonical(_NO_FORM.format(kind.__name__, path))
