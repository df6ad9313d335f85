"""What a file is, told by its content alone.

Neither its name nor the type that a browser states counts. A file passes that is one of five
kinds from its first byte to its last, and holds nothing that runs when it is opened. This keeps
out the usual carriers; it is no virus scanner: fonts, pictures and texts within a file are not
looked into, so files are stored and handed out, and never opened here.
"""

from matchmaker.attachments.office_files import office_kind
from matchmaker.attachments.pdf_files import check_pdf
from matchmaker.attachments.pictures import check_jpg, check_png
from matchmaker.attachments.refusing import RefusedFileError


def kind_of(content: bytes) -> str:
    """One of `ATTACHMENT_KINDS`.

    Raises
    ------
    RefusedFileError
        It is none of them, is damaged, or holds what could run.
    """
    if content.startswith(b"%PDF-"):
        check_pdf(content)
        return "pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        check_png(content)
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        check_jpg(content)
        return "jpg"
    if content.startswith(b"PK\x03\x04"):
        return office_kind(content)
    raise RefusedFileError("unknown")
