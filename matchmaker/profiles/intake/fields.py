"""The fields of each kind of file: what a column may be called and what its cells hold."""

from collections.abc import Mapping
from types import MappingProxyType

from matchmaker.profiles.intake import cells
from matchmaker.profiles.intake.field import Field, field
from matchmaker.profiles.intake.outcome_fields import OUTCOME_FIELDS

_TEXT_NAMES = (
    "text, description, beschreibung, one_liner, payoff, tagline, slogan, abstract, "
    "kurzbeschreibung, short description, long_description, langbeschreibung, text_de, text_en, "
    "description_de, description_en, profil, profile, profiltext, profile_text, "
    "selbstbeschreibung, about, ueber uns"
)

_ORGANIZATION = (
    field("id_source", cells.line(100)),
    field(
        "name",
        cells.line(300),
        "firma, firmenname, unternehmen, unternehmensname, company, company name, organisation, "
        "organization, startup, startup name, name des startups, name des unternehmens, "
        "bezeichnung",
    ),
    field("kind", cells.KIND, "art, organisationsart"),
    field(
        "website",
        cells.WEB_ADDRESS,
        "webseite, web, url, homepage, internet, internetadresse, internetseite, domain, www",
    ),
    field(
        "register_number",
        cells.line(100),
        "handelsregister, handelsregisternummer, registernummer, hr nummer, hrb, hr nr, "
        "register nr, register, ust id, ust idnr, vat id, vat number",
    ),
    field("postcode", cells.POSTCODE, "plz, postleitzahl, zip, zip code, postal code"),
    field(
        "town",
        cells.line(200),
        "ort, stadt, city, sitz, firmensitz, standort, gemeinde, place, municipality, wohnort",
        "first",
    ),
    field("country", cells.COUNTRY, "land, staat, sitzland, country code, bundesland, state"),
    field(
        "location",
        cells.TEXT,
        "all_locations, locations, hq location, headquarters, adresse, anschrift, address",
    ),
    field("latitude", cells.LATITUDE, "lat, breite, breitengrad"),
    field("longitude", cells.LONGITUDE, "lon, lng, long, laenge, laengengrad"),
    field("official_key", cells.line(16), "ags, gemeindeschluessel"),
    field("degurba", cells.DEGURBA),
    field(
        "founded_on",
        cells.FOUNDING_DAY,
        "founded, gruendung, gegruendet, gruendungsjahr, gruendungsdatum, founding year, "
        "year founded, founding date, year of foundation, gegruendet am",
    ),
    field(
        "employees",
        cells.HEAD_COUNT,
        "mitarbeiter, mitarbeitende, mitarbeiterzahl, mitarbeiterinnen, anzahl mitarbeiter, "
        "anzahl mitarbeitende, beschaeftigte, team_size, teamgroesse, team, headcount, staff, "
        "number of employees, ma",
    ),
    field("languages", cells.LANGUAGE_LIST, "sprachen"),
    field("looks_for", cells.TEXT, "looking_for, sucht, gesucht, wir suchen, suche, gesuch"),
)

_VISIBILITY = field("visibility", cells.VISIBILITY, "sichtbarkeit")
_CLUSTERS = field("clusters", cells.TAG_LIST, "cluster")
_LANG = field("lang", cells.LANGUAGE, "language, sprache")

STARTUP_FIELDS = (
    field(
        "id", cells.line(100), "startup_id, startup nr, nr, nummer, kennung, external id, lfd nr"
    ),
    *_ORGANIZATION,
    field(
        "solution_title",
        cells.line(300),
        "solution, title, titel, loesung, loesungstitel, produkt, product, one_liner, payoff, "
        "tagline, slogan, angebot",
    ),
    field(
        "text",
        cells.TEXT,
        _TEXT_NAMES + ", loesungsbeschreibung, solution text, main_applications, pitch",
        "all",
    ),
    _LANG,
    field(
        "tags",
        cells.TAG_LIST,
        "schlagworte, schlagwoerter, stichworte, keywords, technologien, technologie, "
        "technologies, technology, themen, topics, industry, industries, branche, branchen, "
        "category, categories, kategorie, kategorien, sektor, sector",
        "all",
    ),
    field(
        "target_branches",
        cells.BRANCH_LIST,
        "zielbranchen, zielbranche, target branch, target industries, target industry, "
        "target sectors, branchen der kunden",
    ),
    field("maturity_trl", cells.MATURITY_TRL, "trl, reifegrad, maturity, reife"),
    field(
        "cooperation_forms",
        cells.COOPERATION_LIST,
        "kooperationsform, kooperationsformen, kooperation, cooperation, cooperation form, "
        "zusammenarbeit, form der zusammenarbeit",
    ),
    field("available_from_on", cells.DAY, "available_from, verfuegbar ab, frei ab, ab wann"),
    field("capacity", cells.CAPACITY, "kapazitaet, freie plaetze"),
    field(
        "customer_sizes",
        cells.SIZE_LIST,
        "kundengroessen, kundengroesse, groesse der kunden, customer size, reference customers",
    ),
    field(
        "it_security",
        cells.IT_SECURITY_LIST,
        "it sicherheit, informationssicherheit, zertifikate, zertifizierungen, datenstandort",
    ),
    field("price_class", cells.PRICE_CLASS, "preisklasse, price class"),
    _VISIBILITY,
    field("status", cells.SOLUTION_STATUS),
    _CLUSTERS,
)

