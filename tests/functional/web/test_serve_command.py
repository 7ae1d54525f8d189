"""`likeforlike serve` on a fresh folder: it starts, prints a link for each role, fills up, and stops cleanly."""

import re
import signal
import subprocess
import sys
import urllib.request

from likeforlike_web.demo.home import Home
from likeforlike_web.demo.script import REQUESTS
from support.web_service import Service, free_port, until

PEOPLE = 36_000


def heading_behind(link):
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    page = opener.open(link, timeout=20).read().decode()
    heading = re.search(r"<h1>(?:<span.*?</span>)?\s*(.*?)\s*</h1>", page, re.S)
    return heading and heading[1]


def test_a_newcomer_sees_it(tmp_path):
    home, port = tmp_path / "serve", free_port()
    options = ["--home", str(home), "--port", str(port), "--people", str(PEOPLE)]
    service = Service(Home(home, port, "justice"), home / "register")
    world = service.world({}, "none") | {"PYTHONUNBUFFERED": "1", "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "likeforlike", "serve", *options]
    with (tmp_path / "said").open("wb") as said:
        process = subprocess.Popen(command, env=world, stdout=said, stderr=subprocess.STDOUT)
    try:
        until(
            lambda: process.poll() or "Stop with Ctrl+C" in (tmp_path / "said").read_text(), 200, "the links"
        )
        links = re.findall(r"http:/{2}localhost:\d+/demo/\S+", (tmp_path / "said").read_text())
        assert len(links) == 6
        wanted = "select count(*) from cases_case where state in ('submitted', 'returned', 'declined', 'withdrawn')"
        until(lambda: service.asked(wanted) == [(4,)], 120, "requests on their way")
        assert service.asked("select count(*) from cases_case") == [(len(REQUESTS),)]
        with_problems = "select count(*) from uploads_upload where state = 'problems'"
        until(lambda: service.asked(with_problems) == [(1,)], 60, "a list with problems")
        pages = [heading_behind(link) for link in links]
        assert pages == ["Your requests", *["Requests"] * 5], pages
        assert [oct(path.stat().st_mode & 0o777) for path in (home, home / "vault" / "lab.key")] == [
            "0o700",
            "0o400",
        ]
    finally:
        process.send_signal(signal.SIGINT)
        code = process.wait(timeout=60)
    assert code == 130
    assert "Traceback" not in (tmp_path / "said").read_text()
