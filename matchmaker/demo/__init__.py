"""The invented demo region: data files, and their loader."""

from matchmaker.demo.loader import Demo, build, database_url

__all__ = ["Demo", "build", "database_url"]
