import json
from collections.abc import Iterator
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

MOST = 2**53 - 1
"""The largest whole number that every reader of JSON understands alike."""


class UnfitValue(ValueError):
    """Something in a request can stand in no record; `places` says where and why, by code."""

    def __init__(self, places: dict[str, str]) -> None:
        super().__init__(", ".join(places))
        self.places = places


class StrictParser(Parser):
    """Reads bodies as I-JSON (RFC 7493): no key twice, no NaN, no number beyond 2^53, no NUL, no broken character."""

    def parse_body(self, request: HttpRequest) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Read a JSON body.

        Raises:
            ValueError: it is no JSON.
            UnfitValue: it holds what no record can.
        """
        body = json.loads(request.body, object_pairs_hook=_once, parse_constant=_no_number)
        if places := dict(_unfit(body, "body")):
            raise UnfitValue(places)
        return body

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """Read the parameters of an address or a form; one given twice is refused unless it is a list."""
        source = "query" if data is request.GET else "form"
        twice = [name for name in data if name not in list_fields and len(data.getlist(name)) > 1]
        unfit = {f"{source}.{name}": "api.field_twice" for name in twice}
        for name in data:
            unfit |= dict(_unfit(data[name], f"{source}.{name}"))
        if unfit:
            raise UnfitValue(unfit)
        return super().parse_querydict(data, list_fields, request)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON")


def _unfit(value: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if "\0" in value:
            yield place, "api.field_nul"
        elif any("\ud800" <= each <= "\udfff" for each in value):
            yield place, "api.field_broken_character"
    elif isinstance(value, int) and not -MOST <= value <= MOST:
        yield place, "api.field_number_too_large"
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _unfit(each, f"{place}.{number}")
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _unfit(name, f"{place}.{ascii(name)[1:-1]}")
            yield from _unfit(each, f"{place}.{ascii(name)[1:-1]}")
