"""Countries as people write them, in German and English."""

from functools import cache

from matchmaker.language import fold


def find_country(written: str) -> str | None:
    """The two-letter code of a country in German or English, or of a German state's country."""
    return _country_codes().get(" ".join(fold(written).replace(".", "").split()))


@cache
def _country_codes() -> dict[str, str]:
    from babel import Locale

    codes = {}
    for language in ("de", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ"):
                codes[fold(code)] = code
                codes[fold(name).replace(".", "")] = code
    states = (
        "Baden-Württemberg Bayern Berlin Brandenburg Bremen Hamburg Hessen "
        "Mecklenburg-Vorpommern Niedersachsen Nordrhein-Westfalen Rheinland-Pfalz Saarland "
        "Sachsen Sachsen-Anhalt Schleswig-Holstein Thüringen Bavaria Hesse Saxony Thuringia"
    )
    codes |= {fold(state): "DE" for state in states.split()}
    others = {"usa": "US", "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB"}
    others |= {"d": "DE", "a": "AT", "brd": "DE", "holland": "NL", "united states of america": "US"}
    return codes | others
