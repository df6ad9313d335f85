"""Every page × every role: who gets in is written down here a second time, and compared."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts import create_officer, log_in
from matchmaker.config import Settings
from matchmaker.database import SessionFactory
from matchmaker.embedding import Encoder
from matchmaker.tables import ROLES, Office, Officer
from matchmaker.web import create_app

PASSWORD = "ein langes Passwort"
PUBLIC = {None, *ROLES}
# Each address in German, with the roles that get in; None is somebody without an account.
EXPECTED: dict[str, set[str | None]] = {
    "/": PUBLIC,
    "/de/": PUBLIC,
    "/de/wie-wir-vorschlagen": PUBLIC,
    "/de/datenschutz": PUBLIC,
    "/de/barrierefreiheit": PUBLIC,
    "/de/impressum": PUBLIC,
    "/de/bedarf": PUBLIC,
    "/de/bedarf/unternehmen": PUBLIC,
    "/de/bedarf/kontakt": PUBLIC,
    "/de/bedarf/pruefen": PUBLIC,
    "/de/bedarf/gesendet": PUBLIC,
    "/de/bedarf/pruefen/attachments/{attachment_id}/remove": PUBLIC,
    "/de/aufgabe": PUBLIC,
    "/de/bestaetigen/{token}": PUBLIC,
    "/de/bestaetigen/{token}/new": PUBLIC,
    "/de/mein-bedarf/{token}": PUBLIC,
    "/de/mein-bedarf/{token}/edit": PUBLIC,
    "/de/mein-bedarf/{token}/withdraw": PUBLIC,
    "/de/mein-bedarf/{token}/erase": PUBLIC,
    "/de/mein-bedarf/{token}/export": PUBLIC,
    "/de/startup": PUBLIC,
    "/de/startup/zusammenarbeit": PUBLIC,
    "/de/startup/unternehmen": PUBLIC,
    "/de/startup/kontakt": PUBLIC,
    "/de/startup/pruefen": PUBLIC,
    "/de/startup/gesendet": PUBLIC,
    "/de/startup/weitere-loesung/{key}": PUBLIC,
    "/de/startup/weitere-loesung/{key}/remove": PUBLIC,
    "/de/mein-profil/{token}": PUBLIC,
    "/de/mein-profil/{token}/edit/{step}": PUBLIC,
    "/de/mein-profil/{token}/solution/{key}": PUBLIC,
    "/de/mein-profil/{token}/solution/{key}/remove": PUBLIC,
    "/de/mein-profil/{token}/pause": PUBLIC,
    "/de/mein-profil/{token}/resume": PUBLIC,
    "/de/mein-profil/{token}/withdraw": PUBLIC,
    "/de/mein-profil/{token}/erase": PUBLIC,
    "/de/mein-profil/{token}/export": PUBLIC,
    "/de/mein-bedarf/{token}/attachments/{attachment_id}": PUBLIC,
    "/de/anmelden": PUBLIC,
    "/de/abmelden": set(ROLES),
    "/de/konto": set(ROLES),
    "/de/konto/zweiter-faktor": set(ROLES),
    "/de/konto/sitzungen": set(ROLES),
    "/de/partner": {"partner"},
    "/de/partner/enter": {"partner"},
    "/de/schreibtisch": {"officer", "manager"},
    "/de/schreibtisch/anmeldungen": {"officer", "manager"},
    "/de/schreibtisch/anmeldungen/{registration_id}": {"officer", "manager"},
    "/de/schreibtisch/anmeldungen/{registration_id}/decide": {"officer", "manager"},
    "/de/schreibtisch/filters": {"officer", "manager"},
    "/de/schreibtisch/filters/{filter_id}/delete": {"officer", "manager"},
    "/de/schreibtisch/bedarf/{need_id}": {"officer", "manager"},
    "/de/schreibtisch/bedarf/{need_id}/compute": {"officer", "manager"},
    "/de/schreibtisch/bedarf/{need_id}/list/{list_id}": {"officer", "manager"},
    "/de/schreibtisch/bedarf/{need_id}/place": {"officer", "manager"},
    "/de/schreibtisch/bedarf/{need_id}/why-not/{startup_id}": {"officer", "manager"},
    "/de/schreibtisch/startups": {"officer", "manager"},
    "/de/schreibtisch/startup/{startup_id}": {"officer", "manager"},
    "/de/schreibtisch/bedarf/{need_id}/match_list.pdf": {"officer", "manager"},
    "/de/schreibtisch/bedarf/{need_id}/match_list.xlsx": {"officer", "manager"},
    "/de/schreibtisch/pruefung/{need_id}": {"officer", "manager"},
    "/de/schreibtisch/pruefung/{need_id}/reviewed": {"officer", "manager"},
    "/de/schreibtisch/pruefung/{need_id}/question": {"officer", "manager"},
    "/de/schreibtisch/pruefung/{need_id}/teaser": {"officer", "manager"},
    "/de/schreibtisch/pruefung/{need_id}/link": {"officer", "manager"},
    "/de/schreibtisch/bedarf/{need_id}/attachments/{attachment_id}": {"officer", "manager"},
    "/de/schreibtisch/zurueckgehalten": {"officer", "manager"},
    "/de/schreibtisch/zurueckgehalten/{submission_id}": {"officer", "manager"},
    "/de/schreibtisch/zurueckgehalten/{submission_id}/release": {"officer", "manager"},
    "/de/schreibtisch/zurueckgehalten/{submission_id}/reject": {"officer", "manager"},
    "/de/schreibtisch/zurueckgehalten/{submission_id}/attachments/{attachment_id}": {
        "officer",
        "manager",
    },
    "/de/schreibtisch/vorschlag/{entry_id}": {"officer", "manager"},
    "/de/schreibtisch/vorschlag/{entry_id}/verdict": {"officer", "manager"},
    "/de/schreibtisch/vorschlag/{entry_id}/tandem": {"officer", "manager"},
    "/de/schreibtisch/tandems": {"officer", "manager"},
    "/de/schreibtisch/tandems/tandems.xlsx": {"officer", "manager"},
    "/de/schreibtisch/tandem/{tandem_id}": {"officer", "manager"},
    "/de/schreibtisch/tandem/{tandem_id}/moves": {"officer", "manager"},
    "/de/schreibtisch/tandem/{tandem_id}/undo": {"officer", "manager"},
    "/de/schreibtisch/tandem/{tandem_id}/notes": {"officer", "manager"},
    "/de/schreibtisch/tandem/{tandem_id}/notes/{note_id}/correct": {"officer", "manager"},
    "/de/schreibtisch/tandem/{tandem_id}/notes/{note_id}/done": {"officer", "manager"},
    "/de/schreibtisch/tandem/{tandem_id}/notes/{note_id}/erase": {"officer", "manager"},
    "/de/schreibtisch/vorschlag/{entry_id}/undo": {"officer", "manager"},
    "/de/schreibtisch/vorschlag/{entry_id}/no/{reason}": {"officer", "manager"},
    "/de/schreibtisch/rueckmeldung/{hold_id}": {"officer", "manager"},
    "/de/schreibtisch/rueckmeldung/{hold_id}/answer": {"officer", "manager"},
    "/de/schreibtisch/rueckmeldung/{hold_id}/lift": {"officer", "manager"},
    "/de/schreibtisch/gelernt": {"officer", "manager", "administrator"},
    "/de/schreibtisch/gelernt/wechsel/promote": {"manager", "administrator"},
    "/de/schreibtisch/gelernt/wechsel/rollback": {"manager", "administrator"},
    "/de/schreibtisch/tasten": {"officer", "manager"},
}

END_THE_SESSION = ("/de/abmelden", "/de/konto/sitzungen")

As = Callable[[str | None], TestClient]


@pytest.fixture
def app(settings: Settings, session_factory: SessionFactory, encoder: Encoder) -> FastAPI:
    return create_app(settings, session_factory, encoder)


@pytest.fixture
def browse(app: FastAPI, session: Session, session_factory: SessionFactory, office: Office) -> As:
    """Start a browser in which somebody of a role is logged in."""

    def start(role: str | None) -> TestClient:
        client = TestClient(app, follow_redirects=False, raise_server_exceptions=False)
        if role is not None:
            email = f"{role}@amt.example"
            if session.scalar(select(Officer.id).where(Officer.email == email)) is None:
                create_officer(
                    session, office.id, email=email, name=role, role=role, password=PASSWORD,
                    actor="test",
                )  # fmt: skip
            session.commit()
            token = log_in(session_factory, email, PASSWORD, "", timedelta(hours=1))
            client.cookies.set("session", token or "")
        return client

    return start


def german_pages(app: FastAPI) -> list[tuple[str, str]]:
    """Address and method of every page."""
    return sorted(
        (str(route.path), method)
        for route in iter_route_contexts(app.routes)
        if not str(route.path).startswith(("/api/", "/openapi", "/static/", "/en/"))
        for method in (route.methods or set()) - {"HEAD"}
    )


def test_no_page_is_undecided(app: FastAPI) -> None:
    assert {path for path, _ in german_pages(app)} == set(EXPECTED)


@pytest.mark.parametrize("role", [None, *ROLES])
def test_a_role_gets_where_it_may_and_nowhere_else(
    app: FastAPI, browse: As, role: str | None
) -> None:
    client = browse(role)
    for path, method in sorted(german_pages(app), key=lambda page: page[0] in END_THE_SESSION):
        browser = browse(role) if path in END_THE_SESSION else client
        answer = browser.request(
            method, path.replace("{token}", "x"), headers={"Sec-Fetch-Site": "same-origin"}
        )
        is_asked = answer.headers.get("location", "").startswith("/de/anmelden")
        gets_in = answer.status_code != 403 and not is_asked
        assert gets_in == (role in EXPECTED[path]), (method, path, answer.status_code)
