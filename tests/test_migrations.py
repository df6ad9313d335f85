"""The migrations on both databases, with a row in every table."""

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, func, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.config import shipped_folder
from matchmaker.database import Base, now, open_engine, open_sessions, transaction
from matchmaker.installation import current_revision, migrate, newest_revision
from matchmaker.tables import (
    ApiToken,
    Attachment,
    BlockedPair,
    ClusterMembership,
    Consent,
    Contact,
    Embedding,
    Event,
    Hold,
    ImportBatch,
    ImportChange,
    ImportMapping,
    LoginSession,
    Mail,
    MatchList,
    MatchListEntry,
    MatchRun,
    Municipality,
    Officer,
    Placement,
    Review,
    SavedFilter,
    SentenceEmbedding,
    SpentChallenge,
    Submission,
    Tandem,
    TandemNote,
    Teaser,
)
from tests.factories import add_entry, add_need, add_office, add_solution


def alembic(engine: Engine, do: str, *arguments: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(shipped_folder() / "migrations"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        getattr(command, do)(config, *arguments)


def add_one_of_everything(session: Session) -> None:
    office = add_office(session)
    need = add_need(session, office.id, needed_by_on=date(2027, 3, 1), tags=["Prüfung"])
    solution = add_solution(session, office.id, capacity=2)
    assert need.party_id
    owned = {"owner_office_id": office.id}
    digest = "0" * 64
    vector = {"text_hash": digest, "encoder_version": "x", "role": "query", "dimension": 1}
    run = MatchRun(
        **owned, as_of=now(), encoder_version="e", scorer_version="s", feature_version="f", seed=1
    )
    batch = ImportBatch(
        **owned, kind="needs", source="s", file_name="f", file_hash=digest, summary={}
    )
    submission = Submission(**owned, language="de", need_id=need.id)
    tandem = Tandem(**owned, sme_party_id=need.party_id, startup_party_id=solution.party_id)
    officer = Officer(office_id=office.id, email=f"{office.slug}@kreis.example", name="Amt")
    session.add_all([run, batch, tandem, officer, submission])
    session.flush()
    match_list = MatchList(
        match_run_id=run.id,
        need_id=need.id,
        need_text_version_id=need.text_id,
        considered=1,
        excluded={},
        length=10,
        input_digest=digest,
    )
    session.add(match_list)
    event = Event(
        **owned,
        kind="judged_no_fit",
        origin="test",
        happened_at=now(),
        tandem_id=tandem.id,
        officer_id=officer.id,
    )
    session.add(event)
    session.flush()
    session.add_all(
        [
            LoginSession(officer_id=officer.id, token_hash=digest, expires_at=now()),
            ApiToken(office_id=office.id, token_hash=digest, label="test"),
            Municipality(country="DE", postcode="76703", name="Kraichtal", name_key="kraichtal"),
            ClusterMembership(
                **owned, party_id=need.party_id, cluster="green", starts_on=date(2026, 1, 1)
            ),
            Consent(**owned, party_id=need.party_id, purpose="matching"),
            BlockedPair(**owned, party_id=need.party_id, other_party_id=solution.party_id),
            Embedding(**vector, vector=b"1234"),
            SentenceEmbedding(**vector, count=1, vectors=b"1"),
            MatchListEntry(
                match_list_id=match_list.id,
                need_id=need.id,
                solution_id=solution.id,
                solution_text_version_id=solution.text_id,
                rank=1,
                sme_preference=0.5,
                startup_preference=0.5,
                reciprocal_score=0.5,
                exposure_propensity=1.0,
                document=b"{}",
            ),
            Attachment(
                submission_id=submission.id,
                name="a.pdf",
                kind="pdf",
                size_bytes=1,
                sha256=digest,
                content=b"%",
            ),
            SpentChallenge(signature=digest, expires_at=now()),
            Placement(
                **owned,
                need_id=need.id,
                solution_id=solution.id,
                kind="pinned",
                officer_id=officer.id,
            ),
            Submission(
                **owned,
                kind="startup",
                state="rests",
                language="de",
                party_id=solution.party_id,
                suspected_party_id=need.party_id,
                brought_by_id=officer.id,
            ),
            Review(
                **owned,
                need_id=need.id,
                number=1,
                text_version_id=need.text_id,
                decision="question",
                question="Wie viele?",
                officer_id=officer.id,
            ),
            Teaser(
                **owned,
                need_id=need.id,
                number=1,
                text_id=need.text_id,
                need_text_id=need.text_id,
                written_by=officer.id,
            ),
            SavedFilter(officer_id=officer.id, name="Offene", choices={"status": "all"}),
            Contact(**owned, party_id=need.party_id, name="Eva Muster"),
            Mail(
                **owned, recipient="a@b.example", subject="s", text="t", html="<p>", language="de"
            ),
            Hold(
                **owned,
                made_by_event_id=event.id,
                code="price",
                need_id=need.id,
                solution_id=solution.id,
                startup_party_id=solution.party_id,
            ),
            TandemNote(**owned, tandem_id=tandem.id, text="Anrufen", due_on=date(2027, 1, 4)),
            ImportChange(batch_id=batch.id, position=1, table_name="need", record_id=uuid4()),
            ImportMapping(**owned, kind="needs", name="Liste", columns={"text": "Bedarf"}),
        ]
    )
    ledger.record(session, office.id, "test", actor="test")


def test_migrations_run_down_and_up_again_with_a_row_in_every_table(database_url: str) -> None:
    engine = open_engine(database_url)
    with transaction(open_sessions(engine)) as session:
        add_one_of_everything(session)
    with engine.connect() as connection:
        for table in Base.metadata.tables.values():
            assert connection.scalar(select(func.count()).select_from(table)), table.name

    alembic(engine, "downgrade", "base")
    assert inspect(engine).get_table_names() in ([], ["alembic_version"])
    alembic(engine, "upgrade", "head")

    assert current_revision(engine) == newest_revision()
    with transaction(open_sessions(engine)) as session:
        add_one_of_everything(session)
    engine.dispose()


def test_a_held_submission_waits_for_its_mail_box_again_after_a_step_back(
    database_url: str,
) -> None:
    engine = open_engine(database_url)
    with transaction(open_sessions(engine)) as session:
        office = add_office(session)
        session.add(Submission(owner_office_id=office.id, language="de", state="held"))
    with engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text("UPDATE submission SET state = 'lost'"))

    alembic(engine, "downgrade", "0005_list_notice")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT state FROM submission")) == "unconfirmed"
    alembic(engine, "upgrade", "head")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT value FROM challenge_key"))
    engine.dispose()


def test_a_migrated_connection_holds_its_foreign_keys(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new.sqlite'}")
    migrate(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        with pytest.raises(IntegrityError):
            connection.execute(
                insert(Officer).values(
                    id=uuid4(), office_id=uuid4(), email="a", name="a", role="officer",
                    is_active=True, created_at=now(),
                )
            )  # fmt: skip
    engine.dispose()


def test_the_tables_are_what_the_migrations_build(database_url: str) -> None:
    engine = open_engine(database_url)
    alembic(engine, "check")
    engine.dispose()


def test_steps_from_before_there_were_tandems_get_one(database_url: str) -> None:
    engine = open_engine(database_url)
    with transaction(open_sessions(engine)) as session:
        office = add_office(session)
        need, solution = add_need(session, office.id), add_solution(session, office.id)
        nobodys = add_need(session, office.id, party_id=None)
        entry = add_entry(session, office.id, need, solution).id
        lone = add_entry(session, office.id, nobodys, solution).id
        for minute, kind, about in (
            (1, "sme_asked", entry), (3, "pilot", entry), (2, "first_talk", entry),
            (4, "judged_fit", entry), (5, "pilot", lone),
        ):  # fmt: skip
            at = datetime(2026, 1, 1, 12, minute, tzinfo=UTC)
            session.add(Event(owner_office_id=office.id, kind=kind, match_list_entry_id=about,
                              origin="api", happened_at=at, recorded_at=at))  # fmt: skip
    alembic(engine, "downgrade", "0005_list_notice")
    alembic(engine, "upgrade", "head")

    with transaction(open_sessions(engine)) as session:
        tandem = session.scalars(select(Tandem)).one()
        assert (tandem.stage, tandem.sme_party_id) == ("pilot", need.party_id)
        held = session.scalars(select(Event.kind).where(Event.tandem_id == tandem.id))
        assert sorted(held) == ["first_talk", "pilot", "sme_asked"]
    alembic(engine, "downgrade", "0005_list_notice")
    alembic(engine, "upgrade", "head")
    with transaction(open_sessions(engine)) as session:
        assert session.scalars(select(Tandem.stage)).one() == "pilot"
    engine.dispose()
