"""Which language a text is written in."""

from collections.abc import Sequence

from matchmaker.language.folding import fold
from matchmaker.language.stop_words import word_list
from matchmaker.language.tokens import words

_WORD_LISTS = {"de": "stop_words_de", "en": "stop_words_en", "fr": "function_words_fr"}
_WORDS_READ = 200
_FEWEST_WORDS = 3

# Function words make up 35 to 60 % of running text; below a fifth it is a list of nouns
# or another language.
_CLEAR_SHARE = 0.2
_CLEAR_LEAD = 0.1

_KNOWN_SHARE = 0.6
_KNOWN_LEAD = 0.1


def detect_language(text: str) -> str | None:
    """Return "de", "en" or "fr", or None where the text does not say.

    Running text gives itself away by its function words. Only where these leave it open,
    as in lists of keywords, are the words looked up in the dictionaries. Three words are
    the least to judge by; the first 200 are enough.
    """
    read = [word for word in words(text) if word.text.isalpha()][:_WORDS_READ]
    if len(read) < _FEWEST_WORDS:
        return None
    folded = [fold(word.text) for word in read]
    by_function_words = {
        language: sum(word in word_list(name) for word in folded) / len(folded)
        for language, name in _WORD_LISTS.items()
    }
    return _leader(by_function_words, _CLEAR_SHARE, _CLEAR_LEAD) or _leader(
        _dictionary_shares([word.text for word in read]), _KNOWN_SHARE, _KNOWN_LEAD
    )


def _dictionary_shares(written: Sequence[str]) -> dict[str, float]:
    """Return for each language the share of words that its dictionary knows."""
    from simplemma import is_known

    return {
        language: sum(is_known(word, language) for word in written) / len(written)
        for language in _WORD_LISTS
    }


def _leader(shares: dict[str, float], least: float, lead: float) -> str | None:
    """Return the language with the greatest share, if it is clear enough."""
    (first, highest), (_, second) = sorted(shares.items(), key=lambda share: -share[1])[:2]
    return first if highest >= least and highest - second >= lead else None
