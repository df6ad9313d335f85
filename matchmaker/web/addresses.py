"""Where each page lies, in each language: addresses that can be read aloud."""

from matchmaker.messages import LANGUAGES

# page: (German, English)
PUBLIC = {
    "start": ("", ""),
    "how_we_propose": ("wie-wir-vorschlagen", "how-we-propose"),
    "privacy": ("datenschutz", "privacy"),
    "accessibility": ("barrierefreiheit", "accessibility"),
    "imprint": ("impressum", "imprint"),
}


def address(page: str, language: str) -> str:
    """The path of a page, such as /de/datenschutz."""
    return f"/{language}/{PUBLIC[page][LANGUAGES.index(language)]}"


def language_of(path: str) -> str:
    """The language that a path is in; German where it says none."""
    first = path.strip("/").partition("/")[0]
    return first if first in LANGUAGES else LANGUAGES[0]
