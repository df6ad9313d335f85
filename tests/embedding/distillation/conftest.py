"""A teacher of two layers and a few pairs of texts: enough to teach in seconds."""

import gzip
from pathlib import Path

import pytest

PAIRS = [
    ("Pumpe", "pump"),
    ("Pumpen", "pumps"),
    ("Wasser", "water"),
    ("Wasserpumpe", "water pump"),
    ("etw. pumpen", "to pump sth."),
    ("Bäder", "baths"),
    ("Bad/Bäder", "bath/baths"),
    *((f"Wasser {number}", f"water {number}") for number in range(10)),
]
# More than are held out for testing; only those beyond are taught.
SENTENCES = [
    (f"Wir haben {number} Pumpen im Keller.", f"We have {number} pumps in the cellar.")
    for number in range(1_040)
]


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like that of the real parallel texts."""
    folder = tmp_path_factory.mktemp("data")
    for part in ("parallel", "ref"):
        (folder / part).mkdir()
    for name, pairs in (("dictionary", PAIRS), ("sentences", SENTENCES)):
        lines = "".join(f"{de}\t{en}\n" for de, en in pairs)
        path = folder / "parallel" / f"{name}_de_en.tsv.gz"
        path.write_bytes(gzip.compress(lines.encode()))
    for name in ("cpv2008", "wz2008"):
        (folder / "ref" / f"ref_{name}_de_en.csv").write_text(
            f"title_de,title_en\nPumpen {name},Pumps {name}\nOhne Englisch,\n", "utf-8"
        )
    return folder


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like that of the pairs written for the project."""
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "tandems").mkdir()
    (folder / "needs.tsv").write_text(
        "kind\tregister\tde\ten\n"
        "need\tsentence\tDie Pumpe ist zu laut.\tThe pump is too loud.\n"
        "need\tsentence\tDas Wasser im Bad ist kalt.\tThe water in the bath is cold.\n",
        "utf-8",
    )
    lines = [
        f"Pumpe {n} ist laut\tpump {n} is loud\tDämmung {n} für Wasser\t{n} ways of damping water"
        for n in range(20)
    ]
    (folder / "tandems" / "all.tsv").write_text(
        "\n".join(["need_de\tneed_en\toffer_de\toffer_en", *lines]) + "\n", "utf-8"
    )
    return folder


@pytest.fixture(scope="session")
def teacher(transformer_folder: Path) -> Path:
    """The tiny English model."""
    return transformer_folder
