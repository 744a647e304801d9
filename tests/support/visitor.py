"""A person in front of a browser: reads, fills in, presses, and looks at each new page as a stranger would."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page

from tests.support.browser import axe
from tests.support.words import Words

# What a page is made of, however often: a third line of a list looks like the second.
SHAPE = """() => [...new Set([...document.querySelectorAll('h1, h2, h3, form, table, [role=alert]')].map(
  (part) => `${part.tagName}.${part.className}`))].sort().join()"""
# A part of an address that names one team, entry or letter among others.
NAME = re.compile(r"/[\w-]{14,}")
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Visitor:
    """One person with a browser profile of their own."""

    def __init__(
        self, page: Page, words: Words, seen: set[str], *, is_on_phone: bool, name: str = "", email: str = ""
    ) -> None:
        """`seen` holds the shapes of pages that somebody has looked at closely already."""
        self.page = page
        self.words = words
        self.seen = seen
        self.is_on_phone = is_on_phone
        self.name = name
        self.email = email

    def open(self, address: str) -> None:
        """Type an address."""
        answer = self.page.goto(address)
        assert answer is not None and answer.ok, f"{address} answers {answer and answer.status}"
        self.look()

    def be_at(self, address: str) -> None:
        """Type an address, unless its page is open already."""
        if not self.page.url.partition("?")[0].endswith(address):
            self.open(address)

    def follow(self, label: str, *, within: Locator | None = None, **values: object) -> None:
        """Follow a link that reads so."""
        link = self._named("link", label, values, within)
        self._leave(lambda: self._reach(link).click())

    def follow_text(self, text: str) -> None:
        """Follow a link whose words somebody wrote: a title, a name."""
        link = self.page.locator("main").get_by_role("link", name=text, include_hidden=True).first
        self._leave(lambda: self._reach(link).click())

    def press(self, label: str, *, within: Locator | None = None, **values: object) -> None:
        """Press a button that reads so, and once more where the page asks whether one is sure."""
        button = self._named("button", label, values, within)
        self._leave(lambda: self._press(self._reach(button)))

    def fill(self, **fields: Any) -> None:
        """Type into fields by their names: a text, a yes for a box, a choice of a list."""
        for name, value in fields.items():
            field = self.page.locator(f"main [name='{name}']").first
            self._reach(field)
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            elif value is True:
                field.check()
            else:
                field.fill(str(value))

    def choose(self, **answers: str) -> None:
        """Choose among radio buttons, by the name of the question and the value of the answer."""
        for name, value in answers.items():
            self.page.locator(f"main input[name='{name}'][value='{value}']").check()

    def reads(self, *texts: str) -> None:
        """What must stand on the page, visible to its reader."""
        shown = self.text()
        for text in texts:
            assert plain(text) in shown, f"“{text}” is not on {self.page.url}:\n{shown}"

    def text(self) -> str:
        """What the page says, with plain spaces."""
        return plain(self.page.locator("main").inner_text())

    def row(self, text: str) -> Locator:
        """The line of a table that holds this text."""
        return self.page.locator("tr", has_text=text)

    def section(self, title: str) -> Locator:
        """The section with this title."""
        return self.page.locator("section", has=self.page.get_by_role("heading", name=title))

    def look(self) -> None:
        """No fault for assistive technology, nothing wider than the screen, nothing left in the wrong language."""
        self.page.wait_for_load_state()
        assert self.page.locator("html").get_attribute("lang") == self.words.language
        shape = f"{NAME.sub('/…', self.page.url.partition('?')[0])} {self.page.evaluate(SHAPE)}"
        if shape in self.seen:
            return
        self.seen.add(shape)
        where = self.page.url
        # The demo's pages are examined at a desk.
        assert not self.is_on_phone or axe(self.page) == [], where
        assert self.page.evaluate(WIDER) <= 0, f"{where} is wider than the screen"
        assert self.words.strays(self.page.locator("body").inner_text()) == [], where

    def _named(self, role: Any, label: str, values: dict[str, object], within: Locator | None) -> Locator:
        name = self.words.say(label, **values)
        return (within or self.page.locator("body")).get_by_role(role, name=name, include_hidden=True).first

    def _reach(self, target: Locator) -> Locator:
        """Open by keyboard whatever is folded around it: the menu of a phone, a closed part of a form."""
        for folded in reversed(target.locator("xpath=ancestor::details[not(@open)]").all()):
            folded.locator("> summary").press("Enter")
        return target

    def _press(self, button: Locator) -> None:
        name = button.inner_text()
        button.click()
        question = self.page.locator("dialog[open]")
        if question.count():
            question.get_by_role("button", name=name).click()

    def _leave(self, act: Callable[[], None]) -> None:
        with self.page.expect_navigation() as arrival:
            act()
        answer = arrival.value
        assert answer is None or answer.ok, f"{answer.url} answers {answer.status}:\n{self.text()}"
        self.look()


def plain(text: str) -> str:
    """Text with every run of spaces, non-breaking ones too, as one."""
    return re.sub(r"\s+", " ", text)
