"""Each attack says what it learned, of a lab without protection and of ours; the run ends with all of it."""

from __future__ import annotations

import pytest

COLUMNS = ("attack", "unprotected", "protected")


@pytest.fixture
def reports(record_property):
    """Call with what was learned of an unprotected lab, and of ours; kept with the test's result."""

    def reports(attack: str, unprotected: object, protected: object) -> None:
        record_property("learned", (attack, str(unprotected), str(protected)))

    return reports


def pytest_terminal_summary(terminalreporter):
    told = {
        tuple(value)
        for each in terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
        for name, value in each.user_properties
        if name == "learned"
    }
    if told:
        terminalreporter.section("What the attackers learned")
        rows = [COLUMNS, *sorted(told)]
        widths = [max(len(row[i]) for row in rows) for i in range(2)]
        for attack, unprotected, protected in rows:
            terminalreporter.write_line(f"{attack:<{widths[0]}}  {unprotected:<{widths[1]}}  {protected}")
