"""Checks of typed answers that several forms need: what is typed in, what is kept out."""

import re
from datetime import date, datetime

from matchmaker.database import now
from matchmaker.errors import InvalidInputError
from matchmaker.language import words
from matchmaker.mail import mail_address

_FEWEST_WORDS = 4
_DAY_FORMS = ("%d.%m.%Y", "%Y-%m-%d")
# A host with a dot; no log-in before it, no blank, no character that could end an attribute.
_WEB_ADDRESS = re.compile(r"https?://[^\s/@:<>\"'\\]+\.[^\s/@:<>\"'\\.]+([:/?#][^\s<>\"'\\]*)?")
MOST_LINKS = 10
MOST_WORDS = 20
LONGEST_WORD = 100


def whole_sentence(text: str) -> str:
    """A text that says something."""
    if len(words(text)) < _FEWEST_WORDS:
        raise ValueError("Please write at least one whole sentence.")
    return text


def email(text: str) -> str:
    """An address that mail can go to."""
    try:
        return mail_address(text)
    except InvalidInputError:
        raise ValueError("Please check the address; it looks like name@firma.de.") from None


def day(text: str) -> str:
    """A day of this century as people write it, kept as 2027-03-15."""
    return _day(text, date(2000, 1, 1)).isoformat()


def past_day(text: str) -> str:
    """A day that is not to come."""
    found = _day(text, date(1800, 1, 1))
    if found > now().date():
        raise ValueError("This day is still to come. Please check the year.")
    return found.isoformat()


def day_as_typed(kept: str) -> str:
    """2027-03-15 as 15.03.2027."""
    return date.fromisoformat(kept).strftime("%d.%m.%Y")


def _day(text: str, earliest: date) -> date:
    for form in _DAY_FORMS:
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no time
        except ValueError:
            continue
        if earliest <= found <= date(2100, 12, 31):
            return found
    raise ValueError("Please write the day like this: 15.03.2027.")


def some_words(text: str) -> list[str]:
    """Words or short names between commas."""
    found = list(dict.fromkeys(filter(None, (" ".join(part.split()) for part in text.split(",")))))
    if len(found) > MOST_WORDS or any(len(name) > LONGEST_WORD for name in found):
        raise ValueError("Please name at most twenty, each in a few words.")
    return found


def web_address(text: str) -> str:
    """An address on the web, with its http:// or https://; nothing else, such as javascript:."""
    address = text if "://" in text else f"https://{text}"
    if not _WEB_ADDRESS.fullmatch(address) or len(address) > 500:
        raise ValueError("Please check the web address; it looks like https://www.firma.de.")
    return address


def web_addresses(text: str) -> list[str]:
    """Addresses on the web, one in each line."""
    found = [web_address(line.strip()) for line in text.splitlines() if line.strip()]
    if len(found) > MOST_LINKS:
        raise ValueError("Please name at most ten web addresses.")
    return list(dict.fromkeys(found))
