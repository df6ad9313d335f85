"""Closed lists of words in columns."""


def one_of(column: str, words: tuple[str, ...]) -> str:
    """SQL that holds `column` to a closed list of words."""
    return f"{column} IN ({', '.join(repr(word) for word in words)})"
