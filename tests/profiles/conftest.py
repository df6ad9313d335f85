from pathlib import Path

import pytest

from matchmaker.database import SessionFactory
from tests.profiles.office import OfficeAtWork


@pytest.fixture
def office(session_factory: SessionFactory, tmp_path: Path) -> OfficeAtWork:
    """An office with an empty database and a folder for its files."""
    return OfficeAtWork(session_factory, tmp_path)
