"""Random regions, and how many of them a property test sees.

A region is a snapshot: a handful of invented firms and startups whose facts may be missing,
odd or contradictory. `RANDOM_REGIONS` is the one place that says how many there are.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from itertools import combinations
from random import Random
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from matchmaker.profiles.texts import clean_text, language_of, text_hash
from matchmaker.values import NeedProfile, PartyProfile, Snapshot, SolutionProfile, Text
from tests.campaign import examples
from tests.regions import a_region, new_id

RANDOM_REGIONS = examples(300)


def regional(share: float = 1.0) -> Callable[[Any], Any]:
    """Let a property test see this share of the random regions, the same ones every time."""
    return settings(
        max_examples=max(1, round(share * RANDOM_REGIONS)),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


# Sentences come from a small stock, so that texts share words.

GERMAN = (
    "Wir suchen eine automatische Sichtprüfung unserer Gussteile.",
    "Die Ausschussquote im Spritzguss ist zu hoch.",
    "Unsere Kamera erkennt Kratzer und Risse in Echtzeit.",
    "Fachkräfte fehlen, vor allem in der Nachtschicht.",
    "Der Energieverbrauch der Öfen soll um 20 % sinken.",
    "Wir planen Touren für Handwerksbetriebe.",
    "Die Software läuft vor Ort, ohne Cloud.",
    "Wie lange hält ein Fräser, z. B. bei Edelstahl?",
    "Kontakt: info@beispiel.example; Tel. 06221/000.",
    "KI für die Kita, Platzvergabe per Klick",
)
ENGLISH = (
    "We predict machine failures from vibration data.",
    "Our robots pick parts from bins without teaching.",
    "Energy management for small factories.",
    "Invoices and delivery notes are read automatically.",
    "Cameras find scratches and cracks in castings.",
    "No cloud needed; the software runs on premises.",
    "AI",
)
ODD = (
    "",
    "KI",
    "Pumpe.",
    "•\n• \n-",
    "und oder aber die der das",
    "1 2 3 4 5 6 7 8 9",
    "🤖🔧 𝔐aschine \u202eabc\u202c ﬁne ①",
    "İstanbul ǅ ß ſ e\u0301 Ärger \u00ad\u200b",
    "Wort" * 120,
    "{need} “%s” </b> \\0 'x'",
    "机器 学习 制造",
)


def _stock() -> tuple[str, ...]:
    """Mostly prose, or hardly any solution would say enough to be ranked."""
    random = Random(20261122)
    prose = [
        " ".join(random.choices(sentences, k=random.randint(2, 6)))
        for sentences in (*[GERMAN] * 4, *[ENGLISH] * 3, *[GERMAN + ENGLISH + ODD] * 3)
        for _ in range(8)
    ]
    return (*prose, *ODD)


_STOCK = _stock()
_ANYTHING = st.text(st.characters(codec="utf-8"), max_size=60)
# Every draw costs time, so a strategy draws once where it can: None and the empty set, "not
# known", are among the values themselves.
_DETECTED = "detected"
_TEXT_LANGUAGES = st.sampled_from([*[_DETECTED] * 4, "de", "en", "fr", None])


@st.composite
def texts(draw: st.DrawFn) -> Text:
    words = draw(st.sampled_from([*_STOCK, *[None] * 6]))
    cleaned = clean_text(draw(_ANYTHING) if words is None else words)
    language = draw(_TEXT_LANGUAGES)
    if language is _DETECTED:
        language = language_of(cleaned)
    return Text(new_id(), cleaned, text_hash(cleaned), language)


def maybe(values: Iterable[Any]) -> SearchStrategy[Any]:
    known = list(values)
    return st.sampled_from([*known, *[None] * (1 + len(known) // 2)])


def some(*words: str) -> SearchStrategy[frozenset[str]]:
    sets = [frozenset(chosen) for size in (1, 2, 3) for chosen in combinations(words, size)]
    return st.sampled_from([*sets, *[frozenset[str]()] * (1 + len(sets) // 2)])


def rarely(value: Any, else_: Any) -> SearchStrategy[Any]:
    return st.sampled_from([*[else_] * 11, value])


_NAMES = maybe([*GERMAN, *ODD, "Muster GmbH"])
_DAYS = maybe(date(year, 2, 28) for year in (1900, 2026, 2027, 2028, 2100))
_LEVELS = maybe(range(1, 10))
_COUNTRIES = maybe(["DE", "DE", "FR", "XX"])
_BRANCHES = some("28", "25", "62", "01", "A", "holzbau", "{0}", "\U0001f916")
_FORMS = some("buy", "pilot", "joint_development", "stake")
_SIZES = some("micro", "small", "medium", "large", "unheard-of")
_SECURITY = some("iso27001", "tisax", "on_premises", "{proof}")
_LANGUAGES = some("de", "en", "fr", "tr")
_TAGS = some("spritzguss", "KI", "computer vision", "{}", "", "energy management")
_DEGREES = maybe([0.0, 49.25, 8.88, -90.0, 90.0])
_NO_TEXT = st.none()


@st.composite
def parties(draw: st.DrawFn, kind: str) -> PartyProfile:
    return PartyProfile(
        id=new_id(),
        name=draw(_NAMES),
        external_id=draw(_NAMES),
        kind=kind,
        town=draw(_NAMES),
        country=draw(_COUNTRIES),
        latitude=draw(_DEGREES),
        longitude=draw(_DEGREES),
        employees=draw(maybe([0, 9, 10, 80, 10**6])),
        branches=draw(_BRANCHES),
        languages=draw(_LANGUAGES),
        description=draw(_NO_TEXT | texts()),
        looks_for=draw(_NO_TEXT | texts()),
        is_paused=draw(rarely(True, else_=False)),
        has_consent=draw(rarely(False, else_=True)),
    )


@st.composite
def needs(draw: st.DrawFn, firm: PartyProfile | None) -> NeedProfile:
    return NeedProfile(
        id=new_id(),
        text=draw(texts()),
        party=firm,
        title=draw(_NAMES),
        branches=draw(_BRANCHES),
        tags=draw(_TAGS),
        maturity_wanted_trl=draw(_LEVELS),
        cooperation_forms=draw(_FORMS),
        needed_by_on=draw(_DAYS),
        seat_country=draw(rarely("DE", else_=None) | _COUNTRIES),
        it_security=draw(_SECURITY),
    )


@st.composite
def solutions(draw: st.DrawFn, startup: PartyProfile) -> SolutionProfile:
    return SolutionProfile(
        id=new_id(),
        party=startup,
        text=draw(texts()),
        title=draw(_NAMES),
        tags=draw(_TAGS),
        target_branches=draw(_BRANCHES),
        maturity_trl=draw(_LEVELS),
        cooperation_forms=draw(_FORMS),
        available_from_on=draw(_DAYS),
        capacity=draw(rarely(0, else_=None) | st.just(2)),
        customer_sizes=draw(_SIZES),
        it_security=draw(_SECURITY),
        is_paused=draw(rarely(True, else_=False)),
    )


@st.composite
def regions(draw: st.DrawFn) -> Snapshot:
    """One or two needs and up to eight solutions.

    A startup may own several solutions, and be the firm behind a need as well.
    """
    startups = [draw(parties("startup")) for _ in range(draw(st.integers(1, 4)))]
    offered = [
        draw(solutions(draw(st.sampled_from(startups))))
        for _ in range(draw(st.sampled_from([2, 0, 1, 3, 4, 5, 6, 8])))
    ]
    # Two startups may have copied one wording.
    if len(offered) > 1 and draw(st.booleans()):
        copied = replace(offered[0].text, version_id=new_id())
        offered[1] = replace(offered[1], text=copied)
    firm = draw(parties("sme"))
    asked = [
        draw(needs(draw(st.sampled_from([firm, firm, None, startups[0]]))))
        for _ in range(draw(st.integers(1, 2)))
    ]
    blocked = [
        frozenset((firm.id, startup.id)) for startup in startups if draw(rarely(True, else_=False))
    ]
    return a_region(asked, offered, blocked)
