"""Who wrote, who verified: the auditor looks through the whole record."""

import re

import pytest
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.sample import Sample
from tracemark.node import Node


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"kind": "stolen"}, 1),
        ({"account": "officer", "weapon": "W-1"}, 5),
        ({"authority": "XT-NOWHERE"}, 0),
        ({"until": "2001-01-01"}, 0),
    ],
)
def test_the_audit_is_searched(asked: dict[str, str], count: int, client_as: ClientAs, sample: Sample) -> None:
    html = client_as("auditor").get(reverse("audit"), asked).content.decode()
    assert len(re.findall(r'<th scope="row" class="number"', html)) == count
    assert ("Nothing in the record fits this." in html) is (count == 0)


def test_a_day_that_is_none_is_named(client_as: ClientAs) -> None:
    assert client_as("auditor").get(reverse("audit"), {"since": "yesterday"}).status_code == 422


def test_a_verification_and_when_a_head_was_sealed_stay_in_sight(client_as: ClientAs, node: Node) -> None:
    auditor, address = client_as("auditor"), reverse("verification")
    before = auditor.get(address).content.decode()
    auditor.post(address)
    after = auditor.get(address).content.decode()
    assert ("Nobody has verified the record" in before, "30 Sep 2026, 12:00" in before) == (True, True)
    assert (after.count(">All is well<"), "<bdi>auditor</bdi>" in after) == (1, True)
    assert node.stores.verifications.newest(1)[0].size == node.stores.records.size()
