"""Every setting that the code reads is documented, and no other."""

import re

from doc_pages import ROOT, pages, text

SETTING = re.compile(r"\bLIKEFORLIKE_[A-Z]+\b")


def read_by_the_code() -> set[str]:
    code = (ROOT / "src" / "likeforlike" / "settings.py").read_text(encoding="utf-8")
    return set(re.findall(r"[\"'](LIKEFORLIKE_[A-Z]+)[\"']", code))


def test_settings_page_names_exactly_what_is_read():
    assert set(SETTING.findall(text("docs/reference/settings.md"))) == read_by_the_code()


def test_no_page_names_another_setting():
    assert {s for page in pages() for s in SETTING.findall(text(page))} - read_by_the_code() == set()
