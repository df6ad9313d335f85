"""Matchmaker: pairs rural SMEs with startups that can solve a concrete problem of theirs."""

__version__ = "0.1.0"
