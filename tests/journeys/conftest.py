"""A real server on a real database, and a real browser before it."""

import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import pytest
import uvicorn
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

from matchmaker.config import EmbeddingSettings, load_settings
from matchmaker.database import SessionFactory, open_engine, open_sessions, transaction
from matchmaker.embedding import load_encoder
from matchmaker.installation import migrate
from matchmaker.web import create_app
from tests.factories import add_office

# Debian's browser; playwright's own cannot be downloaded everywhere.
CHROMIUM = os.environ.get("MATCHMAKER_TEST_CHROMIUM") or shutil.which("chromium")
_REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d ")
_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"]


@dataclass
class Watch:
    """What a page said to the console, and where it asked for anything."""

    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)  # where forms went

    def hear(self, message: ConsoleMessage) -> None:
        # Of a refused form the browser itself remarks on the status, and nothing turns that off.
        place = urldefrag(message.location["url"]).url
        if place in self.sent and _REFUSED.match(message.text):
            return
        self.said.append(f"{message.type}: {message.text}")

    def see(self, request: Request) -> None:
        if request.method == "POST" and request.is_navigation_request():
            self.sent.add(urldefrag(request.url).url)
        if not request.url.startswith("data:"):
            self.asked.append(request.url)


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SessionFactory]:
    """The database of the server, with an office."""
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('journeys') / 'journeys.sqlite'}")
    migrate(engine)
    factory = open_sessions(engine)
    with transaction(factory) as session:
        add_office(session)
    yield factory
    engine.dispose()


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server looks for trained scorers."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def site(database: SessionFactory, data_folder: Path) -> Iterator[str]:
    """The address of a running server."""
    encoder = load_encoder(EmbeddingSettings(model=None, batch_size=32), Path())
    settings = load_settings()
    # The lot falls on others every day, and a journey wants to know whom it meets.
    lists = settings.lists.model_copy(update={"discovery_share": 0.0})
    own = {"data_folder": data_folder, "lists": lists}
    app = create_app(settings.model_copy(update=own), database, encoder)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.fail("Chromium is missing; 'make setup' says how to install it.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=_QUIET)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A tab that must stay silent and must not ask another host for anything."""
    context = browser.new_context(base_url=site, locale="de-DE")
    tab, watch = context.new_page(), Watch()
    tab.on("console", watch.hear)
    tab.on("request", watch.see)
    yield tab
    context.close()
    assert watch.said == []
    assert {urlsplit(url).netloc for url in watch.asked} <= {urlsplit(site).netloc}


@pytest.fixture
def browser_without_javascript(browser: Browser, site: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    yield context
    context.close()
