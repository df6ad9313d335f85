"""How much the property tests try: the same few examples in every ordinary run, or the long
campaign of `make long` with many new ones."""

import os

IS_LONG = bool(os.environ.get("MATCHMAKER_LONG"))


def examples(ordinary: int) -> int:
    """The number of examples for a test that tries so many in an ordinary run."""
    return 50 * ordinary if IS_LONG else ordinary
