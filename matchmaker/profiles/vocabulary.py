"""The closed word lists of profiles, with the words that people write for them.

Each list maps what is stored to the German and English words that mean it. Words are
compared folded and without punctuation, so "Start-up" and "STARTUP" are one entry.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from matchmaker.language import fold

Vocabulary = Mapping[str, tuple[str, ...]]

COOPERATION_FORMS: Vocabulary = MappingProxyType(
    {
        "buy": ("purchase", "Kauf", "kaufen", "Einkauf", "Beschaffung", "customer", "Kunde"),
        "pilot": ("Pilot", "Pilotprojekt", "Pilotkunde", "pilot project", "PoC", "Test"),
        "joint_development": (
            "joint development",
            "co-development",
            "Gemeinsame Entwicklung",
            "Entwicklungspartnerschaft",
            "Ko-Entwicklung",
            "F&E-Kooperation",
        ),
        "stake": ("Beteiligung", "investment", "Investition", "equity"),
    }
)

CUSTOMER_SIZES: Vocabulary = MappingProxyType(
    {
        "micro": ("Kleinst", "Kleinstunternehmen", "Kleinstbetrieb", "1-9", "unter 10"),
        "small": ("klein", "Kleinunternehmen", "kleine Unternehmen", "10-49"),
        "medium": ("mittel", "mittlere Unternehmen", "Mittelstand", "50-249"),
        "large": ("groß", "Großunternehmen", "midcap", "Konzern", "250+", "ab 250", "enterprise"),
    }
)

SMALLEST_HEAD_COUNT: Mapping[str, int] = MappingProxyType(
    {"micro": 1, "small": 10, "medium": 50, "large": 250}
)

# What a firm pays in the first year.
PRICE_CLASSES: Vocabulary = MappingProxyType(
    {
        "up_to_5000": ("bis 5.000 €", "bis 5000", "up to 5,000 €", "< 5000", "unter 5000"),
        "up_to_25000": ("bis 25.000 €", "bis 25000", "up to 25,000 €", "5000-25000"),
        "up_to_100000": ("bis 100.000 €", "bis 100000", "up to 100,000 €", "25000-100000"),
        "above_100000": ("über 100.000 €", "über 100000", "above 100,000 €", "> 100000"),
    }
)

# An open list: a code that is not here is kept as it was written, folded.
IT_SECURITY: Vocabulary = MappingProxyType(
    {
        "iso27001": ("ISO 27001", "ISO/IEC 27001", "ISO-27001-Zertifikat"),
        "tisax": ("TISAX",),
        "soc2": ("SOC 2", "SOC2 Type II"),
        "bsi_c5": ("BSI C5", "C5", "C5-Testat"),
        "gdpr": ("GDPR", "DSGVO", "DSGVO-konform", "Auftragsverarbeitung", "AVV"),
        "de_hosting": (
            "Hosting in Deutschland",
            "Server in Deutschland",
            "deutsches Rechenzentrum",
            "hosted in Germany",
        ),
        "eu_hosting": ("Hosting in der EU", "Server in der EU", "EU-Hosting", "hosted in the EU"),
        "on_premises": ("on-premises", "on-premise", "on prem", "vor Ort", "eigener Server"),
        "air_gapped": ("air-gapped", "offline", "ohne Internet", "ohne Cloud", "no cloud"),
    }
)

PARTY_KINDS: Vocabulary = MappingProxyType(
    {
        "sme": ("KMU", "Unternehmen", "Firma", "Betrieb", "company", "Mittelstand"),
        "startup": ("Start-up", "Gründung", "Neugründung", "spin-off", "Ausgründung"),
        "research_group": (
            "research group",
            "Forschungsgruppe",
            "Forschungseinrichtung",
            "Institut",
            "Hochschule",
            "Universität",
            "university",
        ),
        "clinic": ("Klinik", "Klinikum", "Krankenhaus", "hospital"),
        "operator": ("Betreiber", "Stadtwerke", "Kommune", "municipality"),
        "intermediary": ("Intermediär", "Netzwerk", "Kammer", "network", "chamber", "hub"),
    }
)

VISIBILITIES: Vocabulary = MappingProxyType(
    {
        "office": ("intern", "internal", "privat", "private", "eigene"),
        "network": ("Netzwerk", "öffentlich", "public", "alle", "all"),
    }
)

SOLUTION_STATUSES: Vocabulary = MappingProxyType(
    {
        "active": ("aktiv", "public", "acquired", "formed", "forming", "offen", "open", "neu"),
        "paused": (
            "pausiert",
            "ruht",
            "ruhend",
            "inactive",
            "inaktiv",
            "closed",
            "geschlossen",
            "insolvent",
            "dissolved",
        ),
    }
)

NEED_STATUSES: Vocabulary = MappingProxyType(
    {
        "open": ("offen", "active", "aktiv", "neu", "new", "forthcoming"),
        "paused": ("pausiert", "ruht", "ruhend", "inactive", "inaktiv"),
        "closed": ("geschlossen", "erledigt", "gelöst", "solved", "done"),
    }
)

# The stages people name instead of a technology readiness level (TRL, 1 to 9).
MATURITY: Vocabulary = MappingProxyType(
    {
        "3": ("Idee", "idea", "Konzept", "concept", "proof of concept"),
        "5": ("Prototyp", "prototype", "Demonstrator", "MVP"),
        "6": ("Pilot", "Pilotphase", "pilot phase", "beta"),
        "9": ("fertig", "fertiges Produkt", "marktreif", "ready", "ready product", "product"),
    }
)

LANGUAGES: Vocabulary = MappingProxyType(
    {
        "de": ("Deutsch", "German", "ger", "deu"),
        "en": ("Englisch", "English", "eng"),
        "fr": ("Französisch", "French", "fra"),
        "es": ("Spanisch", "Spanish"),
        "it": ("Italienisch", "Italian"),
        "nl": ("Niederländisch", "Dutch"),
        "pl": ("Polnisch", "Polish"),
        "tr": ("Türkisch", "Turkish"),
    }
)


def compact(word: str) -> str:
    """The form in which words are compared: folded, letters and digits only."""
    return "".join(character for character in fold(word) if character.isalnum())


def stored_word(vocabulary: Vocabulary, written: str) -> str | None:
    """What `written` is stored as, or None when the vocabulary does not know it."""
    return _by_written_word(tuple(vocabulary.items())).get(compact(written))


@cache
def _by_written_word(entries: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for stored, words in entries:
        for word in (stored, *words):
            found.setdefault(compact(word), stored)
    return found
