"""The fields of a file of outcomes, and the words that people write for what happened and why."""

from types import MappingProxyType

from matchmaker.profiles.intake import cells
from matchmaker.profiles.intake.cells import CellType, any_of, word_of
from matchmaker.profiles.intake.field import field
from matchmaker.profiles.vocabulary import Vocabulary

# Kinds of events that mean something without a list. The stages are in their order.
OUTCOMES: Vocabulary = MappingProxyType(
    {
        "judged_fit": ("passt", "fits", "fit", "geeignet"),
        "judged_no_fit": (
            "passt nicht", "does not fit", "no fit", "ungeeignet", "Absage", "abgelehnt",
            "abgesagt", "kein Interesse", "rejected", "declined", "no interest",
        ),
        "proposed": ("vorgeschlagen", "Vorschlag"),
        "reviewed": ("geprüft",),
        "sme_asked": (
            "Unternehmen gefragt", "Unternehmen angefragt", "Firma gefragt", "Firma angefragt",
            "company asked", "firm asked",
        ),
        "startup_asked": ("Start-up gefragt", "Start-up angefragt"),
        "both_agreed": ("beide einverstanden", "beide zugestimmt", "beide sagen ja"),
        "first_talk": (
            "Erstgespräch", "erstes Gespräch", "Gespräch", "Treffen", "talk", "meeting",
            "first meeting",
        ),
        "pilot": ("Pilotprojekt", "Pilotierung", "pilot project", "Testbetrieb"),
        "agreement": (
            "Vertrag", "Vereinbarung", "Vertragsabschluss", "Abschluss", "Auftrag", "contract",
            "deal", "signed",
        ),
        "alive_after_12_months": (
            "läuft nach 12 Monaten", "besteht nach 12 Monaten", "läuft nach einem Jahr",
            "alive after a year", "still running after 12 months",
        ),
        "ended": ("beendet", "Ende", "abgebrochen", "stopped"),
    }
)  # fmt: skip

# Why somebody said no, or why it ended.
WHY: Vocabulary = MappingProxyType(
    {
        "poor_fit": ("passt fachlich nicht", "passt nicht", "does not fit in substance"),
        "too_early": ("zu früh", "nicht reif", "immature"),
        "benefit_unclear": ("Nutzen unklar", "kein Nutzen erkennbar"),
        "price": ("Preis", "zu teuer", "Kosten", "too expensive"),
        "no_capacity": ("keine Kapazität", "keine Zeit", "no time"),
        "competitor": ("Wettbewerber", "Wettbewerb", "competition"),
        "wrong_region": ("falsche Region", "zu weit weg", "too far"),
        "already_solved": ("schon gelöst", "bereits gelöst", "solved already"),
        "trust": ("Vertrauen", "kein Vertrauen", "no trust"),
        "it_security": ("IT-Sicherheit", "Datenschutz"),
        "timing": ("Zeitpunkt", "falscher Zeitpunkt", "bad timing"),
        "description_unclear": ("Beschreibung unklar",),
        "succeeded": ("erfolgreich", "erfolgreich beendet", "success", "successful"),
        "rests": ("ruht", "pausiert", "paused"),
    }
)

WHOSE: Vocabulary = MappingProxyType(
    {
        "sme": ("KMU", "Unternehmen", "Firma", "Betrieb", "company", "firm"),
        "startup": ("Start-up", "Gründung"),
    }
)


def _one_of(vocabulary: Vocabulary) -> CellType:
    return CellType(any_of(vocabulary), word_of(vocabulary))


OUTCOME_FIELDS = (
    field("need", cells.line(100), "need_id, need nr, bedarf, bedarf_id, bedarf nr, bedarfsnummer"),
    field(
        "startup",
        cells.line(100),
        "startup_id, startup nr, startup nummer, solution, solution_id, loesung, loesung_id, "
        "loesung nr",
    ),
    field(
        "outcome",
        _one_of(OUTCOMES),
        "kind, event, result, status, stage, ergebnis, ereignis, ausgang, stand, stufe, "
        "was geschah, was passierte",
    ),
    field("happened_on", cells.DAY, "date, day, on, when, datum, tag, am, wann, geschehen am"),
    field(
        "source",
        cells.line(200),
        "by, origin, reported by, quelle, von, herkunft, gemeldet von, laut",
    ),
    field("reason", _one_of(WHY), "why, reason code, grund, warum, begruendung, absagegrund"),
    field("side", _one_of(WHOSE), "whose, whose word, seite, wer, wessen wort, wer sagt es"),
)
