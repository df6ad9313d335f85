"""The invented demo region: data files, and their loader."""
