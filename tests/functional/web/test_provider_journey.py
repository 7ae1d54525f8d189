"""A provider's whole way, in a browser without JavaScript, at the width of a telephone, against the running service.

1. Grace, of a charity, opens the mail that invites her and makes her account.
2. She finds out that the service suits her, starts a request, and saves a page with mistakes in it.
3. She comes back, puts it right, and fills in the rest.
4. She has the agreement sent to her director, who signs by the link in the mail.
5. She uploads a list with mistakes; the worker finds them; she sees them by column and by row, and takes the notes.
6. She uploads the list under odd headings, matches them, confirms what is unusual.
7. She checks her answers, declares, sends, and keeps the reference.
8. She writes to the lab, and withdraws; the list is deleted, and she has the receipt.
9. She makes a key for a program of hers, after giving her password again, and ends it.

Every page that she sees has no accessibility fault that axe knows, fits the screen, and asks nobody else for anything.
"""

import re
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

from likeforlike_web.demo.lists import oddly_headed, untidy
from support.visitor import Visitor
from support.web_service import until

PASSWORD = "seven wooden spoons in a drawer"


@pytest.fixture(scope="module")
def visitor(chromium, running):
    made = Visitor(chromium, running.home.port)
    yield made
    made.context.close()


def mails(service):
    """Every mail that was sent, by address; the latest last."""
    folder = Path(service.home.front()["LIKEFORLIKE_WEB_MAIL"])
    found = []
    for path in sorted(folder.glob("*"), key=lambda p: p.stat().st_mtime_ns) if folder.exists() else []:
        for part in path.read_bytes().split(b"-" * 79):
            if part.strip():
                found.append(message_from_bytes(part.strip()))
    return found


def link_for(service, address):
    def written():
        return [mail for mail in mails(service) if mail["To"] == address]

    text = until(written, 30, f"a mail to {address}")[-1].get_payload()
    return re.search(r"http:/{2}\S+", text)[0]


def upload(visitor, tmp_path, content, name="list.csv"):
    (tmp_path / name).write_bytes(content)
    visitor.page.set_input_files("input[type=file]", tmp_path / name)
    visitor.press("Upload and check")
    until(lambda: visitor.page.reload() and "We’re checking" not in visitor.page.title(), 60, "the check")
    visitor.look()


