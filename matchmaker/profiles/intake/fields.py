"""The fields of each kind of file: what a column may be called and what its cells hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from matchmaker.profiles.intake import cells
from matchmaker.profiles.intake.cells import CellType

ImportKind = Literal["startups", "companies", "needs", "places"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record and the column names, German and English, that mean it.

    The field's own name is always understood. `several` says what happens where several
    columns of a file mean it: `all` joins their cells, `first` takes the first that is filled;
    otherwise only one column is used.
    """

    name: str
    type: CellType
    synonyms: tuple[str, ...] = ()
    several: Literal["all", "first"] | None = None


def _field(
    name: str, cell: CellType, synonyms: str = "", several: Literal["all", "first"] | None = None
) -> Field:
    return Field(name, cell, tuple(s.strip() for s in synonyms.split(",") if s.strip()), several)


_TEXT_NAMES = (
    "text, description, beschreibung, one_liner, payoff, tagline, slogan, abstract, "
    "kurzbeschreibung, short description, long_description, langbeschreibung, text_de, text_en, "
    "description_de, description_en, profil, profile, profiltext, profile_text, "
    "selbstbeschreibung, about, ueber uns"
)

_ORGANIZATION = (
    _field("id_source", cells.line(100)),
    _field(
        "name",
        cells.line(300),
        "firma, firmenname, unternehmen, unternehmensname, company, company name, organisation, "
        "organization, startup, startup name, name des startups, name des unternehmens, "
        "bezeichnung",
    ),
    _field("kind", cells.KIND, "art, organisationsart"),
    _field(
        "website",
        cells.WEB_ADDRESS,
        "webseite, web, url, homepage, internet, internetadresse, internetseite, domain, www",
    ),
    _field(
        "register_number",
        cells.line(100),
        "handelsregister, handelsregisternummer, registernummer, hr nummer, hrb, hr nr, "
        "register nr, register, ust id, ust idnr, vat id, vat number",
    ),
    _field("postcode", cells.POSTCODE, "plz, postleitzahl, zip, zip code, postal code"),
    _field(
        "town",
        cells.line(200),
        "ort, stadt, city, sitz, firmensitz, standort, gemeinde, place, municipality, wohnort",
        "first",
    ),
    _field("country", cells.COUNTRY, "land, staat, sitzland, country code, bundesland, state"),
    _field(
        "location",
        cells.TEXT,
        "all_locations, locations, hq location, headquarters, adresse, anschrift, address",
    ),
    _field("latitude", cells.LATITUDE, "lat, breite, breitengrad"),
    _field("longitude", cells.LONGITUDE, "lon, lng, long, laenge, laengengrad"),
    _field("official_key", cells.line(16), "ags, gemeindeschluessel"),
    _field("degurba", cells.DEGURBA),
    _field(
        "founded_on",
        cells.FOUNDING_DAY,
        "founded, gruendung, gegruendet, gruendungsjahr, gruendungsdatum, founding year, "
        "year founded, founding date, year of foundation, gegruendet am",
    ),
    _field(
        "employees",
        cells.HEAD_COUNT,
        "mitarbeiter, mitarbeitende, mitarbeiterzahl, mitarbeiterinnen, anzahl mitarbeiter, "
        "anzahl mitarbeitende, beschaeftigte, team_size, teamgroesse, team, headcount, staff, "
        "number of employees, ma",
    ),
    _field("languages", cells.LANGUAGE_LIST, "sprachen"),
    _field("looks_for", cells.TEXT, "looking_for, sucht, gesucht, wir suchen, suche, gesuch"),
)

_VISIBILITY = _field("visibility", cells.VISIBILITY, "sichtbarkeit")
_CLUSTERS = _field("clusters", cells.TAG_LIST, "cluster")
_LANG = _field("lang", cells.LANGUAGE, "language, sprache")

STARTUP_FIELDS = (
    _field(
        "id", cells.line(100), "startup_id, startup nr, nr, nummer, kennung, external id, lfd nr"
    ),
    *_ORGANIZATION,
    _field(
        "solution_title",
        cells.line(300),
        "solution, title, titel, loesung, loesungstitel, produkt, product, one_liner, payoff, "
        "tagline, slogan, angebot",
    ),
    _field(
        "text",
        cells.TEXT,
        _TEXT_NAMES + ", loesungsbeschreibung, solution text, main_applications, pitch",
        "all",
    ),
    _LANG,
    _field(
        "tags",
        cells.TAG_LIST,
        "schlagworte, schlagwoerter, stichworte, keywords, technologien, technologie, "
        "technologies, technology, themen, topics, industry, industries, branche, branchen, "
        "category, categories, kategorie, kategorien, sektor, sector",
        "all",
    ),
    _field(
        "target_branches",
        cells.BRANCH_LIST,
        "zielbranchen, zielbranche, target branch, target industries, target industry, "
        "target sectors, branchen der kunden",
    ),
    _field("maturity_trl", cells.MATURITY_TRL, "trl, reifegrad, maturity, reife"),
    _field(
        "cooperation_forms",
        cells.COOPERATION_LIST,
        "kooperationsform, kooperationsformen, kooperation, cooperation, cooperation form, "
        "zusammenarbeit, form der zusammenarbeit",
    ),
    _field("available_from_on", cells.DAY, "available_from, verfuegbar ab, frei ab, ab wann"),
    _field("capacity", cells.CAPACITY, "kapazitaet, freie plaetze"),
    _field(
        "customer_sizes",
        cells.SIZE_LIST,
        "kundengroessen, kundengroesse, groesse der kunden, customer size, reference customers",
    ),
    _field(
        "it_security",
        cells.IT_SECURITY_LIST,
        "it sicherheit, informationssicherheit, zertifikate, zertifizierungen, datenstandort",
    ),
    _field("price_class", cells.PRICE_CLASS, "preisklasse, price class"),
    _VISIBILITY,
    _field("status", cells.SOLUTION_STATUS),
    _CLUSTERS,
)

