"""Cells that hold several items, and cells that only say that nothing is known."""

from collections.abc import Iterable

from matchmaker.language import fold

_NOTHING_TEXT = (
    "-|--|---|–|—|.|?|n/a|#n/a|na|#nv|k.a.|k. a.|ka|keine angabe|null|none|nan|nat|unbekannt|"
    "unknown|n.n."
)
_NOTHING = frozenset(_NOTHING_TEXT.split("|"))


def says_nothing(written: str) -> bool:
    """Whether a cell only says that nothing is known: "-", "n/a", "k. A."."""
    return fold(written) in _NOTHING


def split_list(written: str) -> list[str]:
    """The items of a cell, separated by | or else by ; or else by , or line breaks."""
    for separator in ("|", ";"):
        if separator in written:
            break
    else:
        separator = ","
        written = written.replace("\n", ",")
    items = (item.strip() for item in written.split(separator))
    return list(dict.fromkeys(item for item in items if item and not says_nothing(item)))


def join_list(items: Iterable[str]) -> str:
    """The cell that `split_list` reads back as the same items."""
    kept = [item.replace("|", "/") for item in items]
    alone = len(kept) == 1 and any(mark in kept[0] for mark in ";,\n")
    return "|".join(kept) + ("|" if alone else "")
