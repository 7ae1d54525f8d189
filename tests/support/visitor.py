"""A person with a browser: without JavaScript, on a telephone; every page is looked at once."""

import re

from axe_playwright_python.sync_playwright import Axe

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Visitor:
    """A person with a browser."""

    def __init__(self, chromium, port):
        self.address = f"http://localhost:{port}"
        self.context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
        self.page = self.context.new_page()
        self.browser, self.asked, self.looked_at = chromium, [], set()
        self.page.on("request", lambda request: self.asked.append(request.url))

    def go(self, path):
        self.page.goto(path if path.startswith("http") else self.address + path)
        self.look()

    def click(self, name, role="link"):
        self.page.get_by_role(role, name=name, exact=False).first.click()
        self.look()

    def press(self, name):
        self.click(name, "button")

    def fill(self, **fields):
        for label, text in fields.items():
            self.page.locator(f"[name={label}]").fill(text)

    def choose(self, **fields):
        for name, value in fields.items():
            self.page.locator(f"[name={name}][value={value}]").check()

    def see(self, *texts):
        shown = self.page.locator("body").inner_text()
        for text in texts:
            assert text in shown, f"{text!r} is not on the page:\n{shown}"

    def look(self):
        """The page as it is, in a browser with JavaScript: what axe says, and whether it fits."""
        page = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|sign/[^/]+|demo/[^/]+", "…", self.page.url)
        kind = (page, self.page.title())
        if kind in self.looked_at:
            return
        self.looked_at.add(kind)
        twin = self.browser.new_context(viewport={"width": 360, "height": 740})
        twin_page = twin.new_page()
        style = self.context.request.get(f"{self.address}/static/design/site.css").text()
        content = re.sub(r'<link rel="(stylesheet|icon)"[^>]*>', "", self.page.content())
        twin_page.set_content(content.replace("</head>", f"<style>{style}</style></head>"))
        found = Axe().run(twin_page, options={"runOnly": STANDARDS}).response["violations"]
        wide = twin_page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        twin.close()
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == [], kind
        assert not wide, kind