COMPANY_FIELDS = (
    _field(
        "id",
        cells.line(100),
        "company_id, firma_id, firma nr, kundennummer, nr, nummer, kennung, external id, lfd nr",
    ),
    *_ORGANIZATION,
    _field(
        "branches",
        cells.BRANCH_LIST,
        "branch, branche, branchen, industry, industries, wirtschaftszweig, wz, wz 2008, nace, "
        "sektor, sector, gewerk",
    ),
    _field("text", cells.TEXT, _TEXT_NAMES + ", taetigkeit, unternehmensbeschreibung", "all"),
    _LANG,
    _VISIBILITY,
    _field("status", cells.SOLUTION_STATUS),
    _CLUSTERS,
)

NEED_FIELDS = (
    _field("id", cells.line(100), "need_id, topic_id, nr, nummer, kennung, external id, lfd nr"),
    _field("id_source", cells.line(100)),
    _field(
        "company",
        cells.line(300),
        "company_id, firma, firma_id, firma nr, unternehmen, kunde, kundennummer, organisation, "
        "organization",
    ),
    _field("company_name", cells.line(300), "company.name"),
    _field("company_postcode", cells.POSTCODE, "company.postcode, company.plz"),
    _field("company_town", cells.line(200), "company.town"),
    _field("company_country", cells.COUNTRY, "company.country"),
    _field("company_branches", cells.BRANCH_LIST, "company.industry, company.branch"),
    _field("company_size", cells.SIZE_CLASS, "company.size"),
    _field("company_text", cells.TEXT, "company.profile_text, company.text"),
    _field("title", cells.line(300), "titel, betreff, thema, ueberschrift, kurztitel, need title"),
    _field(
        "text",
        cells.TEXT,
        "bedarf, beschreibung, description, problem, problembeschreibung, herausforderung, "
        "challenge, need, bedarfsbeschreibung, anliegen",
    ),
    _LANG,
    _field(
        "branches",
        cells.BRANCH_LIST,
        "branch, branche, branchen, industry, industries, wirtschaftszweig, wz, nace",
    ),
    _field(
        "tags",
        cells.TAG_LIST,
        "schlagworte, schlagwoerter, stichworte, keywords, technologien, themen, topics",
        "all",
    ),
    _field(
        "maturity_wanted_trl",
        cells.MATURITY_TRL,
        "maturity, maturity wanted, trl, reifegrad, gewuenschter reifegrad",
    ),
    _field(
        "cooperation_forms",
        cells.COOPERATION_LIST,
        "cooperation, cooperation form, kooperationsform, kooperationsformen, kooperation, "
        "zusammenarbeit, form der zusammenarbeit",
    ),
    _field("needed_by_on", cells.DAY, "needed_by, bis wann, benoetigt bis, deadline, frist"),
    _field("seat_country", cells.COUNTRY, "sitz, seat, sitz gefordert, sitzland"),
    _field("it_security", cells.IT_SECURITY_LIST, "it sicherheit, informationssicherheit"),
    _field("not_with", cells.TAG_LIST, "nicht mit, nicht vermitteln mit, sperrliste, blocked"),
    _VISIBILITY,
    _field("status", cells.NEED_STATUS),
)

PLACE_FIELDS = (
    _field("country", cells.COUNTRY, "country code, staat"),
    _field("postcode", cells.POSTCODE, "plz, postleitzahl, zip, zip code, postal code"),
    _field("name", cells.line(200), "ort, ortsname, town, city, stadt, gemeinde, municipality"),
    _field("official_key", cells.line(16), "ags, gemeindeschluessel"),
    _field("district", cells.line(200), "landkreis, kreis, county"),
    _field("state", cells.line(100), "bundesland, land, region"),
    _field("latitude", cells.LATITUDE, "lat, breite, breitengrad"),
    _field("longitude", cells.LONGITUDE, "lon, lng, long, laenge, laengengrad"),
    _field("degurba", cells.DEGURBA, "verstaedterungsgrad"),
)

FIELDS: Mapping[str, tuple[Field, ...]] = MappingProxyType(
    {
        "startups": STARTUP_FIELDS,
        "companies": COMPANY_FIELDS,
        "needs": NEED_FIELDS,
        "places": PLACE_FIELDS,
    }
)

# Without a column for each of these groups a file cannot be what it is said to be.
REQUIRED: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "startups": (("name", "text", "id"),),
        "companies": (("name", "text", "id"),),
        "needs": (("text",),),
        "places": (("postcode", "official_key"), ("name",)),
    }
)
