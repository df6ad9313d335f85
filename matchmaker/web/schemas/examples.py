"""Invented examples for the description of the API."""

from typing import Any

PARTY_ID = "0d3c5e0a-6a0b-4a39-9a3f-0d9c5a1f7c11"
STARTUP_ID = "5b0f9b1c-2f62-4f0e-8a52-51a3b6f7d522"
NEED_ID = "8e0f6a54-3c1d-4c58-b1f0-7a2d9e4c3b33"
SOLUTION_ID = "c2a7d9e8-90ab-4e6f-b0cd-2f4e6a8b9c44"
LIST_ID = "f3b8e0d1-4a5c-4b7e-9d2f-6c8a0e1b2d55"
RUN_ID = "a91c7e25-b64d-4f83-8e17-3d5f7b9a1c66"
ENTRY_ID = "17d4f6b8-e2c9-4a05-b3d1-9e8c7a6f5d77"
NEED_TEXT_ID = "2e6a8c0d-1f3b-4d5e-8a7c-9b0d1e2f3a88"
SOLUTION_TEXT_ID = "6f8b0d2e-3a5c-4e7f-9b1d-0c2e4f6a8b99"
TANDEM_ID = "b4d2f0e8-7c6a-4b5d-9e3f-1a0c2d4e6faa"
EVENT_ID = "d08e6c4a-2b19-4f37-a5e3-7c9b1d0f2e10"
_MOMENT = "2026-11-22T04:00:00Z"

_NEED_TEXT = "Wir prüfen Schweißnähte von Hand. Das soll eine Kamera übernehmen."
_SOLUTION_TEXT = "Unsere Kamera erkennt Fehler in Schweißnähten während der Fertigung."

