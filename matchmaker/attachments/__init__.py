"""Files that people send along: what they are by their content, and where they are kept."""

from matchmaker.attachments.keeping import (
    LARGEST_BYTES,
    MOST_FILES,
    erase_attachments,
    find_attachment,
    keep_file,
    list_attachments,
)
from matchmaker.attachments.kinds import kind_of
from matchmaker.attachments.refusing import REFUSALS, RefusedFileError

__all__ = [
    "LARGEST_BYTES",
    "MOST_FILES",
    "REFUSALS",
    "RefusedFileError",
    "erase_attachments",
    "find_attachment",
    "keep_file",
    "kind_of",
    "list_attachments",
]
