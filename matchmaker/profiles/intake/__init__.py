"""Files in and files out: reading whatever an office has, checking it row by row, writing it in
one transaction, taking it back, and exporting it again."""

from matchmaker.profiles.intake.exporting import export_file
from matchmaker.profiles.intake.importing import import_file
from matchmaker.profiles.intake.reading import Rejected
from matchmaker.profiles.intake.report import ImportReport
from matchmaker.profiles.intake.taking import Delivery, Progress, take_file
from matchmaker.profiles.intake.undo import undo_batch

__all__ = [
    "Delivery",
    "ImportReport",
    "Progress",
    "Rejected",
    "export_file",
    "import_file",
    "take_file",
    "undo_batch",
]
