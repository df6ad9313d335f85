"""The questions of the need form: six must be answered, everything else may stay open."""

import re

from matchmaker.web.forms import Field
from matchmaker.web.pages.checks import email, whole_sentence
from matchmaker.web.pages.shared_questions import CONTACT_NAME, COOPERATION, PHONE, PROOFS

_POSTCODE = re.compile(r"\d{5}")


def _postcode(text: str) -> str:
    if not _POSTCODE.fullmatch(text):
        raise ValueError("Please write the five digits of the postcode, such as 76703.")
    return text


def _head_count(text: str) -> int:
    digits = text.replace(".", "")
    if not digits.isdecimal() or not 1 <= int(digits[:9]) <= 1_000_000:
        raise ValueError("Please write a whole number, such as 25.")
    return int(digits)


PROBLEM = (
    Field(
        "text",
        "What is it about?",
        "paragraph",
        hints=(
            "What should get better?",
            "What have you tried?",
            "How will you know that it worked?",
        ),
        missing="Please tell us in a sentence or two what it is about.",
        longest=5_000,
        check=whole_sentence,
    ),
    Field(
        "maturity",
        "How mature should the solution be?",
        "one",
        choices=(
            ("idea", "An idea is enough, we develop it together"),
            ("pilot", "We would try it out"),
            ("ready", "It should be ready to use"),
            ("unknown", "I do not know yet"),
        ),
    ),
    COOPERATION,
    Field(
        "time_frame",
        "By when do you need it?",
        "one",
        choices=(
            ("3_months", "Within three months"),
            ("6_months", "Within half a year"),
            ("12_months", "Within a year"),
            ("open", "There is no hurry"),
            ("unknown", "I do not know yet"),
        ),
    ),
    Field(
        "seat",
        "Must the startup have its seat in Germany?",
        "one",
        choices=(("germany", "Yes"), ("anywhere", "No"), ("unknown", "I do not know yet")),
    ),
    Field("proofs", "What must it show about IT security?", "some", choices=PROOFS),
)
FIRM = (
    Field(
        "company",
        "Name of the firm",
        missing="Please tell us the name of your firm.",
        autocomplete="organization",
    ),
    Field(
        "postcode",
        "Postcode",
        hints=("Of the site that it is about.",),
        missing="Please tell us your postcode.",
        longest=5,
        autocomplete="postal-code",
        check=_postcode,
    ),
    Field("branch", "Branch", hints=("For example: metalworking, bakery, nursing home.",)),
    Field("employees", "Number of employees", "number", longest=9, check=_head_count),
)
ATTACHMENTS = Field(
    "attachments",
    "Attachments",
    "files",
    hints=(
        "At most five files of 10 MB each: PDF, PNG, JPG, DOCX or XLSX.",
        "You can take them away again before you send the form.",
    ),
)
VISIBILITY = Field(
    "visibility",
    "What may startups see?",
    "one",
    hints=("Your name is passed on only when you agree to it.",),
    missing="Please choose what startups may see.",
    choices=(
        ("staff_first", "Nothing yet: first speak to me"),
        ("anonymous", "My need without the name of the firm"),
        ("named", "My need with the name of the firm"),
    ),
)
CONTACT = (
    CONTACT_NAME,
    Field(
        "email",
        "E-mail",
        "email",
        hints=("We send a link there, with which you confirm your need.",),
        missing="Please tell us an address, so that we can answer.",
        longest=254,
        autocomplete="email",
        check=email,
    ),
    PHONE,
    VISIBILITY,
    Field(
        "not_with",
        "With whom should we not put you in touch?",
        "paragraph",
        hints=("Only our office sees this.",),
        longest=1_000,
    ),
)
EVERY_FIELD = (*PROBLEM, *FIRM, *CONTACT)
