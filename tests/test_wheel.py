"""The wheel carries all that an installation needs."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_has_migrations_models_configuration_and_data(installed: Path) -> None:
    shipped = installed / "matchmaker" / "shipped"

    assert (shipped / "config.yaml").is_file()
    assert (shipped / "models").is_dir()
    assert list((shipped / "migrations" / "versions").glob("*.py"))
    assert (installed / "matchmaker" / "locale" / "de.po").is_file()
    assert (installed / "matchmaker" / "demo" / "startups.csv").is_file()
    web = installed / "matchmaker" / "web"
    assert (web / "locale" / "de.po").is_file()
    assert (web / "templates" / "frame.html").is_file()
    assert (web / "static" / "matchmaker.css").is_file()
    assert (web / "static" / "vendor" / "kern.css").is_file()
    assert len(list((web / "static" / "vendor").glob("*.woff2"))) == 3
    assert list((installed / "matchmaker" / "language" / "word_lists").glob("*.txt"))
    assert not list(installed.glob("tests"))


def test_an_installation_from_the_wheel_creates_its_database(
    installed: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    result = subprocess.run(
        [sys.executable, "-c", "from matchmaker.cli import app; app(['init', '--json'])"],
        env={**os.environ, "PYTHONPATH": str(installed), "MATCHMAKER_DATABASE_URL": url},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stderr
    assert '"revision"' in result.stdout
    assert (tmp_path / "new.sqlite").is_file()
