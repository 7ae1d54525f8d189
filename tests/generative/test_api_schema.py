"""Whatever a program sends, the service answers as its own description says, and never breaks."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from likeforlike_web.api.auth import PACE
from likeforlike_web.api.tokens import SCOPES, make
from likeforlike_web.api.urls import api
from likeforlike_web.wsgi import application
from support.web_world import World

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
schema.app = application


@pytest.fixture
def key(world, monkeypatch):
    monkeypatch.setattr(PACE, "num_requests", 1_000_000)
    return make(world.provider, "Case system", [scope for scope, _ in SCOPES], 30)


@pytest.fixture
def world(db):
    return World()


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_address_answers_as_described(case, key):
    case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, checks=CHECKS)
