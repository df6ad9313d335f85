"""A server of the product over a synthetic region, for as long as something is timed."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from matchmaker import web
from matchmaker.benchmark.regions import SyntheticWords, add_startups
from matchmaker.config import Settings
from matchmaker.database import SessionFactory, open_engine, open_sessions, transaction
from matchmaker.embedding import Encoder
from matchmaker.installation import ensure_office, migrate


@dataclass(frozen=True, slots=True)
class Served:
    """Where it listens on this machine, its database, its office, and words to ask it with."""

    port: int
    factory: SessionFactory
    office_id: UUID
    words: SyntheticWords


@contextmanager
def serving(startups: int, encoder: Encoder, settings: Settings) -> Iterator[Served]:
    """Build a region of so many startups in a throw-away database, and serve it in a thread."""
    import uvicorn

    words = SyntheticWords(settings.seed)
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'bench.sqlite'}")
        migrate(engine)
        factory = open_sessions(engine)
        with transaction(factory) as session:
            office_id = ensure_office(session, settings.office).id
            add_startups(session, office_id, startups, words)
        application = web.create_app(settings, factory, encoder)
        config = uvicorn.Config(application, host="127.0.0.1", port=0, log_level="error")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Served(port, factory, office_id, words)
        server.should_exit = True
        thread.join()
        engine.dispose()
