"""Synthetic regions of any size: seeded, with words as unevenly used as real ones."""

from collections.abc import Iterator
from uuid import UUID

import numpy as np
from sqlalchemy import insert
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.profiles import new_text_version
from matchmaker.tables import Party, Solution, TextVersion

_SYLLABLES = [first + last for first in "bdfghklmnprst" for last in "aeiou"]
_VOCABULARY = 20_000
_BRANCHES = ("10", "22", "25", "28", "43", "49", "62", "86")
_FORMS = ("buy", "pilot", "joint_development", "stake")


class SyntheticWords:
    """Texts of invented words whose frequencies follow Zipf's law."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        syllables = self._random.choice(_SYLLABLES, (_VOCABULARY, 4))
        self._words = ["".join(row) for row in syllables]
        frequency = 1.0 / np.arange(1, _VOCABULARY + 1)
        self._frequency = frequency / frequency.sum()

    def text(self, sentences: int = 5, words: int = 12) -> str:
        """So many sentences of so many words."""
        drawn = self._random.choice(_VOCABULARY, (sentences, words), p=self._frequency)
        lines = (" ".join(self._words[word] for word in row) for row in drawn)
        return " ".join(line.capitalize() + "." for line in lines)

    def pick(self, choices: tuple[str, ...], count: int) -> list[str]:
        """Some of the choices, in the order of the alphabet."""
        return sorted(self._random.choice(choices, count, replace=False).tolist())


def add_startups(session: Session, office_id: UUID, count: int, words: SyntheticWords) -> None:
    """Store `count` startups with one solution each, half German, half English."""
    for start in range(0, count, 1_000):
        _add(session, office_id, range(start, min(start + 1_000, count)), words)
    ledger.record(session, office_id, "synthesize", actor="benchmark", details={"startups": count})


def _add(session: Session, office_id: UUID, numbers: range, words: SyntheticWords) -> None:
    versions = list(_versions(office_id, numbers, words))
    session.add_all(versions)
    parties = [
        Party(
            owner_office_id=office_id,
            kind="startup",
            name=f"Startup {number}",
            country="DE",
            latitude=49.0 + number % 100 / 100,
            longitude=8.4 + number % 77 / 77,
            languages=["de", "en"],
            branches=["62"],
        )
        for number in numbers
    ]
    session.add_all(parties)
    session.flush()
    rows = [
        {
            "owner_office_id": office_id,
            "party_id": party.id,
            "text_id": version.id,
            "tags": [],
            "target_branches": words.pick(_BRANCHES, 2),
            "cooperation_forms": words.pick(_FORMS, 2),
            "customer_sizes": ["small", "medium"],
            "it_security": [],
            "maturity_trl": 1 + number % 9,
        }
        for number, party, version in zip(numbers, parties, versions, strict=True)
    ]
    session.execute(insert(Solution), rows)


def _versions(office_id: UUID, numbers: range, words: SyntheticWords) -> Iterator[TextVersion]:
    for number in numbers:
        yield new_text_version(office_id, words.text(), "de" if number % 2 else "en")
