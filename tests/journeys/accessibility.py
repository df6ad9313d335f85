"""What axe-core finds on a page, and a picture of it for people."""

import json
from pathlib import Path

from playwright.sync_api import Page

_AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# The newest run's pictures of the main pages; `var` is not part of git.
SCREENSHOTS = Path(__file__).parents[2] / "var" / "screenshots"
_RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """Each violation: the rule, and the elements that break it."""
    # Evaluated by the browser's own means: the pages allow no foreign code.
    page.evaluate(_AXE.read_text("utf-8"))
    found = page.evaluate(f"axe.run({{runOnly: {json.dumps(_RULES)}}}).then(r => r.violations)")
    return [f"{one['id']}: {json.dumps([node['html'] for node in one['nodes']])}" for one in found]


def look_at(page: Page, name: str | None = None) -> None:
    """Hold a page to accessibility and to its width, narrow and wide; keep a picture of it."""
    page.wait_for_load_state()
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []
    if name is not None:
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
