"""Where each page lies, in each language: addresses that can be read aloud."""

from matchmaker.messages import LANGUAGES

# page: (German, English)
PUBLIC = {
    "start": ("", ""),
    "need": ("bedarf", "need"),
    "how_we_propose": ("wie-wir-vorschlagen", "how-we-propose"),
    "privacy": ("datenschutz", "privacy"),
    "accessibility": ("barrierefreiheit", "accessibility"),
    "imprint": ("impressum", "imprint"),
}
# Further on in the form, and behind the links of mails: these end in a token.
_INNER = {
    "need_firm": ("bedarf/unternehmen", "need/firm"),
    "need_contact": ("bedarf/kontakt", "need/contact"),
    "need_check": ("bedarf/pruefen", "need/check"),
    "need_sent": ("bedarf/gesendet", "need/sent"),
    "challenge": ("aufgabe", "challenge"),
    "confirm": ("bestaetigen", "confirm"),
    "status": ("mein-bedarf", "my-need"),
    "log_in": ("anmelden", "log-in"),
    "log_out": ("abmelden", "log-out"),
    "account": ("konto", "account"),
    "second_factor": ("konto/zweiter-faktor", "account/second-factor"),
    "sessions": ("konto/sitzungen", "account/sessions"),
    "inbox": ("schreibtisch", "desk"),
    "desk_need": ("schreibtisch/bedarf", "desk/need"),
    "desk_held": ("schreibtisch/zurueckgehalten", "desk/held"),
    "desk_pair": ("schreibtisch/vorschlag", "desk/proposal"),
}
_PATHS = {**PUBLIC, **_INNER}


def address(page: str, language: str, *parts: str) -> str:
    """The path of a page, such as /de/datenschutz, or /de/bestaetigen/{token} with a part."""
    return "/".join((f"/{language}/{_PATHS[page][LANGUAGES.index(language)]}", *parts))


def language_of(path: str) -> str:
    """The language that a path is in; German where it says none."""
    first = path.strip("/").partition("/")[0]
    return first if first in LANGUAGES else LANGUAGES[0]
