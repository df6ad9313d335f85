"""The command line. Each command imports what it needs when it runs, so that none of them
waits for libraries of another; `--help` answers at once."""

from matchmaker.cli import accounts, data, learning, mailing, matching, serving, teaching
from matchmaker.cli.frame import app

__all__ = ["accounts", "app", "data", "learning", "mailing", "matching", "serving", "teaching"]
