"""An office with a row in every table."""

from datetime import date
from uuid import uuid4

from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import now
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
    Office,
    Officer,
    Placement,
    Review,
    SavedFilter,
    ScorerVersion,
    SentenceEmbedding,
    SpentChallenge,
    Submission,
    Tandem,
    TandemNote,
    Teaser,
)
from tests.factories import add_need, add_office, add_solution


def add_one_of_everything(session: Session) -> Office:
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
    imported = Event(
        **owned,
        kind="agreement",
        origin="import",
        happened_at=now(),
        need_id=need.id,
        solution_id=solution.id,
    )
    session.add_all([event, imported])
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
            ScorerVersion(
                **owned,
                version="learned-000000000000",
                digest="0" * 64,
                state="champion",
                place=1,
                labels={"sme": 12, "startup": 9},
                first_label_on=date(2026, 1, 1),
                last_label_on=date(2026, 11, 1),
                metrics={"log_loss": 0.4},
                reason="won",
                details={
                    "needs": 14,
                    "needs_wanted": 12,
                    "certainty_wanted": 0.9,
                    "certainty": 0.95,
                },
            ),
            TandemNote(**owned, tandem_id=tandem.id, text="Anrufen", due_on=date(2027, 1, 4)),
            ImportChange(batch_id=batch.id, position=1, table_name="need", record_id=uuid4()),
            ImportMapping(**owned, kind="needs", name="Liste", columns={"text": "Bedarf"}),
        ]
    )
    ledger.record(session, office.id, "test", actor="test")
    return office
