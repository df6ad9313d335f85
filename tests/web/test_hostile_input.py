"""Whatever is sent, the answer is a 4xx that says what is wrong, and never a 5xx."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from matchmaker.errors import InvalidInputError
from matchmaker.web.strict_json import read_json
from tests.web.operations import Operation, operations

HOSTILE_VALUES: dict[str, str] = {
    "NUL": r'"a\u0000b"',
    "half a surrogate pair": r'"a\ud800b"',
    "NaN": "NaN",
    "infinity": "-Infinity",
    "a number without end": "9" * 5000,
    "more than 64 bits": str(2**63),
    "a float beyond floats": "1e999",
    "a huge text": json.dumps("x" * 200_001),
    "a deep list": "[" * 60 + "]" * 60,
    "a bottomless list": "[" * 100_000,
    "an object": '{"a": {"b": "c"}}',
    "a NUL as a name": r'{"\u0000": 1}',
    "a long list": json.dumps(["x"] * 51),
}

HOSTILE_BODIES: dict[str, bytes] = {
    "nothing": b"",
    "null": b"null",
    "a list": b"[]",
    "a text": b'"x"',
    "a number": b"1e308",
    "half an object": b'{"text": "x',
    "no UTF-8": b'{"text": "\xff\xfe"}',
    "UTF-16": '{"text": "x"}'.encode("utf-16"),
    "a surrogate in UTF-8": b'{"text": "\xed\xa0\x80"}',
    "a raw NUL": b'{"text": "\x00"}',
    "bottomless objects": b'{"a":' * 100_000,
    "two documents": b"{}{}",
    "an unknown field": b'{"surprise": 1}',
}

HOSTILE_PARAMETERS = [
    "\x00",
    "%00",
    "9" * 5000,
    "-1",
    "NaN",
    "é" * 500,
    "' OR 1=1 --",
    "\u202e",
    "",
]


def bodied(client: TestClient) -> Iterator[tuple[Operation, str, dict[str, Any]]]:
    for operation in operations(client.app.openapi()):  # type: ignore[attr-defined]
        if operation.body is not None:
            yield operation, address_of(operation), operation.body


def address_of(operation: Operation, **given: str) -> str:
    path = operation.path
    for parameter in operation.parameters("path"):
        value = given.get(parameter["name"], str(uuid4()))
        path = path.replace(f"{{{parameter['name']}}}", value)
    return path


def send(client: TestClient, operation: Operation, address: str, content: bytes) -> Response:
    return client.request(
        operation.method, address, content=content, headers={"Content-Type": "application/json"}
    )


def assert_refused(answer: Response, case: str, statuses: tuple[int, ...] = (422,)) -> None:
    assert answer.status_code in statuses, f"{case}: {answer.status_code} {answer.text[:200]}"
    assert answer.headers["Content-Type"] == "application/problem+json", case
    assert answer.json()["status"] == answer.status_code, case
    if answer.status_code == 422:
        assert all(error["field"] and error["reason"] for error in answer.json()["errors"]), case
    assert len(answer.content) < 20_000, case


def test_a_hostile_value_in_any_field_is_refused_by_its_name(client: TestClient) -> None:
    for operation, address, schema in bodied(client):
        for name in schema["properties"]:
            example = {key: v for key, v in schema["examples"][0].items() if key != name}
            for what, value in HOSTILE_VALUES.items():
                body = json.dumps(example).removesuffix("}") + (", " if example else "")
                answer = send(client, operation, address, f'{body}"{name}": {value}}}'.encode())
                case = f"{operation.name}, {what} in {name}"
                assert_refused(answer, case)
                fields = {error["field"].split(".")[0] for error in answer.json()["errors"]}
                assert fields <= {name, "body"}, case


def test_a_hostile_body_is_refused(client: TestClient) -> None:
    for operation, address, _ in bodied(client):
        for what, content in HOSTILE_BODIES.items():
            assert_refused(send(client, operation, address, content), f"{operation.name}, {what}")


@pytest.mark.parametrize("value", HOSTILE_PARAMETERS)
def test_a_hostile_parameter_is_refused(client: TestClient, value: str) -> None:
    written = quote(value, safe="")
    for operation in operations(client.app.openapi()):  # type: ignore[attr-defined]
        addresses = [
            address_of(operation, **{parameter["name"]: written})
            for parameter in operation.parameters("path")
        ] + [
            f"{address_of(operation)}?{parameter['name']}={written}"
            for parameter in operation.parameters("query")
        ]
        for address in addresses:
            answer = client.request(operation.method, address)
            assert_refused(answer, f"{operation.name}, {address[:200]}", (404, 405, 422))


def test_a_nul_in_a_parameter_that_nobody_asked_for_is_refused(client: TestClient) -> None:
    for query in ("x=%00", "%00=x"):
        assert_refused(client.get(f"/api/v1/needs?{query}"), query)


def test_of_two_fields_of_one_name_the_last_counts(client: TestClient) -> None:
    content = b'{"kind": "sme", "name": "Erst", "name": "Zuletzt"}'

    answer = client.post(
        "/api/v1/parties", content=content, headers={"Content-Type": "application/json"}
    )

    assert answer.json()["name"] == "Zuletzt"


@pytest.mark.parametrize(
    "name",
    [
        "u\u0308ber",
        "\u202eGbmH",
        "A\u200bB",
        "𝔐𝔲𝔰𝔱𝔢𝔯",
        "=SUM(A1)",
        "<script>",
        "'; DROP TABLE need;--",
    ],
)
def test_odd_but_sound_characters_are_kept(client: TestClient, name: str) -> None:
    created = client.post("/api/v1/parties", json={"kind": "sme", "name": name}).json()

    assert created["name"] == ("über" if name.startswith("u\u0308") else name)


def test_a_document_is_read_as_json_reads_it() -> None:
    document = {"a": [1, -(2**63), 2**63 - 1, 1.5, None, True, "ü\U0001f600"], "b": {}}

    assert read_json(json.dumps(document).encode()) == document


def test_a_flaw_is_named_by_its_place() -> None:
    with pytest.raises(InvalidInputError) as refused:
        read_json(rb'{"tags": ["a", "b\u0000"]}')

    assert refused.value.field == "tags.1"
