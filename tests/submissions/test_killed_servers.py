"""The web server is killed again and again while firms send needs: each comes exactly once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import select

from matchmaker.database import open_engine, open_sessions, reading, transaction
from matchmaker.tables import Mail, Need, Submission, TextVersion
from tests.campaign import IS_LONG
from tests.factories import add_office
from tests.submissions.firm import Firm
from tests.submissions.server import MortalServer

FIRMS = 1_000 if IS_LONG else 16
AT_ONCE = 10
FORMS_OF_ONE_VISIT = 4
# Starting takes a server longer than this, so with many firms it is down most of the time.
LONGEST_LIFE_S = 6.0 if IS_LONG else 2.0


def test_no_sent_need_is_lost_or_doubled_while_servers_are_killed(
    database_url: str, tmp_path: Path
) -> None:
    factory = open_sessions(open_engine(database_url))
    with transaction(factory) as session:
        add_office(session)

    with MortalServer(database_url, tmp_path / "server.log", 7, LONGEST_LIFE_S) as server:
        firms = [Firm(number, server.url, factory) for number in range(FIRMS)]

        def visit(first: int) -> None:
            some = firms[first : first + FORMS_OF_ONE_VISIT]
            for firm in some:
                firm.write()
            for firm in some:
                firm.send()
            for firm in some:
                firm.confirm()

        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(visit, range(0, FIRMS, FORMS_OF_ONE_VISIT)))
        for firm in firms:
            firm.client.close()

    with reading(factory) as session:
        states = Counter(
            (answers["email"], state)
            for answers, state in session.execute(select(Submission.answers, Submission.state))
            if "email" in answers
        )
        texts = Counter(
            session.scalars(select(TextVersion.text).join(Need, Need.text_id == TextVersion.id))
        )
        mails = Counter(
            (recipient, subject)
            for recipient, subject in session.execute(select(Mail.recipient, Mail.subject))
        )
    assert server.kills >= 3
    assert sum(firm.lost_answers for firm in firms) > 0, "no kill hit a request"
    assert states == {(firm.email, "confirmed"): 1 for firm in firms}
    assert texts == {firm.text: 1 for firm in firms}
    assert set(mails.values()) == {1}
    assert len(mails) == 2 * FIRMS  # the link, and the thanks
    print(f"{FIRMS} firms, {server.kills} kills, {sum(f.lost_answers for f in firms)} lost answers")
    factory.kw["bind"].dispose()  # type: ignore[attr-defined]
