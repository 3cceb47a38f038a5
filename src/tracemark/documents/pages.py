import json
from collections.abc import Mapping
from importlib.resources import files

import typst

from tracemark.wording import Language

_TEMPLATES = files("tracemark.documents") / "templates"


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
