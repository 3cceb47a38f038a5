"""Whoever writes a program finds how to speak with a node."""

import pytest

from tests.web.conftest import ClientAs


@pytest.mark.parametrize("address", ["/api/", "/docs/"])
def test_the_page_for_programs_is_open_and_leads_to_the_description(address: str, client_as: ClientAs) -> None:
    html = client_as().get(address).content.decode()
    assert ('href="/api/v1/openapi.json"' in html, "Authorization: Bearer" in html) == (True, True)
    assert client_as().get("/api/v1/openapi.json").status_code == 200
