"""The files that pages load: style sheets and fonts, held in memory and named by their content.

A name that changes with the content can be kept by browsers for a year.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

STATIC = Path(__file__).parent / "static"
_SERVED = {".css", ".js", ".svg", ".woff2"}
_COMPRESSED = {".css", ".js", ".svg"}
_FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file; `gzipped` is None where compressing gains nothing."""

    media_type: str
    content: bytes
    gzipped: bytes | None


class Assets:
    """All files of `folder`, each under its path; a path starts with a digest of them all.

    The digest stands in front, so that a style sheet finds its fonts by their relative names.
    """

    def __init__(self, folder: Path = STATIC) -> None:
        files = sorted(path for path in folder.rglob("*") if path.suffix in _SERVED)
        self._assets: Mapping[str, Asset] = {
            path.relative_to(folder).as_posix(): _read(path) for path in files
        }
        digest = hashlib.sha256()
        for name, asset in self._assets.items():
            digest.update(name.encode() + asset.content)
        self._digest = digest.hexdigest()[:12]

    def address(self, name: str) -> str:
        """Where pages find the file `name`, such as vendor/kern.css."""
        return f"/static/{self._digest}/{name}"

    def find(self, name: str) -> Asset | None:
        """The file itself; None if there is none of this name."""
        return self._assets.get(name)

    def serve(self, request: Request) -> Response:
        """Answer `/static/{digest}/{name}`; an older digest gets the file of today, unkept."""
        asset = self._assets.get(request.path_params["name"])
        if asset is None:
            return Response(status_code=404)
        is_current = request.path_params["digest"] == self._digest
        headers = {
            "Cache-Control": _FOREVER if is_current else "no-cache",
            "Vary": "Accept-Encoding",
        }
        content = asset.content
        if asset.gzipped and "gzip" in request.headers.get("accept-encoding", ""):
            content = asset.gzipped
            headers["Content-Encoding"] = "gzip"
        return Response(content, media_type=asset.media_type, headers=headers)


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    media_type = mimetypes.types_map.get(path.suffix, "font/woff2")
    zipped = gzip.compress(content, mtime=0) if path.suffix in _COMPRESSED else None
    return Asset(media_type, content, zipped)
