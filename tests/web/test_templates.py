"""What templates owe to those who do not see the page as it is drawn."""

import re
from pathlib import Path

from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.sample import Sample
from tracemark import web

TEMPLATES = sorted((Path(web.__file__).parent / "templates").rglob("*.html"))


def test_every_table_has_a_caption() -> None:
    bare = [path.name for path in TEMPLATES if re.search(r"<table[^>]*>(?!\s*<caption)", path.read_text("utf-8"))]
    assert bare == []


def test_lists_run_as_their_language_does(client_as: ClientAs, sample: Sample) -> None:
    answer = client_as("auditor").get(reverse("weapon", args=[sample.revolver]), HTTP_ACCEPT_LANGUAGE="ar")
    html = answer.content.decode()
    assert '<bdi dir="ltr">.357 Magnum</bdi>' in html
    assert "الولايات المتحدة الأمريكية" in html
    listed = client_as("auditor").get(reverse("register"), HTTP_ACCEPT_LANGUAGE="ar").content.decode()
    assert ("</span>, " in listed, "، <bdi>" in listed) == (False, True)
