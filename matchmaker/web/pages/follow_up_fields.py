"""The questions that some reasons for a no need answered, asked about one pair."""

from collections.abc import Sequence
from datetime import date, datetime

from matchmaker.feedback import LONGEST_QUESTION, MISSING, TAKES, JudgedPair, usual
from matchmaker.profiles import IT_SECURITY
from matchmaker.web.forms import Field, Filled, typed
from matchmaker.web.pages.consequences import MATURITIES, country_words

# Where partners are usually looked for.
_COUNTRIES = ("DE", "AT", "CH", "FR")
SIDES = (
    ("startup", "The startup, its solution"),
    ("sme", "The firm, its need"),
)
MATURITY = Field(
    "maturity", "How mature should the solution be?", "one", missing=MISSING["maturity"]
)
UNTIL = Field(
    "until",
    "From which day may it be proposed again?",
    hints=("For example 31.3.2027.",),
    missing=MISSING["until"],
)
EVIDENCE = Field("evidence", "Which proof is missing?", "one", missing=MISSING["evidence"])
COUNTRY = Field(
    "country",
    "Where must partners for this need be seated?",
    "one",
    hints=("This holds for all later proposals for this need.",),
)
ASKED_SIDE = Field(
    "asked_side",
    "Whose description is unclear?",
    "one",
    choices=SIDES,
    missing=MISSING["asked_side"],
)
QUESTION = Field(
    "question",
    "What do we ask?",
    "paragraph",
    hints=(
        "If we have an address of the side that we ask, these words go there by mail.",
        "Do not name the other firm: neither has agreed to that yet.",
        "If you leave this empty, nobody is written to, and you ask yourself.",
    ),
    longest=LONGEST_QUESTION,
)
FIELDS = (MATURITY, UNTIL, EVIDENCE, COUNTRY, ASKED_SIDE, QUESTION)
SUGGESTED = "What use would your solution have for a firm of our region? One sentence is enough."
SUGGESTED_OF = (
    "A firm of our region writes: “{need}” What use would your solution have there? One sentence "
    "is enough."
)
NO_DAY = "Please write the day like 31.3.2027."


def questions(pair: JudgedPair, reason: str, language: str) -> list[Field]:
    """The fields that this reason needs, with the answers that make sense for this pair."""
    fields = {field.name: field for field in FIELDS}
    return [_with_choices(fields[name], pair, language) for name in TAKES[reason]]


def first_answers(
    fields: Sequence[Field], pair: JudgedPair, reason: str, suggestion: str
) -> Filled:
    """What the fields hold before anybody answered: what the facts of the pair suggest."""
    answers = usual(pair, reason).model_dump(exclude_none=True)
    if "maturity" in answers:
        # The named level that is enough.
        answers["maturity"] = min(level for level in MATURITIES if level >= answers["maturity"])
    if reason == "benefit_unclear":
        answers["question"] = suggestion
    return typed(fields, answers)


def _with_choices(field: Field, pair: JudgedPair, language: str) -> Field:
    solution = pair.solution
    choices = field.choices
    if field is MATURITY:
        stated = solution.maturity_trl or 0
        choices = tuple((str(n), words) for n, words in MATURITIES.items() if n > stated or n == 9)
    elif field is EVIDENCE:
        lacking = [proof for proof in pair.need.it_security if proof not in solution.it_security]
        known = [proof for proof in IT_SECURITY if proof not in solution.it_security]
        choices = tuple((proof, proof) for proof in dict.fromkeys((*lacking, *known)))
    elif field is COUNTRY:
        seats = dict.fromkeys((usual(pair, "wrong_region").country or "DE", *_COUNTRIES))
        choices = tuple((code, country_words(code, language)) for code in seats)
    check = _day if field is UNTIL else str
    return Field(
        field.name, field.label, field.kind, field.hints, field.missing, choices, field.longest,
        check=check,
    )  # fmt: skip


def _day(written: str) -> date:
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    raise ValueError(NO_DAY)
