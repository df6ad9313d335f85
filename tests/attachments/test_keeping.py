"""Files with their submission: how many, how large, under which name, and how long."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.attachments import (
    LARGEST_BYTES,
    RefusedFileError,
    erase_attachments,
    find_attachment,
    keep_file,
    list_attachments,
)
from matchmaker.submissions import start_draft
from matchmaker.tables import Attachment, Submission
from tests.attachments.crafted import chunk, pdf, png
from tests.factories import add_office


@pytest.fixture
def draft(session: Session) -> Submission:
    return start_draft(session, add_office(session).id, "need", "de")[0]


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Attachment)) or 0


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Plan.PDF", "Plan.pdf"),
        ("Plan.exe", "Plan.pdf"),
        ("Plan.pdf.exe", "Plan.pdf.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\eva\\Angebot für Müller.docx", "Angebot für Müller.pdf"),
        ("fdp\u202eexe.pdf", "fdpexe.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie_ b.pdf"),
        ('"><script>.pdf', "___script_.pdf"),
        (".pdf", "pdf.pdf"),
        ("", "file.pdf"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
    ],
)
def test_a_file_is_named_after_what_it_is(
    session: Session, draft: Submission, name: str, kept: str
) -> None:
    assert keep_file(session, draft, name, pdf()).name == kept


def test_a_sixth_file_is_refused_and_the_five_stay(session: Session, draft: Submission) -> None:
    for width in range(1, 6):
        keep_file(session, draft, "a.png", png(width=width))
    with pytest.raises(RefusedFileError) as refused:
        keep_file(session, draft, "a.png", png(width=6))

    assert refused.value.refusal == "many"
    assert len(list_attachments(session, draft.id)) == 5


def test_ten_megabytes_are_taken_and_a_byte_more_is_not(
    session: Session, draft: Submission
) -> None:
    filling = LARGEST_BYTES - len(png()) - len(chunk(b"tEXt"))
    exactly = png(more=chunk(b"tEXt", bytes(filling)))
    assert keep_file(session, draft, "a.png", exactly).size_bytes == LARGEST_BYTES
    with pytest.raises(RefusedFileError) as refused:
        keep_file(session, draft, "a.png", png(more=chunk(b"tEXt", bytes(filling + 1))))

    assert refused.value.refusal == "large"


def test_the_same_content_is_kept_once(session: Session, draft: Submission) -> None:
    first = keep_file(session, draft, "a.pdf", pdf())

    assert keep_file(session, draft, "b.pdf", pdf()) is first
    assert count(session) == 1


def test_a_file_belongs_to_one_submission(session: Session, draft: Submission) -> None:
    other = start_draft(session, draft.owner_office_id, "need", "de")[0]
    kept = keep_file(session, draft, "a.pdf", pdf())

    found = find_attachment(session, draft.id, kept.id)
    assert found is not None
    assert found.content == pdf()
    assert find_attachment(session, other.id, kept.id) is None
    erase_attachments(session, other)
    assert count(session) == 1
    erase_attachments(session, draft)
    assert count(session) == 0


def test_a_deleted_submission_takes_its_files_along(session: Session, draft: Submission) -> None:
    keep_file(session, draft, "a.pdf", pdf())
    session.delete(draft)
    session.flush()

    assert count(session) == 0


def test_a_list_of_files_reads_no_content(session: Session, draft: Submission) -> None:
    keep_file(session, draft, "a.pdf", pdf())
    session.commit()
    session.expunge_all()

    (listed,) = list_attachments(session, draft.id)
    assert "content" not in listed.__dict__
