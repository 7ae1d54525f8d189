"""Everything here runs on SQLite, and once more on PostgreSQL."""

import pytest


@pytest.fixture
def world(db):
    from support.web_world import World

    return World()
