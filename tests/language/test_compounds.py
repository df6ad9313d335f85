"""Compounds fall into words of their own, other words stay whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.language import CompoundSplitter, fold

# Compound and head; a stroke separates heads that are both right.
HEADS = """
Spritzgussmaschine:maschine Instandhaltungsplanung:planung Energieeffizienzberatung:beratung
Kühlwasserkreislauf:kreislauf Werkzeugmaschine:maschine Blockheizkraftwerk:kraftwerk/heizkraftwerk
Handlesegerät:gerät/lesegerät Produktionsplanung:planung Anlagenbediener:bediener Roboterarm:arm
Fertigungszelle:zelle Wickelmaschine:maschine Lieferkettengesetz:gesetz
Qualitätssicherung:sicherung Maschinenbau:bau Abwasseraufbereitung:aufbereitung Wärmepumpe:pumpe
Photovoltaikanlage:anlage Lebensmittelverpackung:verpackung Kreislaufwirtschaft:wirtschaft
Prozessüberwachung:überwachung Bildverarbeitung:verarbeitung Schweißroboter:roboter
Oberflächenbehandlung:behandlung Druckluftleckage:leckage Abwärmenutzung:nutzung Lastspitze:spitze
Stromverbrauch:verbrauch Zustandsüberwachung:überwachung Ersatzteillager:lager Materialfluss:fluss
Auftragsabwicklung:abwicklung Kundenservice:service Pflegedokumentation:dokumentation
Patientendaten:daten Medizinprodukt:produkt Fachkräftemangel:mangel Mitarbeiterschulung:schulung
Holzverarbeitung:verarbeitung Betonfertigteil:fertigteil/teil Verpackungsmaterial:material
Lagerverwaltung:verwaltung Tourenplanung:planung Ladeinfrastruktur:infrastruktur
Datenschnittstelle:schnittstelle Messgerät:gerät Prüfstand:stand Kontrollsystem:system
Sprachmodell:modell Wasserstofftankstelle:tankstelle Kunststoffrecycling:recycling
Rohstoffpreis:preis Montagelinie:linie Blechbearbeitung:bearbeitung Laserschneidanlage:anlage
Heizungsbauer:bauer Gebäudeautomation:automation Bodenfeuchtesensor:sensor Erntemaschine:maschine
Milchviehbetrieb:betrieb Umweltmanagementsystem:system/managementsystem Lohnfertiger:fertiger
Beschichtungsanlage:anlage Wartungsvertrag:vertrag Fehlererkennung:erkennung
Angebotskalkulation:kalkulation Fräswerkzeug:werkzeug Temperaturfühler:fühler Häuserbau:bau
Städteplanung:planung Bürogebäude:gebäude Straßenbeleuchtung:beleuchtung
"""

WHOLE = """
Gesellschaft Apparat Schweinerei Maschine Wirtschaft Wissenschaft Eigenschaft Gesundheit
Sicherheit Möglichkeit Entwicklung Automatisierung Digitalisierung Temperatur Material Mitarbeiter
Unternehmen Fertigung Verpackung Behandlung Beratung Verarbeitung Handwerk Werkzeug Kraftwerk
Netzwerk Standort Roboter Sensor Kalkulation Dokumentation Infrastruktur Recycling Landwirtschaft
Information Kommunikation Verantwortung Nachhaltigkeit Zusammenarbeit Universität Mannheim
Heidelberg Baden Württemberg Karlsruhe Schreinerei Bäckerei Brauerei Gärtnerei Metzgerei Kommune
Gemeinde Mittelstand Energie Batterie Software Hersteller Lieferant Dienstleister Optimierung
Unterstützung Interesse Personal Partnerschaft Mitgliedschaft Bereitschaft Präsentation
Konstruktion Installation Administration Verbesserung Vermeidung Herausforderung Voraussetzung
Erfahrung Leistung Forderung Lösung Anwender Steuerung Überwachung Kamerad Alarm Karriere
Kapazität Produktivität Elektronik Mechanik Chemie Logistik Pharmazie Digitalisierung Hydraulik
Kalibrierung Zertifizierung Genehmigung Finanzierung Förderung Forschung Innovation Technologie
Diagnose Therapie Patient Apotheke Restaurant Hotel Tourismus Verwaltung Bürger Verein Stiftung
Ausbildung Weiterbildung Bewerber Kandidat Interview Vertrieb Marketing Export Verhandlung
Bestellung Lieferung Reklamation Garantie Wartung Reparatur Anlage Prototyp Qualität Toleranz
Genauigkeit Geschwindigkeit Verschleiß Korrosion Beschichtung Legierung Aluminium Polymer Granulat
 Textilien Karton Palette Container
"""


@pytest.fixture(scope="module")
def splitter() -> CompoundSplitter:
    return CompoundSplitter.train({"maschine": 12, "energie": 9, "blisk": 4, "vertrag": 3})


@pytest.mark.parametrize("pair", HEADS.split())
def test_the_last_part_of_a_domain_compound_is_its_head(
    splitter: CompoundSplitter, pair: str
) -> None:
    compound, heads = pair.split(":")
    assert splitter.split(compound)[-1:] in [(fold(head),) for head in heads.split("/")]


@pytest.mark.parametrize("word", WHOLE.split())
def test_a_word_that_is_no_compound_or_misleads_in_parts_stays_whole(
    splitter: CompoundSplitter, word: str
) -> None:
    assert splitter.split(word) == ()


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("Wartungsvertrag", ("wartung", "vertrag")),
        ("Sprachmodell", ("sprache", "modell")),
        ("Städteplanung", ("stadt", "planung")),
        ("Messgerät", ("messen", "geraet")),
        ("Strassenbeleuchtung", ("strasse", "beleuchtung")),
        ("Laserschneidanlage", ("laser", "schneid", "anlage")),
        ("Bliskgreifer", ("blisk", "greifer")),
    ],
)
def test_linking_elements_and_inflection_are_removed(
    splitter: CompoundSplitter, compound: str, parts: tuple[str, ...]
) -> None:
    assert splitter.split(compound) == parts


def test_a_word_of_the_region_becomes_a_part_once_it_is_frequent() -> None:
    assert CompoundSplitter.train({"blisk": 2}).split("Bliskgreifer") == ()
    assert CompoundSplitter.train({"blisk": 3}).split("Bliskgreifer") == ("blisk", "greifer")


def test_a_compound_far_more_frequent_than_its_parts_stays_whole() -> None:
    assert CompoundSplitter.train({"lieferkette": 4}).split("Lieferkette") != ()
    assert CompoundSplitter.train({"lieferkette": 400}).split("Lieferkette") == ()


@pytest.mark.parametrize(("short", "word"), [("ki", "Kita"), ("op", "Shop"), ("ai", "Retail")])
def test_short_words_are_no_parts(splitter: CompoundSplitter, short: str, word: str) -> None:
    assert short not in splitter.split(word)


@given(st.text(alphabet="abdeghilnrstuäöüß", max_size=80))
def test_a_split_is_empty_or_at_least_two_parts_and_repeatable(word: str) -> None:
    counts = {"bede": 4, "lager": 2}
    parts = CompoundSplitter.train(counts).split(word)
    assert len(parts) != 1
    assert all(len(part) >= 3 for part in parts)
    assert parts == CompoundSplitter.train(dict(reversed(counts.items()))).split(word)
