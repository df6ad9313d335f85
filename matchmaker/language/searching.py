"""One spelling in which a search meets what it looks for."""

from matchmaker.language.folding import fold


def search_key(text: str) -> str:
    """The spelling that searching compares: folded, on one line, and ä, ae and a are one.

    Prüfung, Pruefung, PRUFUNG and prufung meet; so do Straße and Strasse. Whatever is part of
    a text is also part of it in this spelling, except where it is cut between an a, o or u and
    the e behind it.
    """
    line = " ".join(fold(text).split())
    return line.replace("ae", "a").replace("oe", "o").replace("ue", "u")
