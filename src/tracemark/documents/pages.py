import json
from collections.abc import Mapping
from importlib.resources import files

import typst

from tracemark.wording import Language

_TEMPLATES = files("tracemark.documents") / "templates"
_DOTS = 216
"""Dots an inch of a picture: three to a point."""


def typeset(template: str, data: Mapping[str, object], language: Language) -> bytes:
    """Set a template with data as a PDF/UA-1 file: tagged, titled, with alternative text; without it, it fails.

    `data` is JSON-ready; the template finds it, and the language and direction, in `data` of `page.typ`.
    """
    page = (_TEMPLATES / "page.typ").read_text("utf-8")
    body = (_TEMPLATES / f"{template}.typ").read_text("utf-8")
    told = {**data, "language": language.code.split("-")[0], "direction": language.direction}
    made = typst.compile(
        (page + body).encode(), format="pdf", sys_inputs={"data": json.dumps(told, default=str)}, pdf_standards="ua-1"
    )
    if not isinstance(made, bytes):
        raise TypeError("one file was asked for, and several came")
    return made


def picture_png(svg: str, width: int, height: int) -> bytes:
    """Turn an SVG of so many points into a picture of dots, three to a point."""
    page = (
        f"#set page(width: {width}pt, height: {height}pt, margin: 0pt)\n"
        '#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    )
    made = typst.compile(page.encode(), format="png", ppi=_DOTS, sys_inputs={"svg": svg})
    if not isinstance(made, bytes):
        raise TypeError("one picture was asked for, and several came")
    return made