COMPANY_FIELDS = (
    field(
        "id",
        cells.line(100),
        "company_id, firma_id, firma nr, kundennummer, nr, nummer, kennung, external id, lfd nr",
    ),
    *_ORGANIZATION,
    field(
        "branches",
        cells.BRANCH_LIST,
        "branch, branche, branchen, industry, industries, wirtschaftszweig, wz, wz 2008, nace, "
        "sektor, sector, gewerk",
    ),
    field("text", cells.TEXT, _TEXT_NAMES + ", taetigkeit, unternehmensbeschreibung", "all"),
    _LANG,
    _VISIBILITY,
    field("status", cells.SOLUTION_STATUS),
    _CLUSTERS,
)

NEED_FIELDS = (
    field("id", cells.line(100), "need_id, topic_id, nr, nummer, kennung, external id, lfd nr"),
    field("id_source", cells.line(100)),
    field(
        "company",
        cells.line(300),
        "company_id, firma, firma_id, firma nr, unternehmen, kunde, kundennummer, organisation, "
        "organization",
    ),
    field("company_name", cells.line(300), "company.name"),
    field("company_postcode", cells.POSTCODE, "company.postcode, company.plz"),
    field("company_town", cells.line(200), "company.town"),
    field("company_country", cells.COUNTRY, "company.country"),
    field("company_branches", cells.BRANCH_LIST, "company.industry, company.branch"),
    field("company_size", cells.SIZE_CLASS, "company.size"),
    field("company_text", cells.TEXT, "company.profile_text, company.text"),
    field("title", cells.line(300), "titel, betreff, thema, ueberschrift, kurztitel, need title"),
    field(
        "text",
        cells.TEXT,
        "bedarf, beschreibung, description, problem, problembeschreibung, herausforderung, "
        "challenge, need, bedarfsbeschreibung, anliegen",
    ),
    _LANG,
    field(
        "branches",
        cells.BRANCH_LIST,
        "branch, branche, branchen, industry, industries, wirtschaftszweig, wz, nace",
    ),
    field(
        "tags",
        cells.TAG_LIST,
        "schlagworte, schlagwoerter, stichworte, keywords, technologien, themen, topics",
        "all",
    ),
    field(
        "maturity_wanted_trl",
        cells.MATURITY_TRL,
        "maturity, maturity wanted, trl, reifegrad, gewuenschter reifegrad",
    ),
    field(
        "cooperation_forms",
        cells.COOPERATION_LIST,
        "cooperation, cooperation form, kooperationsform, kooperationsformen, kooperation, "
        "zusammenarbeit, form der zusammenarbeit",
    ),
    field("needed_by_on", cells.DAY, "needed_by, bis wann, benoetigt bis, deadline, frist"),
    field("seat_country", cells.COUNTRY, "sitz, seat, sitz gefordert, sitzland"),
    field("it_security", cells.IT_SECURITY_LIST, "it sicherheit, informationssicherheit"),
    field("not_with", cells.TAG_LIST, "nicht mit, nicht vermitteln mit, sperrliste, blocked"),
    _VISIBILITY,
    field("status", cells.NEED_STATUS),
)

PLACE_FIELDS = (
    field("country", cells.COUNTRY, "country code, staat"),
    field("postcode", cells.POSTCODE, "plz, postleitzahl, zip, zip code, postal code"),
    field("name", cells.line(200), "ort, ortsname, town, city, stadt, gemeinde, municipality"),
    field("official_key", cells.line(16), "ags, gemeindeschluessel"),
    field("district", cells.line(200), "landkreis, kreis, county"),
    field("state", cells.line(100), "bundesland, land, region"),
    field("latitude", cells.LATITUDE, "lat, breite, breitengrad"),
    field("longitude", cells.LONGITUDE, "lon, lng, long, laenge, laengengrad"),
    field("degurba", cells.DEGURBA, "verstaedterungsgrad"),
)

FIELDS: Mapping[str, tuple[Field, ...]] = MappingProxyType(
    {
        "startups": STARTUP_FIELDS,
        "companies": COMPANY_FIELDS,
        "needs": NEED_FIELDS,
        "places": PLACE_FIELDS,
        "outcomes": OUTCOME_FIELDS,
    }
)

# Without a column for each of these groups a file cannot be what it is said to be.
REQUIRED: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "startups": (("name", "text", "id"),),
        "companies": (("name", "text", "id"),),
        "needs": (("text",),),
        "places": (("postcode", "official_key"), ("name",)),
        "outcomes": (("need",), ("startup",), ("outcome",), ("happened_on",)),
    }
)
