"""A server of the product in a process of its own, which is killed and started again."""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path


class MortalServer:
    """`matchmaker serve` on one database; a thread kills it at random moments until `stop`."""

    def __init__(self, database_url: str, log: Path, seed: int, longest_life_s: float) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self.kills = 0
        self._environment = os.environ | {
            "MATCHMAKER_DATABASE_URL": database_url,
            "MATCHMAKER_EMBEDDING__MODEL": "null",
            "MATCHMAKER_WEB__PORT": str(self._port),
            "MATCHMAKER_WEB__PUBLIC_URL": self.url,
        }
        self._log = log.open("ab")
        self._chance = random.Random(seed)
        self._longest_life_s = longest_life_s
        self._is_over = threading.Event()
        self._process = self._start()
        self._killer = threading.Thread(target=self._kill_again_and_again, daemon=True)

    def __enter__(self) -> "MortalServer":
        self._wait_until_it_answers()
        self._killer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._killer.join()
        self._process.kill()
        self._process.wait()
        self._log.close()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "matchmaker", "serve"],
            env=self._environment, stdout=self._log, stderr=self._log,
        )  # fmt: skip

    def _wait_until_it_answers(self) -> None:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", self._port), timeout=1).close()
            except OSError:
                assert self._process.poll() is None, "The server ended by itself; see its log."
                time.sleep(0.1)
            else:
                return
        raise TimeoutError("The server does not answer.")

    def _kill_again_and_again(self) -> None:
        while not self._is_over.wait(self._chance.uniform(0.2, self._longest_life_s)):
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self.kills += 1
            self._process = self._start()
            self._wait_until_it_answers()
