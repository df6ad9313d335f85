"""Where each page lies, in each language: addresses that can be read aloud."""

from matchmaker.messages import LANGUAGES

# page: (German, English)
PUBLIC = {
    "start": ("", ""),
    "need": ("bedarf", "need"),
    "startup": ("startup", "startup"),
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
    "startup_terms": ("startup/zusammenarbeit", "startup/working-together"),
    "startup_firm": ("startup/unternehmen", "startup/firm"),
    "startup_contact": ("startup/kontakt", "startup/contact"),
    "startup_more": ("startup/weitere-loesung", "startup/another-solution"),
    "startup_check": ("startup/pruefen", "startup/check"),
    "startup_sent": ("startup/gesendet", "startup/sent"),
    "profile": ("mein-profil", "my-profile"),
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
    "registrations": ("schreibtisch/anmeldungen", "desk/registrations"),
    "hub": ("partner", "partner"),
    "desk_startups": ("schreibtisch/startups", "desk/startups"),
    "desk_startup": ("schreibtisch/startup", "desk/startup"),
    "desk_review": ("schreibtisch/pruefung", "desk/review"),
    "desk_held": ("schreibtisch/zurueckgehalten", "desk/held"),
    "desk_pair": ("schreibtisch/vorschlag", "desk/proposal"),
    "tandems": ("schreibtisch/tandems", "desk/tandems"),
    "tandem": ("schreibtisch/tandem", "desk/tandem"),
    "desk_hold": ("schreibtisch/rueckmeldung", "desk/feedback"),
    "scorers": ("schreibtisch/gelernt", "desk/learned"),
    "scorer_change": ("schreibtisch/gelernt/wechsel", "desk/learned/change"),
    "shortcuts": ("schreibtisch/tasten", "desk/keys"),
}
_PATHS = {**PUBLIC, **_INNER}


def address(page: str, language: str, *parts: str) -> str:
    """The path of a page, such as /de/datenschutz, or /de/bestaetigen/{token} with a part."""
    return "/".join((f"/{language}/{_PATHS[page][LANGUAGES.index(language)]}", *parts))


def language_of(path: str) -> str:
    """The language that a path is in; German where it says none."""
    first = path.strip("/").partition("/")[0]
    return first if first in LANGUAGES else LANGUAGES[0]
