"""What the dictionaries of simplemma say about a word, with their known slips corrected.

The library is imported by the functions, because its German dictionary takes a second to load.
"""

from functools import lru_cache

# Adjectives that the dictionary takes for participles of an unrelated verb.
_NO_PARTICIPLES = frozenset({"gesamt"})


def english_lemma(word: str) -> str:
    """Return the English dictionary form of a word, or the word itself if it is unknown."""
    from simplemma import lemmatize

    found: str = lemmatize(word, "en")
    return found


def german_lemma(word: str) -> str:
    """Return a German dictionary form, trying respelled umlauts, English, then the ending.

    German texts are full of English terms, so a word that only the English dictionary
    knows is taken for English. An unknown compound is read by its last part:
    "Handlesegeräte" becomes "Handlesegerät".
    """
    from simplemma import is_known, lemmatize

    for spelling in (word, with_umlauts(word)):
        if is_known(spelling, "de"):
            return _known_german_lemma(spelling)
    if is_known(word, "en"):
        return english_lemma(word)
    guess: str = lemmatize(word, "de", greedy=True)
    if guess == word and word.islower():
        # Nouns are only recognized with their capital, which hurried writers leave out.
        guess = lemmatize(word.capitalize(), "de", greedy=True)
    return guess


def _known_german_lemma(word: str) -> str:
    from simplemma import lemmatize

    found: str = word if word in _NO_PARTICIPLES else lemmatize(word, "de")
    # "Pumpe" is no form of "Pump": its own plural "Pumpen" leads back to it.
    if word.endswith("e") and found == word[:-1] and lemmatize(word + "n", "de") == word:
        return word
    # An inflected participle leads to the bare one only ("vernetzter" to "vernetzt"),
    # which leads to the verb.
    if found.islower() and found.endswith(("t", "nd")) and found not in _NO_PARTICIPLES:
        verb: str = lemmatize(found, "de")
        return verb if verb.endswith("n") else found
    return found


def with_umlauts(word: str) -> str:
    """Return a word with ae, oe, ue written as umlauts: "Haeuser" becomes "Häuser"."""
    for spelled_out, umlaut in (("ae", "ä"), ("oe", "ö"), ("ue", "ü")):
        word = word.replace(spelled_out, umlaut).replace(spelled_out.capitalize(), umlaut.upper())
    return word


@lru_cache(maxsize=200_000)
def known_spellings(folded: str) -> tuple[str, ...]:
    """Return the spellings of a folded word that the German dictionary knows, nouns first.

    Folding hides umlauts and ß, so "Strasse" may stand for "Straße".
    """
    from simplemma import is_known

    noun = folded.capitalize()
    umlauts = with_umlauts(noun)
    spellings = dict.fromkeys((noun, umlauts, noun.replace("ss", "ß"), umlauts.replace("ss", "ß")))
    return tuple(spelling for spelling in spellings if is_known(spelling, "de"))
