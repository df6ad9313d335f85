"""Takes what pages need out of other people's packages; run by `make setup`.

    python -m matchmaker.web.assembling node_modules

The style sheet of KERN comes with 340 kB and its fonts with 130 kB each. The fonts are cut down
to the letters of European languages, which leaves 20 kB. htmx and the widget of ALTCHA are taken
as they are. What is written lies in `static/vendor`, is not committed, and is part of a wheel that
is built afterwards.
"""

import logging
import re
import shutil
import sys
from pathlib import Path

VENDOR = Path(__file__).parent / "static" / "vendor"

# Letters of European languages in Latin script, punctuation, currency, arrows.
_LETTERS = "U+0020-007E,U+00A0-017F,U+0192,U+2010-2027,U+2030,U+2039,U+203A,U+20AC,U+2190-2193"
_WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600}


def assemble(node_modules: Path, target: Path = VENDOR) -> None:
    """Fill `target` anew from an installation of `package.json`."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    _copy_altcha(node_modules / "altcha", target)
    package = node_modules / "@kern-ux" / "native"
    kern = package / "dist"
    shutil.copyfile(package / "LICENSE.md", target / "kern.LICENSE.md")
    htmx = node_modules / "htmx.org"
    shutil.copyfile(htmx / "LICENSE", target / "htmx.LICENSE.txt")
    shutil.copyfile(htmx / "dist" / "htmx.min.js", target / "htmx.js")
    style = (kern / "kern.min.css").read_text("utf-8")
    (target / "kern.css").write_text(_faces() + _without_charset(style), "utf-8")
    for weight in _WEIGHTS:
        _cut(kern / "fonts" / "fira-sans" / f"FiraSans-{weight}.woff2", target)


def _copy_altcha(package: Path, target: Path) -> None:
    """The widget whose style and worker are files of their own, as our security policy wants."""
    shutil.copyfile(package / "LICENSE.txt", target / "altcha.LICENSE.txt")
    for source, name in (
        ("external/altcha.min.js", "altcha.js"),
        ("external/altcha.css", "altcha.css"),
        ("i18n/de.js", "altcha.de.js"),
        ("workers/pbkdf2.js", "altcha.worker.js"),
    ):
        shutil.copyfile(package / "dist" / source, target / name)


def _faces() -> str:
    return "".join(
        f"@font-face{{font-family:'Fira Sans';font-weight:{number};font-style:normal;"
        f"font-display:swap;src:url('FiraSans-{weight}.woff2') format('woff2')}}"
        for weight, number in _WEIGHTS.items()
    )


def _without_charset(style: str) -> str:
    return re.sub(r"^\ufeff?(@charset [^;]*;)?", "", style)


def _cut(font: Path, target: Path) -> None:
    from fontTools import subset

    subset.main(
        [str(font), f"--unicodes={_LETTERS}", "--flavor=woff2", "--layout-features=kern,liga,tnum",
         f"--output-file={target / font.name}"]
    )  # fmt: skip


if __name__ == "__main__":
    # The font's old table version is no news to anybody who sets up the project.
    logging.disable(logging.WARNING)
    assemble(Path(sys.argv[1]))
