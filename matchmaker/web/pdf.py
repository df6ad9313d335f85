"""Pages on paper: HTML to a tagged PDF (PDF/UA-1) that reads nothing but our own fonts."""

from typing import TYPE_CHECKING, Any

from matchmaker.web.assets import Assets

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

# The only addresses that a document may name: files of `static`, such as own:///vendor/x.woff2.
SCHEME = "own:///"


def write_pdf(html: str, assets: Assets) -> bytes:
    """The document as a PDF with its structure, language and title; it starts with `%PDF`."""
    # Importing it takes a second, and most requests print nothing.
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):  # type: ignore[misc]  # untyped
        """Reads our own files and refuses every other address."""

        def fetch(self, url: str, headers: Any = None) -> "URLFetcherResponse":
            asset = assets.find(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
            if asset is None:
                raise ValueError(f"a document may not read {url}")
            return URLFetcherResponse(url, asset.content, {"Content-Type": asset.media_type})

    document = HTML(string=html, base_url=SCHEME, url_fetcher=OwnFiles())
    content: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return content
