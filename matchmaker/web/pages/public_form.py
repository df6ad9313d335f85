"""What a public form is: pages of questions in a table, and what its pages show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from matchmaker.tables import Attachment
from matchmaker.web.addresses import address, language_of
from matchmaker.web.forms import Field, Filled, typed
from matchmaker.web.rendering import Page

# A field that people do not see; programs fill it in.
TRAP = "website"
NEXT, KEEP_AND_CHECK = "Next", "Keep and check"


@dataclass(frozen=True, slots=True)
class FormWords:
    """The sentences of a form that are its own, in English, as they stand in the catalogue.

    `lead` stands on the first page, `promise` above the button that sends, with the {address}
    of the mail, and `sent` behind it. `confirm` heads the page behind the link, `confirmed` the
    same page when it was used already, with `done` beneath.
    """

    lead: str
    promise: str
    sent: str
    confirm: str
    confirmed: str
    done: str


@dataclass(frozen=True, slots=True)
class Step:
    """One page of questions; with `files` it also takes some."""

    heading: str
    fields: Sequence[Field]
    files: Field | None = None


@dataclass(frozen=True, slots=True)
class PublicForm:
    """One form: its pages in their order, by their names among the addresses.

    `kind` is that of its submissions, `owner` the page behind the second mail's link.
    `confirm_mail` and `confirmed_mail` are templates. `agreed` tells what the sender agrees to,
    by the purpose of the consent.
    """

    kind: str
    steps: Mapping[str, Step]
    check: str
    sent: str
    owner: str
    confirm_mail: str
    confirmed_mail: str
    words: FormWords
    agreed: Callable[[Mapping[str, Any]], dict[str, str]]
    check_page: "type[CheckPage]"

    @property
    def first(self) -> str:
        """The page that it begins with."""
        return next(iter(self.steps))

    @property
    def every_field(self) -> tuple[Field, ...]:
        """All questions."""
        return tuple(one for step in self.steps.values() for one in step.fields)

    @property
    def cookie(self) -> str:
        """The name of the cookie that opens the draft."""
        return f"{self.kind}_draft"


@dataclass(frozen=True, slots=True)
class StepPage(Page):
    """One page of questions; `filled` is what was typed and what is wrong with it.

    `attached` are the files that are kept already, `refused` the names of those that were not,
    each with the reason.
    """

    template: ClassVar[str] = "form/step.html"
    name: ClassVar[str | None] = None

    page: str
    heading: str
    fields: Sequence[Field]
    filled: Filled
    button: str
    number: int | None = None
    count: int = 0
    lead: str | None = None
    files: Field | None = None
    attached: Sequence[Attachment] = ()
    refused: Sequence[tuple[str, str]] = ()

    @property
    def asked(self) -> Sequence[Field]:
        """Every question of the page, that for files last."""
        return (*self.fields, self.files) if self.files else self.fields

    @property
    def place(self) -> str:
        """The page in the other language."""
        return self.page


@dataclass(frozen=True, slots=True)
class CheckPage(Page):
    """Every answer once more, each with the way back to its question."""

    template: ClassVar[str] = "form/check.html"
    name: ClassVar[str | None] = None

    form: PublicForm
    answers: Mapping[str, Any]
    attached: Sequence[Attachment]
    is_brought: bool
    trap: str = TRAP

    @property
    def place(self) -> str:
        """The page in the other language."""
        return self.form.check

    @property
    def filled(self) -> Filled:
        """The answers as they were typed."""
        return typed(self.form.every_field, self.answers)

    @property
    def count(self) -> int:
        """The number of this page, which is the last one."""
        return len(self.form.steps) + 1


@dataclass(frozen=True, slots=True)
class SentPage(Page):
    """The same page for everybody: look into your mail box."""

    template: ClassVar[str] = "form/sent.html"
    name: ClassVar[str | None] = None

    page: str
    words: str

    @property
    def place(self) -> str:
        """The page in the other language."""
        return self.page


def to(request: Request, page: str, *parts: str) -> Response:
    """The way to a page, in the language of the request."""
    return RedirectResponse(address(page, language_of(request.url.path), *parts), 303)
