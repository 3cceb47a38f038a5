"""Every list of dossiers has the same filters and the same pager, and says of what is overdue."""

from typing import Any

import pytest
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.stockpile_work import actor
from tracemark import stockpiles
from tracemark.authorities import Role
from tracemark.node import Node
from tracemark.stockpiles import SiteTold
from tracemark.web.lists import PAGE

LISTS = (
    *("licences", "certificates", "consignments"),
    *("sites", "counts", "investigations", "destructions", "lots"),
)


@pytest.fixture
def many_sites(node: Node) -> list[str]:
    """Sites of two agencies, one more than two pages hold, the newest first."""
    by: dict[str, Any] = {"stores": node.stores, "clock": node.clock}
    names = []
    for number in range(2 * PAGE + 1):
        keeper = actor(Role.REGISTRY_OFFICER, "keeper", "XT-REG" if number else "XT-POL")
        told = SiteTold(f"Depot {number:03}", keeper.authority, "keeper")
        names.append(stockpiles.list_site(site=told, actor=keeper, **by))
    return names[::-1]


def shown(page: str, names: list[str]) -> list[str]:
    return [each for each in names if f">{each}<" in page]


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_filtered_by_standing_and_agency(client_as: ClientAs, name: str) -> None:
    client = client_as(Role.AUDITOR.value)
    page = client.get(reverse(name), {"standing": "late", "authority": "XT-REG"})
    assert (page.status_code, 'name="authority"' in page.content.decode()) == (200, True)
    assert client.get(reverse(name), {"standing": "nonsense", "before": "x"}).status_code == 200


@pytest.mark.usefixtures("sample")
def test_pages_follow_one_another_with_what_was_asked_for(client_as: ClientAs, many_sites: list[str]) -> None:
    client, address, seen = client_as(Role.AUDITOR.value), reverse("sites") + "?authority=XT-REG", []
    while address:
        page = client.get(address).content.decode()
        seen += shown(page, many_sites)
        _, following, rest = page.partition('rel="next" href="')
        address = reverse("sites") + rest.partition('"')[0].replace("&amp;", "&") if following else ""
    assert seen == many_sites[:-1]
    other = client.get(reverse("sites"), {"authority": "XT-POL"}).content.decode()
    assert shown(other, many_sites) == many_sites[-1:]


@pytest.mark.usefixtures("sample")
def test_an_agency_is_offered_only_to_who_sees_it(client_as: ClientAs, many_sites: list[str]) -> None:
    assert len(many_sites) == 2 * PAGE + 1
    page = client_as(Role.STOREKEEPER.value).get(reverse("sites"), {"authority": "XT-POL"}).content.decode()
    assert 'value="XT-POL"' not in page
