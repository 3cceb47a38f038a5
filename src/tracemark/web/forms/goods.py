import re
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms

from tracemark.transfers import MOST_ITEMS, GoodsLine, Item
from tracemark.weapons import NO_WEAPON, WeaponId, catalogue, parse_weapon
from tracemark.web.said import say

_MARK = {"class": "mark", "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
_RANGE = re.compile(r"(W-\d+)\s*(?:\.\.|–|—)\s*(W-\d+)", re.IGNORECASE)
_WORTH = re.compile(r"(\d{1,15}(?:\.\d{1,2})?)\s+([A-Z]{3})")
_FIELDS, _DIGITS = 6, 7


class LinesField(forms.CharField):
    """One thing a line; empty lines are passed over."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4, **_MARK}))
        super().__init__(max_length=400_000, **kwargs)

    def lines(self, value: object) -> list[str]:
        return [line for each in str(super().clean(value)).splitlines() if (line := each.strip())]


class TextsField(LinesField):
    """Texts as they are, one a line."""

    def clean(self, value: object) -> tuple[str, ...]:
        return tuple(self.lines(value))


class GoodsField(LinesField):
    """Goods lines: kind, number, model, calibre, heading and worth, parted by semicolons; the unknown is left out."""

    def clean(self, value: object) -> tuple[GoodsLine, ...]:
        return tuple(map(self._read, self.lines(value)))

    def _read(self, line: str) -> GoodsLine:
        cells = [each.strip() for each in line.split(";")]
        kind, number, model, calibre, heading, worth = (cells + [""] * _FIELDS)[:_FIELDS]
        known = catalogue()
        if (
            len(cells) > _FIELDS
            or not number.isdecimal()
            or len(number) > _DIGITS
            or not (code := known.find_kind(kind).code)
        ):
            raise forms.ValidationError(say("web.transfers.goods_unread", text=line))
        told = _WORTH.fullmatch(worth)
        if worth and not told:
            raise forms.ValidationError(say("web.transfers.goods_unread", text=line))
        return GoodsLine(
            code,
            int(number),
            known.find_model(model, "").code or model if model else "",
            known.find_calibre(calibre).code or calibre if calibre else "",
            told[1] if told else "",
            told[2] if told else "",
            heading,
        )


class ItemsField(LinesField):
    """Weapons, one a line: `W-12`, `W-10..W-20` for all from one to the other, or a serial; `; 2` names the line."""

    def clean(self, value: object) -> list[Item]:
        found = [item for line in self.lines(value) for item in self._read(line)]
        if len(found) > MOST_ITEMS:
            raise forms.ValidationError(say("web.transfers.too_many", most=MOST_ITEMS))
        return found

    def _read(self, line: str) -> Iterator[Item]:
        text, _, number = line.partition(";")
        told = int(number) if number.strip().isdecimal() and len(number.strip()) < 4 else 0  # noqa: PLR2004 - lines are few
        if spanned := _RANGE.fullmatch(text.strip()):
            first, last = parse_weapon(spanned[1]), parse_weapon(spanned[2])
            if not first <= last < first + MOST_ITEMS:
                raise forms.ValidationError(say("web.transfers.too_many", most=MOST_ITEMS))
            yield from (Item(WeaponId(each), "", told) for each in range(first, last + 1))
            return
        if not text.strip().upper().startswith("W-"):
            yield Item(NO_WEAPON, text.strip()[:64], told)
            return
        try:
            yield Item(parse_weapon(text.strip()), "", told)
        except ValueError as error:
            raise forms.ValidationError(say("web.transfers.item_unread", text=text.strip())) from error


def goods_text(goods: Iterable[GoodsLine]) -> str:
    """Write goods lines as they are typed."""
    return "\n".join("; ".join(_cells(each)).rstrip("; ") for each in goods)


def _cells(line: GoodsLine) -> tuple[str, ...]:
    worth = f"{line.value} {line.currency}".strip()
    return (line.kind, str(line.quantity), line.model, line.calibre, line.heading, worth)
