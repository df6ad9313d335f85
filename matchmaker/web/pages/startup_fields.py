"""The questions of the startup form: five must be answered, everything else may stay open."""

import re

from matchmaker.web.forms import Field
from matchmaker.web.pages.checks import (
    day,
    day_as_typed,
    email,
    past_day,
    some_words,
    web_address,
    web_addresses,
    whole_sentence,
)
from matchmaker.web.pages.shared_questions import (
    CONTACT_NAME,
    COOPERATION,
    DATA_LOCATIONS,
    PHONE,
    PROOFS,
)

# Those of the neighbors have letters, blanks and fewer digits.
_POSTCODE = re.compile(r"[0-9A-Z][0-9A-Z -]{2,8}[0-9A-Z]", re.IGNORECASE)


def _postcode(text: str) -> str:
    if not _POSTCODE.fullmatch(text):
        raise ValueError("Please check the postcode; it looks like 76703.")
    return text.upper()


SOLUTION = (
    Field(
        "text",
        "What do you solve?",
        "paragraph",
        hints=(
            "Which problem of a firm do you solve?",
            "What does the firm get, in words without jargon?",
            "What is better afterwards?",
        ),
        missing="Please tell us in a sentence or two what you solve.",
        longest=5_000,
        check=whole_sentence,
    ),
    Field("title", "Name of the solution"),
    Field(
        "branches",
        "For which branches?",
        hints=("Several with commas, for example: metalworking, bakery, nursing home.",),
        longest=1_000,
        check=some_words,
        as_typed=", ".join,
    ),
    Field(
        "tags",
        "Technologies",
        hints=("Several with commas, for example: image processing, robotics.",),
        longest=1_000,
        check=some_words,
        as_typed=", ".join,
    ),
    Field(
        "maturity",
        "How mature is it?",
        "one",
        choices=(
            ("3", "An idea or a concept"),
            ("5", "A prototype"),
            ("6", "In trial with first customers"),
            ("9", "A finished product"),
        ),
    ),
    Field(
        "references",
        "Who uses it already?",
        "paragraph",
        hints=("The name of the firm, or only its branch.",),
        longest=2_000,
    ),
    Field(
        "customer_sizes",
        "How large are these firms?",
        "some",
        choices=(
            ("micro", "Up to 9 employees"),
            ("small", "10 to 49 employees"),
            ("medium", "50 to 249 employees"),
            ("large", "250 employees and more"),
        ),
    ),
    Field(
        "links",
        "Where can one see it?",
        "paragraph",
        hints=("Web addresses, one in each line. Our computer does not open them.",),
        longest=2_000,
        check=web_addresses,
        as_typed="\n".join,
    ),
)
TERMS = (
    COOPERATION,
    Field(
        "ticket",
        "What does a first project usually cost?",
        "one",
        choices=(
            ("under_5000", "Less than 5,000 euros"),
            ("under_25000", "5,000 to 25,000 euros"),
            ("under_100000", "25,000 to 100,000 euros"),
            ("over_100000", "More than 100,000 euros"),
            ("open", "That differs too much"),
        ),
    ),
    Field(
        "available_from",
        "From when can you take on a new customer?",
        hints=("Leave it empty if you can now. For example: 15.03.2027.",),
        longest=10,
        check=day,
        as_typed=day_as_typed,
    ),
    Field(
        "data_location",
        "Where does the data of your customers lie?",
        "some",
        choices=DATA_LOCATIONS,
    ),
    Field("proofs", "What can you show about IT security?", "some", choices=PROOFS),
    Field(
        "looks_for",
        "What are you looking for?",
        "paragraph",
        hints=("For example: which firms and which tasks you would like to work on.",),
        longest=2_000,
    ),
)
FIRM = (
    Field(
        "company",
        "Name of the startup",
        missing="Please tell us the name of your startup.",
        autocomplete="organization",
    ),
    Field("website", "Website", longest=500, autocomplete="url", check=web_address),
    Field(
        "postcode",
        "Postcode",
        missing="Please tell us your postcode.",
        longest=10,
        autocomplete="postal-code",
        check=_postcode,
    ),
    Field("town", "Town", autocomplete="address-level2"),
    Field(
        "country",
        "Country",
        "one",
        choices=(("DE", "Germany"), ("AT", "Austria"), ("CH", "Switzerland"), ("FR", "France")),
    ),
    Field(
        "founded_on",
        "Day of the founding",
        hints=("For example: 15.03.2022. Some vouchers are only for young startups.",),
        longest=10,
        check=past_day,
        as_typed=day_as_typed,
    ),
    Field(
        "team",
        "How many are you?",
        "one",
        choices=(
            ("1_2", "One or two"),
            ("3_9", "3 to 9"),
            ("10_49", "10 to 49"),
            ("50_more", "50 and more"),
        ),
    ),
    Field(
        "financing",
        "How are you financed?",
        "one",
        hints=("Some firms ask for it.",),
        choices=(
            ("own", "From our own means and sales"),
            ("public", "With public funding"),
            ("seed", "With first investors"),
            ("growth", "With a growth round (series A or later)"),
        ),
    ),
    Field(
        "languages",
        "Which languages do you work in?",
        "some",
        choices=(("de", "German"), ("en", "English"), ("fr", "French"), ("it", "Italian")),
    ),
)
PERSON = (CONTACT_NAME, PHONE)
EMAIL = Field(
    "email",
    "E-mail",
    "email",
    hints=("We send a link there, with which you confirm your profile.",),
    missing="Please tell us an address, so that we can answer.",
    longest=254,
    autocomplete="email",
    check=email,
)
CONTACT = (CONTACT_NAME, EMAIL, PHONE)
# What tells a firm who the startup is; it learns that only when both sides agree.
REVEALING = frozenset({"company", "website", "links", "postcode", "contact", "email", "phone"})
