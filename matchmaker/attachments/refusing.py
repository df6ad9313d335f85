"""Why a file is not taken, in words that say what to do."""

from typing import Literal

Refusal = Literal["unknown", "damaged", "active", "protected", "unpacks", "large", "many"]

REFUSALS: dict[Refusal, str] = {
    "unknown": "This is no PDF, PNG, JPG, DOCX or XLSX file.",
    "damaged": "The file is damaged or has an unusual form. Please save it anew, best as PDF.",
    "active": "The file holds macros, programs or other files. Please save it as a plain PDF.",
    "protected": "The file is protected. Please save it without a password.",
    "unpacks": "The file unpacks to far too much. Please save it as PDF.",
    "large": "The file is larger than 10 MB.",
    "many": "Five files are the most.",
}


class RefusedFileError(ValueError):
    """A file that is not taken; `words` say why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal
        self.words = REFUSALS[refusal]
