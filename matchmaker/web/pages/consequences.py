"""What a hold does, as a sentence for officers."""

from datetime import date, datetime

from matchmaker.tables import Hold
from matchmaker.tandems import CONDITION
from matchmaker.web.rendering import speak

# What each reason leads to while its hold is in force.
IN_FORCE = {
    "poor_fit": "It is ranked lower for this need.",
    "too_early": "It comes back as soon as the maturity {maturity} is reached.",
    "benefit_unclear": "It comes back as soon as the startup has said what use it would have.",
    "price": "It comes back as soon as the stated price class changes.",
    "no_capacity": "It comes back on {day}.",
    "competitor": "These two firms are not proposed to each other any more.",
    "wrong_region": "It is left out, and the need demands a seat in {country} from now on.",
    "already_solved": "The need is closed.",
    "trust": "These two firms are not proposed to each other any more.",
    "it_security": "It comes back as soon as the profile states this: {evidence}.",
    "timing": "It comes back on {day}.",
    "description_unclear": "It comes back as soon as the startup describes its solution anew.",
}
OF_THE_FIRM = "It comes back as soon as the firm describes its need anew."
MAILED = "A mail asks for it as soon as this verdict can no longer be undone."
OPEN_QUESTION = "Nobody was written to: please ask yourself."
CAME_TRUE = "What it waited for came true on {day}: it may be proposed again."
LIFTED = "Lifted on {day}: it may be proposed again."
# The readiness levels that have names.
MATURITIES = {
    3: "an idea (TRL 3)",
    5: "a prototype (TRL 5)",
    6: "a pilot (TRL 6)",
    8: "a ready product (TRL 8)",
    9: "proven in use (TRL 9)",
}


def consequence(hold: Hold, language: str) -> str:
    """What follows from the no, or what became of it."""
    if hold.lifted_at is not None:
        ended = CAME_TRUE if hold.lifted_by == CONDITION else LIFTED
        return speak(ended, language).format(day=_day(hold.lifted_at, language))
    template = OF_THE_FIRM if hold.asked_side == "sme" else IN_FORCE[hold.code]
    said = speak(template, language).format(
        maturity=maturity_words(hold.until_maturity_trl, language),
        day=_day(hold.until_on, language),
        country=country_words(hold.value_set, language),
        evidence=speak(hold.until_evidence or "", language),
    )
    if hold.asked_side is not None:
        said += " " + speak(MAILED if hold.mail_id else OPEN_QUESTION, language)
    return said


def maturity_words(level: int | None, language: str) -> str:
    """A readiness level by its name, else by its number."""
    if level is None:
        return ""
    return speak(MATURITIES[level], language) if level in MATURITIES else f"TRL {level}"


def country_words(code: str | None, language: str) -> str:
    """A country by its name."""
    from babel import Locale

    return str(Locale(language).territories.get(code or "", code or ""))


def _day(day: date | datetime | None, language: str) -> str:
    from babel.dates import format_date

    return "" if day is None else str(format_date(day, format="long", locale=language))
