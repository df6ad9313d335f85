"""Forms with files: read piece by piece, put aside on disk, and bounded before anything else."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Annotated, BinaryIO

from fastapi import Depends, HTTPException, Request
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser

from matchmaker.attachments import LARGEST_BYTES
from matchmaker.errors import InvalidInputError
from matchmaker.profiles import clean_text
from matchmaker.web.forms import MOST_FIELDS, read_form

# Room for files too many and too large, so that people get the form back and not an error page.
_MOST_BYTES = 100_000_000
_MOST_FILES = 20
_LONGEST_FIELD_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was sent: what it is called, and where it waits."""

    name: str
    _file: BinaryIO

    def read(self) -> bytes:
        """The content; of a file that is too large, one byte more than allowed."""
        return self._file.read(LARGEST_BYTES + 1)


@dataclass(frozen=True, slots=True)
class Sent:
    """The fields of a form, cleaned texts by name, and its files, of whatever field."""

    fields: dict[str, list[str]]
    files: Sequence[SentFile] = ()


async def read_sent(request: Request) -> AsyncIterator[Sent]:
    """A form that may hold files; they are gone when the request ends.

    Raises
    ------
    HTTPException
        413: the form is larger than a form with too many files is.
    InvalidInputError
        It is no form.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        yield Sent(await read_form(request))
        return
    parser = MultiPartParser(
        request.headers,
        _bounded(request),
        max_files=_MOST_FILES,
        max_fields=MOST_FIELDS,
        max_part_size=_LONGEST_FIELD_BYTES,
    )
    try:
        form = await parser.parse()
    except MultiPartException:
        raise InvalidInputError("This is no form that we sent.") from None
    try:
        yield _sent(form)
    finally:
        await form.close()


SentForm = Annotated[Sent, Depends(read_sent)]


async def _bounded(request: Request) -> AsyncGenerator[bytes, None]:
    left = _MOST_BYTES
    async for piece in request.stream():
        left -= len(piece)
        if left < 0:
            raise HTTPException(413)
        yield piece


def _sent(form: FormData) -> Sent:
    fields: dict[str, list[str]] = {}
    files = []
    for name, value in form.multi_items():
        if isinstance(value, str):
            fields.setdefault(name, []).append(clean_text(value))
        elif value.filename or value.size:  # a field for files that was left empty has neither
            files.append(SentFile(value.filename or "", value.file))
    return Sent(fields, files)
