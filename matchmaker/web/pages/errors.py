"""What people see when something goes wrong: what happened, and what they can do."""

from dataclasses import dataclass
from typing import ClassVar

from matchmaker.web.rendering import Page

# status: (heading, what to do)
WORDS = {
    403: ("You may not do this", "Go back and try it again from our own page."),
    404: ("This page does not exist", "Check the address, or start again from the first page."),
    405: ("This does not work here", "Start again from the first page."),
    409: ("This is no longer possible", "Go back and load the page again."),
    413: ("This is too large", "Send less at once."),
    422: ("Some of this cannot be used", "Go back and check what you wrote."),
    500: ("Something went wrong on our side", "Nothing was lost. Please try again later."),
    503: ("We cannot be reached right now", "Please try again in a few minutes."),
}


@dataclass(frozen=True, slots=True)
class ErrorPage(Page):
    """An error in plain words."""

    template: ClassVar[str] = "error.html"
    name: ClassVar[str | None] = None

    heading: str
    advice: str

    @classmethod
    def of(cls, status: int) -> "ErrorPage":
        """The page for an HTTP status."""
        return cls(*WORDS.get(status, WORDS[500] if status >= 500 else WORDS[422]))
