"""How long one fresh, explained list takes through the API."""

import http.client
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import orjson

from matchmaker import web
from matchmaker.benchmark.serving import serving
from matchmaker.config import Settings
from matchmaker.database import transaction
from matchmaker.embedding import Encoder

Progress = Callable[[int], None]

WARM_UP_REQUESTS = 5
SCANS = 20


def measure_requests(
    startups: int, requests: int, encoder: Encoder, settings: Settings, progress: Progress
) -> dict[str, Any]:
    """Post `requests` different needs to a server over `startups` synthetic profiles.

    Returns milliseconds of wall time per request (`p50_ms`, `p95_ms`, `p99_ms`), the floor
    and the peers of `contract.md`. The floor is encoding the need plus one exact float32
    scan; a peer is a library that does the scan alone. All in the same process and run.
    """
    with serving(startups, encoder, settings) as served:
        with transaction(served.factory) as session:
            token = web.issue_token(session, served.office_id, "benchmark")
        needs = [served.words.text(sentences=3) for _ in range(requests + WARM_UP_REQUESTS)]
        timed = [_post(served.port, token, need) for need in _counted(needs, progress)]
    milliseconds = np.array(timed[WARM_UP_REQUESTS:])
    floor, peers = _scan_times(encoder, needs, startups, settings.seed)
    p50, p95, p99 = (float(value) for value in np.percentile(milliseconds, [50, 95, 99]))
    return {
        "startups": startups,
        "requests": requests,
        "encoder": encoder.version,
        "p50_ms": p50,
        "p95_ms": p95,
        "p99_ms": p99,
        "floor_ms": floor,
        "ratio_to_floor": p50 / floor,
        "peers": {name: p50 / value for name, value in peers.items()},
    }


def _post(port: int, token: str, need: str) -> float:
    """Milliseconds from sending a need to having read its list."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    started = time.perf_counter()
    connection.request("POST", "/api/v1/match", orjson.dumps({"text": need, "top": 20}), headers)
    response = connection.getresponse()
    body = response.read()
    elapsed = 1000 * (time.perf_counter() - started)
    connection.close()
    if response.status != 200 or not orjson.loads(body)["results"]:
        raise RuntimeError(f"the server answered {response.status}: {body[:200]!r}")
    return elapsed


def _scan_times(
    encoder: Encoder, needs: list[str], count: int, seed: int
) -> tuple[float, dict[str, float]]:
    """Median milliseconds of encoding and scanning once, and of scikit-learn's exact search."""
    from sklearn.neighbors import NearestNeighbors

    random = np.random.default_rng(seed)
    matrix = random.standard_normal((count, encoder.dimension), dtype=np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    neighbors = NearestNeighbors(n_neighbors=min(20, count), algorithm="brute", metric="cosine")
    neighbors.fit(matrix)
    floor, peer = [], []
    for need in needs[:SCANS]:
        started = time.perf_counter()
        vector = encoder.embed([need], "query")[0]
        (matrix @ vector).argmax()
        floor.append(time.perf_counter() - started)
        started = time.perf_counter()
        neighbors.kneighbors(vector[None, :])
        peer.append(time.perf_counter() - started)
    return 1000 * float(np.median(floor)), {"scikit-learn": 1000 * float(np.median(peer))}


def _counted(needs: list[str], progress: Progress) -> Iterator[str]:
    for need in needs:
        yield need
        progress(1)
