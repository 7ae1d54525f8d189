"""A request's way through the lab, at the desk of the running service, in a browser without JavaScript.

1. Ben, an analyst, finds the request waiting, takes it on, looks at the plan, accepts it and starts the analysis.
2. He watches it, and reads what it made: the draft, the links, the flow, the comparison group, estimates and checks.
3. Carys, another analyst, sends the work back with a reason, then passes it on.
4. Dev and Elin, output checkers, read every output beside its rules and vote, neither seeing the other's vote.
5. The organisation confirms the facts. Femi, who runs the lab, publishes the result, and looks after the rest.
6. Anybody reads it in the public library.

Every page has no accessibility fault that axe knows, fits a telephone, and asks nobody else for anything.
"""

import pytest

from likeforlike_web.demo.home import Home
from likeforlike_web.demo.run import start_desk, start_website
from support.visitor import Visitor
from support.web_service import Service, answering, free_port, until

WORK = ("Linkage", "Who was analysed", "Comparison group", "Estimates", "Checks")


@pytest.fixture(scope="module")
def service(twin, tmp_path_factory):
    """Website, desk and worker, with a request that was just received."""
    home = Home(tmp_path_factory.mktemp("desk"), free_port(), "justice")
    made = Service(home, twin.register)
    made.told = made.seed("received", file=str(twin.participants))
    processes = [start_website(home), start_desk(home), made.worker()]
    try:
        for port in (home.port, home.desk_port):
            until(lambda port=port: answering(port), 60, "the service")
        yield made
    finally:
        for process in processes:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="module")
def at_the_desk(chromium, service):
    """Each person of the lab at their own browser."""
    people = {}

    def person(name):
        if name not in people:
            people[name] = Visitor(chromium, service.home.desk_port)
            people[name].go(service.told["links"][name])
        people[name].go("/")
        return people[name]

    yield person
    for visitor in people.values():
        assert {url for url in visitor.asked if not url.startswith(visitor.address)} == set()
        visitor.context.close()


def test_from_arrival_to_the_library(at_the_desk, chromium, service):
    # 1
    ben = at_the_desk("analyst")
    ben.see("Waiting for you", "Paths")
    ben.click("Paths")
    ben.press("Take it on as analyst")
    ben.see("You are its analyst now.")
    ben.click("Answers")
    ben.see("Fewer people come back to prison.")
    ben.click("Back")
    ben.click("Plan")
    ben.fill(text="moths = 12")
    ben.press("Change the plan")
    ben.see("There is a problem", "there is no key 'moths'")
    ben.fill(text="seed = 7")
    ben.press("Change the plan")
    ben.see("The plan was changed.")
    ben.click("Back")
    ben.press("Accept")
    ben.press("Start the analysis")
    ben.see("The analysis is in the queue.", "The analysis that is going on")

    # 2
    until(lambda: ben.page.reload() and "Analysis 1" in ben.page.content(), 240, "the analysis")
    ben.look()
    ben.click("Analysis 1")
    ben.see("The answer", "Seal of the match")
    for page in WORK:
        ben.click(page)
        ben.see("These are exact figures of the vault.")
        assert "The analysis did not get so far." not in ben.page.content()
    at_the_desk("analyst").click("Paths")
    ben.press("Ask for quality assurance")

    # 3
    carys = at_the_desk("second")
    carys.click("Paths")
    carys.click("Send the work back")
    carys.press("Send the work back")
    carys.see("Enter what the analyst must change")
    carys.fill(text="Say why the plan has another seed.")
    carys.press("Send the work back")
    at_the_desk("analyst").click("Paths")
    ben.see("Say why the plan has another seed.")
    ben.press("Ask for quality assurance")
    at_the_desk("second").click("Paths")
    carys.press("Pass it on to the checkers")

    # 4
    for name in ("checker", "checker2"):
        checker = at_the_desk(name)
        checker.click("Paths")
        checker.click("Check the outputs")
        checker.see(
            "The worst case",
            "Earlier requests about some of the same people",
            "There is none that you may see",
        )
        checker.press("Cast your vote")
        checker.see("Select your judgement")
        checker.choose(judgement="approve")
        checker.press("Cast your vote")
        checker.see("Your vote was cast.")

    # 5
    assert service.seed("facts_confirmed", case=service.told["case"]) == "ready"
    femi = at_the_desk("administrator")
    femi.click("Running the lab")
    for page in ("People", "Organisations", "Labs", "Lists and their keys", "Jobs", "The record"):
        femi.click(page)
        femi.click("Back")
    femi.click("Paths")
    femi.page.locator("[name=sure]").check()
    femi.press("Publish it")
    femi.see("The result is public.")

    # 6
    anybody = Visitor(chromium, service.home.port)
    anybody.go("/library/")
    anybody.click("Paths")
    anybody.see("The answer", "Report as PDF")
    anybody.context.close()
