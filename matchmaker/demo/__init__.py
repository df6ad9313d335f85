"""The invented demo region: data files, and their loader."""

from matchmaker.demo.loader import build, database_url

__all__ = ["build", "database_url"]
