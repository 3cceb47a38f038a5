"""Requests drawn from the document, fit and unfit: never a fault of ours, never a status or a body it does not tell."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.contrib.auth import get_user_model
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.api.conftest import EVERYTHING, keep_token
from tests.api.register import REGISTRY
from tracemark.api.openapi import document
from tracemark.authorities import Role
from tracemark.node import Node

pytestmark = pytest.mark.slow
schemathesis.serializer.alias("application/jose", "text/plain")

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]
OFFICE = [each.value for each in Role if each not in {Role.AUDITOR, Role.ADMINISTRATOR}]
"""Every role that does not rule out what another permits."""

Keys = dict[str, str]


@pytest.fixture(scope="module", autouse=True)
def _open_to_everybody() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for opened in ("TRACEMARK_PUBLIC", "TRACEMARK_CONTRIBUTIONS"):
            patch.setenv(opened, "1")
        yield


@pytest.fixture(scope="module")
def keys(node: Node) -> Keys:
    """Tokens of an account that may do all but audit, of an auditor, and of the first without a scope."""
    get_user_model().objects.create(username="office", authority=REGISTRY, roles=OFFICE)

    return {
        "office": keep_token(node, "office", EVERYTHING),
        "auditor": keep_token(node, Role.AUDITOR.value, EVERYTHING),
        "without scopes": keep_token(node, "office", ()),
    }


def served_by(application: object, phases: dict[str, object]) -> BaseSchema:
    """Return the document as schemathesis draws from it."""
    described = schemathesis.openapi.from_dict(document(), config=schemathesis.Config.from_dict({"phases": phases}))
    described.app = application
    return described


application = get_wsgi_application()
schema = served_by(application, {})
chance = served_by(application, {"examples": {"enabled": False}, "coverage": {"enabled": False}})
drawn = settings(
    max_examples=6,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def header(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@schema.parametrize()
@drawn
def test_those_who_may(case: Case[Any], keys: Keys) -> None:
    owner = "auditor" if "/audit/" in case.path else "office"
    case.call_and_validate(headers=header(keys[owner]), checks=CHECKS)


@chance.parametrize()
@settings(drawn, max_examples=2)
def test_those_whose_token_has_no_scopes(case: Case[Any], keys: Keys) -> None:
    case.call_and_validate(headers=header(keys["without scopes"]), checks=CHECKS)