def test_from_the_invitation_to_the_receipt(visitor, running, tidy_list, tmp_path):
    token = running.seed("invitation", email="grace@charity.test")
    content = tidy_list.read_bytes()

    # 1
    visitor.go(f"/invitation/{token}/")
    visitor.see("Make your account")
    visitor.fill(email="grace@charity.test", password1=PASSWORD, password2=PASSWORD, name="Grace Moyo")
    visitor.press("Make your account")
    visitor.see("You have no requests yet.")

    # 2
    visitor.go("/check/")
    visitor.press("Continue")
    visitor.see("There is a problem", "Enter about how many people you worked with")
    visitor.choose(directly="yes", identifiers="yes", dates="yes", ended="yes", share="unsure")
    visitor.fill(people="12")
    visitor.press("Continue")
    visitor.see("The service may not suit you now", "at least 60 people")
    visitor.go("/requests/")
    visitor.press("Start a new request")
    visitor.see("You have completed 0 of 10 tasks", "Cannot start yet")
    visitor.click("Give its dates")
    visitor.fill(first_0="31", first_1="2", first_2="2019", last_2="2020")
    visitor.choose(completed="yes")
    visitor.press("Save and continue")
    visitor.see(
        "There is a problem", "First start must be a real date", "Last start must include a day and month"
    )
    visitor.click("Back")
    visitor.see("There is a problem")

    # 3
    visitor.click("Give its dates")
    assert visitor.page.locator("[name=first_0]").input_value() == "31"
    visitor.fill(first_0="28", last_0="1", last_1="6", last_2="2021")
    visitor.press("Save and continue")
    answers = {
        "Say whom we can ask": {"name": "Grace Moyo", "email": "grace@charity.test"},
        "Name the programme": {"programme": "Northern Paths"},
        "Describe what it does": {"aim": "People find work and stay out of prison."},
        "Say how much people take part": {"length": "12 weeks", "hours": "2 a week"},
        "Say how people come to it": {
            "eligible": "Adults on probation",
            "chosen": "Probation officers refer them",
        },
        "Say who is on the list": {},
    }
    chosen = {
        "Describe what it does": {"support": "employment"},
        "Say how much people take part": {"setting": "both"},
    }
    chosen |= {"Say who is on the list": {"everyone": "yes"}}
    for task, fields in answers.items():
        visitor.click(task)
        visitor.fill(**fields)
        visitor.choose(**chosen.get(task, {}), completed="yes")
        visitor.press("Save and continue")
    visitor.see("You have completed 7 of 10 tasks")

    # 4
    visitor.click("Have the data sharing agreement signed")
    visitor.fill(name="Dora Director", job="Director", email="dora@charity.test")
    visitor.press("Send them the link")
    visitor.see("It has not been signed yet")
    director = Visitor(visitor.browser, running.home.port)
    director.go(link_for(running, "dora@charity.test"))
    director.see("Northern Paths", "A charity")
    director.fill(name="Somebody Else")
    director.press("Sign the agreement")
    director.see("Enter your name as the agreement has it: Dora Director")
    director.fill(name="dora director")
    director.page.locator("[name=agree]").check()
    director.press("Sign the agreement")
    director.see("Agreement signed")
    director.context.close()

    # 5
    visitor.go("/requests/")
    visitor.click("Northern Paths")
    visitor.click("Send the list of people")
    visitor.press("Upload and check")
    visitor.see("Select a list")
    upload(visitor, tmp_path, b"not a spreadsheet at all")
    visitor.see("We could not read your file")
    upload(visitor, tmp_path, untidy(content))
    visitor.see(
        "There are problems with your list",
        "Must fix",
        "Date of birth",
        "Row 5:",
        "a day that does not exist",
    )
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="Download the notes").first.click()
    with zipfile.ZipFile(download.value.path()) as notes:
        assert "MUST FIX" in notes.read("content.xml").decode()
    visitor.click("By row")
    visitor.see("Row 5", "Must fix")
    visitor.click("By column")

    # 6
    upload(visitor, tmp_path, oddly_headed(content))
    visitor.see("Some columns were not found")
    visitor.click("match your columns")
    visitor.page.locator("select[name=date_of_birth]").select_option("When born")
    visitor.page.locator("select[name=surname]").select_option("Nachname")
    visitor.press("Check the list again")
    until(lambda: visitor.page.reload() and "We’re checking" not in visitor.page.title(), 60, "the check")
    visitor.look()
    if "Please confirm" in visitor.page.title():
        visitor.press("Confirm")
        visitor.see("Enter why these are right")
        visitor.fill(reason="We looked at each of them.")
        visitor.page.locator("[name=sure]").check()
        visitor.press("Confirm")
    visitor.see("Your list can be used")

    # 7
    visitor.click("Go to your tasks")
    visitor.see("You have completed 9 of 10 tasks")
    visitor.click("Check your answers and send")
    visitor.see("28 February 2019", "Help with work or training", "Signed by dora director")
    visitor.press("Send the request")
    visitor.see("Select that you understand that the result is published")
    for name in ("true", "public"):
        visitor.page.locator(f"[name={name}]").check()
    visitor.press("Send the request")
    visitor.see("Request sent", "LFL-")
    visitor.click("See where your request is")
    visitor.see("Received.", "Where it is", "Request sent")

    # 8
    visitor.click("Write to the lab")
    visitor.fill(text="May we send more people later?")
    visitor.press("Send the message")
    visitor.see("Your message was sent.", "May we send more people later?")
    visitor.click("Withdraw this request")
    visitor.page.locator("[name=sure]").check()
    visitor.press("Withdraw the request")
    until(lambda: visitor.page.reload() and "List deleted" in visitor.page.content(), 60, "the receipt")
    visitor.see("Withdrawn.", "List deleted", "Receipt")
    [(state,)] = running.asked("select state from cases_case")
    assert state == "withdrawn"
    assert list(Path(running.home.front()["LIKEFORLIKE_WEB_UPLOADS"]).iterdir()) == []

    # 9
    visitor.click("Your account")
    visitor.click("Change keys of programs")
    visitor.fill(password=PASSWORD)
    visitor.press("Confirm")
    visitor.press("Make the key")
    visitor.see("Enter what the key is for", "Select what it may do")
    visitor.fill(name="Case system")
    visitor.page.locator("[name=scopes][value='requests:read']").check()
    visitor.press("Make the key")
    visitor.see("Copy the key now. It is not shown again.", "lfl_", "See your organisation’s requests")
    visitor.press("End this key")
    visitor.see("The key works no more.")


def test_nobody_else_was_asked_for_anything(visitor):
    assert visitor.asked
    assert {url for url in visitor.asked if not url.startswith(visitor.address)} == set()


def test_no_mail_says_anything_about_the_request_or_a_person(running):
    texts = " ".join(f"{mail['Subject']} {mail.get_payload()}" for mail in mails(running))
    assert texts
    for word in ("Northern", "Paths", "Grace", "Dora", "prison", "LFL-"):
        assert word not in texts


def test_many_pages_were_looked_at(visitor):
    assert len(visitor.looked_at) > 25
