"""Pages that must be there, generated from the configuration: what they say is what is set."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from matchmaker.config import Settings
from matchmaker.web.pages.showing import page_route, show
from matchmaker.web.rendering import Page

router = APIRouter()

# What each feature looks at, in plain words.
FEATURES = {
    "need_solution_similarity": "How close the two texts are in meaning",
    "sentence_similarity": "Whether single sentences of the solution answer the need",
    "lexical_overlap": "Telling words that both texts use",
    "looks_for_similarity": "Whether the startup looks for customers of this kind",
    "tag_fit": "Keywords of the solution that the need names",
    "branch_fit": "Whether the solution is made for the firm's branch",
    "maturity_gap": "How mature the solution is, against what the firm wants",
    "cooperation_fit": "The form of cooperation: buying, piloting, developing, investing",
    "days_late": "Whether the startup is free in time",
    "size_experience": "Experience with customers of this size",
    "language_fit": "A language that both speak",
    "seat_distance_km": "How far apart the two are seated",
    "seat_demand": "The country of seat that the firm demands",
    "it_security_share": "Proofs of IT security that the firm demands",
}
# Log-odds per point from which a feature is said to weigh much or some.
_MUCH, _SOME = 0.4, 0.2

BASES = {
    "public_task": "a task in the public interest (Art. 6(1)(e) GDPR)",
    "contract": "steps towards a contract that you ask for (Art. 6(1)(b) GDPR)",
    "legitimate_interest": "a legitimate interest (Art. 6(1)(f) GDPR)",
    "consent": "your consent (Art. 6(1)(a) GDPR)",
}
CONFORMANCE = {
    "full": "This website conforms to EN 301 549 and to WCAG 2.2, level AA.",
    "partial": "This website conforms in part to EN 301 549 and to WCAG 2.2, level AA.",
    "none": "This website does not conform to EN 301 549 and WCAG 2.2, level AA, yet.",
    "not_assessed": "Whether this website conforms to EN 301 549 and to WCAG 2.2, level AA, "
    "has not been assessed yet.",
}


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """A feature in words, and how much it weighs on each side: much, some, little or none."""

    label: str
    sme: str
    startup: str


@dataclass(frozen=True, slots=True)
class HowWeProposePage(Page):
    """What proposals are computed from, who decides, and how to object."""

    template: ClassVar[str] = "statements/how_we_propose.html"
    name: ClassVar[str | None] = "how_we_propose"

    features: list[FeatureRow]
    strong: float
    plausible: float
    encoder_notice: str | None
    languages: list[str]


@dataclass(frozen=True, slots=True)
class PrivacyPage(Page):
    """What happens with personal data, and which rights people have."""

    template: ClassVar[str] = "statements/privacy.html"
    name: ClassVar[str | None] = "privacy"

    basis: str


@dataclass(frozen=True, slots=True)
class AccessibilityPage(Page):
    """How accessible the pages are, and whom to tell where they are not."""

    template: ClassVar[str] = "statements/accessibility.html"
    name: ClassVar[str | None] = "accessibility"

    conformance: str


@dataclass(frozen=True, slots=True)
class ImprintPage(Page):
    """Who answers for the pages."""

    template: ClassVar[str] = "statements/imprint.html"
    name: ClassVar[str | None] = "imprint"


@page_route(router, "how_we_propose")
def read_how_we_propose(request: Request) -> Response:
    """Show how proposals come about."""
    settings: Settings = request.app.state.settings
    encoder = request.app.state.encoder
    page = HowWeProposePage(
        features=feature_rows(settings),
        strong=settings.scoring.bands.strong,
        plausible=settings.scoring.bands.plausible,
        encoder_notice=encoder.notice,
        languages=sorted(encoder.languages or ()),
    )
    return show(request, page)


@page_route(router, "privacy")
def read_privacy(request: Request) -> Response:
    """Show the privacy notice."""
    settings: Settings = request.app.state.settings
    return show(request, PrivacyPage(basis=BASES[settings.privacy.matching]))


@page_route(router, "accessibility")
def read_accessibility(request: Request) -> Response:
    """Show the accessibility statement."""
    settings: Settings = request.app.state.settings
    return show(request, AccessibilityPage(CONFORMANCE[settings.accessibility.conformance]))


@page_route(router, "imprint")
def read_imprint(request: Request) -> Response:
    """Show the imprint."""
    return show(request, ImprintPage())


def feature_rows(settings: Settings) -> list[FeatureRow]:
    """The features that count on either side, those that weigh most first."""
    sme, startup = (
        {name: feature.weight for name, feature in side.features.items()}
        for side in (settings.scoring.sme, settings.scoring.startup)
    )
    heaviest = {name: max(sme.get(name, 0), startup.get(name, 0)) for name in {**sme, **startup}}
    return [
        FeatureRow(FEATURES[name], _weight(sme.get(name, 0)), _weight(startup.get(name, 0)))
        for name in sorted(heaviest, key=lambda name: (-heaviest[name], list(FEATURES).index(name)))
        if heaviest[name] > 0
    ]


def _weight(weight: float) -> str:
    if weight <= 0:
        return "none"
    return "much" if weight >= _MUCH else "some" if weight >= _SOME else "little"