NEW_PARTY: dict[str, Any] = {
    "kind": "sme",
    "name": "Kraichtal Metallbau GmbH",
    "website": "www.kraichtal-metallbau.example",
    "postcode": "76703",
    "town": "Kraichtal",
    "country": "DE",
    "employees": 58,
    "branches": ["25"],
    "languages": ["de"],
    "description": "Wir bauen Stahltreppen und Geländer für Gewerbe und Kommunen.",
}
PARTY: dict[str, Any] = {
    **NEW_PARTY,
    "id": PARTY_ID,
    "visibility": "office",
    "source": None,
    "external_id": None,
    "created_at": _MOMENT,
    "updated_at": _MOMENT,
    "register_number": None,
    "municipality_id": None,
    "latitude": None,
    "longitude": None,
    "founded_on": None,
    "looks_for": None,
    "is_paused": False,
}
NEW_NEED: dict[str, Any] = {
    "party_id": PARTY_ID,
    "title": "Schweißnähte prüfen",
    "text": _NEED_TEXT,
    "tags": ["Bildverarbeitung"],
    "maturity_wanted_trl": 7,
    "cooperation_forms": ["pilot", "buy"],
    "needed_by_on": "2027-06-30",
}
NEED: dict[str, Any] = {
    **NEW_NEED,
    "id": NEED_ID,
    "visibility": "office",
    "source": None,
    "external_id": None,
    "created_at": _MOMENT,
    "updated_at": _MOMENT,
    "language": "de",
    "text_version": NEED_TEXT_ID,
    "branches": [],
    "seat_country": None,
    "it_security": [],
    "status": "open",
}
NEW_SOLUTION: dict[str, Any] = {
    "party_id": STARTUP_ID,
    "title": "Nahtblick",
    "text": _SOLUTION_TEXT,
    "tags": ["Bildverarbeitung", "Qualitätssicherung"],
    "target_branches": ["25"],
    "maturity_trl": 8,
    "cooperation_forms": ["pilot"],
    "capacity": 2,
    "customer_sizes": ["small", "medium"],
}
SOLUTION: dict[str, Any] = {
    **NEW_SOLUTION,
    "id": SOLUTION_ID,
    "visibility": "office",
    "source": None,
    "external_id": None,
    "created_at": _MOMENT,
    "updated_at": _MOMENT,
    "language": "de",
    "text_version": SOLUTION_TEXT_ID,
    "available_from_on": None,
    "it_security": [],
    "price_class": None,
    "status": "active",
}
MATCH: dict[str, Any] = {
    "need": {
        "id": NEED_ID,
        "external_id": None,
        "title": "Schweißnähte prüfen",
        "status": "open",
        "text_version": NEED_TEXT_ID,
    },
    "match_list": LIST_ID,
    "run": RUN_ID,
    "generated_at": "2026-11-22T04:00:00+00:00",
    "encoder": "hashed-ngrams-1",
    "encoder_notice": "Texts are compared by spelling only.",
    "scorer": "expert-1",
    "scorer_notice": None,
    "features": "4f1c",
    "seed": 20261122,
    "considered": 60,
    "excluded": {"paused": 2},
    "abstained": None,
    "results": [
        {
            "rank": 1,
            "placed": None,
            "discovery": False,
            "list_entry": ENTRY_ID,
            "startup": {"id": STARTUP_ID, "name": "Nahtblick UG"},
            "solution": {"id": SOLUTION_ID, "title": "Nahtblick"},
            "reciprocal_score": 0.523502,
            "rule": "harmonic_mean",
            "match_probability": None,
            "band": "plausible",
            "coverage": 0.8,
            "confidence": 0.7,
            "sides": {
                "sme": {
                    "preference": 0.562177,
                    "intercept": -1.5,
                    "contributions": [
                        {
                            "feature": "need_solution_similarity",
                            "value": 0.71,
                            "unit": "cosine",
                            "contribution": 1.75,
                            "signal": 3.888889,
                            "text": "Als Ganzes gelesen liegen die beiden Texte näher beieinander.",
                        }
                    ],
                },
                "startup": {
                    "preference": 0.490001,
                    "intercept": -0.5,
                    "contributions": [
                        {
                            "feature": "need_solution_similarity",
                            "value": 0.71,
                            "unit": "cosine",
                            "contribution": 0.46,
                            "signal": 1.022222,
                            "text": "Als Ganzes gelesen liegen die beiden Texte näher beieinander.",
                        }
                    ],
                },
            },
            "evidence": [
                {
                    "need_text_version": NEED_TEXT_ID,
                    "need_span": [34, 66],
                    "solution_text_version": SOLUTION_TEXT_ID,
                    "solution_span": [0, 68],
                    "similarity": 0.78,
                }
            ],
            "against": [],
        }
    ],
    "texts": {NEED_TEXT_ID: _NEED_TEXT, SOLUTION_TEXT_ID: _SOLUTION_TEXT},
}
STARTUP_NEEDS: dict[str, Any] = {
    "startup": {"id": STARTUP_ID, "name": "Nahtblick UG"},
    **{
        name: MATCH[name]
        for name in ("encoder", "encoder_notice", "scorer", "scorer_notice", "features")
    },
    "generated_at": "2026-11-22T04:00:00+00:00",
    "considered": 14,
    "excluded": {"blocked_pair": 1},
    "results": [{**MATCH["results"][0], "need": MATCH["need"], "list_rank": 1}],
    "texts": MATCH["texts"],
}
ADVICE: dict[str, Any] = {
    "suggestions": [
        {
            "fact": "it_security",
            "value": "iso27001",
            "lifted": [{"need": NEED_ID, "before": 7, "after": 4}],
            "fallen": [],
        }
    ]
}
TANDEM: dict[str, Any] = {
    "id": TANDEM_ID,
    "sme_party_id": PARTY_ID,
    "startup_party_id": STARTUP_ID,
    "stage": "sme_asked",
    "version": 1,
    "created_at": _MOMENT,
    "updated_at": _MOMENT,
}
WHOLE_TANDEM: dict[str, Any] = {
    **TANDEM,
    "legal_moves": ["startup_asked", "ended"],
    "events": [
        {
            "id": EVENT_ID,
            "kind": "sme_asked",
            "reason": None,
            "list_entry": ENTRY_ID,
            "origin": "api",
            "happened_at": _MOMENT,
            "recorded_at": _MOMENT,
        }
    ],
}
