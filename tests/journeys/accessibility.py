"""What axe-core finds on a page."""

import json
from pathlib import Path

from playwright.sync_api import Page

_AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """Each violation: the rule, and the elements that break it."""
    # Evaluated by the browser's own means: the pages allow no foreign code.
    page.evaluate(_AXE.read_text("utf-8"))
    found = page.evaluate(f"axe.run({{runOnly: {json.dumps(_RULES)}}}).then(r => r.violations)")
    return [f"{one['id']}: {json.dumps([node['html'] for node in one['nodes']])}" for one in found]
