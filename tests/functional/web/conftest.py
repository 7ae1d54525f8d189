"""The whole service as it runs: website and worker, each in a process with its own settings, and a browser."""

import os
import shutil

import pytest

from likeforlike_web.demo.home import Home
from likeforlike_web.demo.run import start_mailer, start_website
from support.web_service import Service, answering, free_port, until

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


@pytest.fixture(scope="session")
def running(twin, tmp_path_factory):
    """A service in use: its people are there, its worker waits."""
    home = Home(tmp_path_factory.mktemp("service"), free_port(), "justice")
    service = Service(home, twin.register)
    service.people = service.seed("people")
    processes = [start_website(home), service.worker(), start_mailer(home)]

    try:
        until(lambda: answering(home.port), 60, "the website")
        yield service
    finally:
        for process in processes:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    wanted = os.environ.get("PLAYWRIGHT_BROWSER_EXECUTABLE_PATH") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=wanted, args=FLAGS)
        yield browser
        browser.close()
