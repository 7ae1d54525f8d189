"""Everything here runs on SQLite, and once more on PostgreSQL."""

import pytest


@pytest.fixture
def world(db):
    from support.web_world import World

    return World()


@pytest.fixture
def desk(world, settings, tmp_path):
    """The desk: its pages for anybody of the lab, who all have a second factor."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.test import Client

    from likeforlike_web.settings.site import DESK

    settings.SITE, settings.ROOT_URLCONF = DESK, DESK.addresses
    settings.STUDIES, settings.WEBSITE = tmp_path, "https://lab.example.org"
    for person in world.people.values():
        if person.of_the_lab:
            TOTP.activate(person, generate_totp_secret())

    def by(name):
        client = Client()
        client.force_login(getattr(world, name))
        return client

    return by
