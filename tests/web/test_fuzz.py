"""Requests made up from the API's own description, right and wrong ones."""

import json
from typing import Any
from urllib.parse import quote

from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.campaign import examples
from tests.web.operations import Operation, operations, resolve

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None), max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec=None), max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)
PATTERNED = st.sampled_from(["DE", "de", "www.example.org", "https://example.org/a"])


def fitting(schema: dict[str, Any], document: dict[str, Any], ids: list[str]) -> Any:
    """Values that a schema allows, roughly."""
    schema = resolve(document, schema)
    if "anyOf" in schema:
        return st.one_of([fitting(part, document, ids) for part in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema.get("type")
    if kind == "string":
        return _text(schema, ids)
    if kind == "integer":
        return st.integers(schema.get("minimum"), schema.get("maximum"))
    if kind == "number":
        return st.floats(schema.get("minimum"), schema.get("maximum"), allow_nan=False)
    if kind == "boolean":
        return st.booleans()
    if kind == "array":
        return st.lists(fitting(schema["items"], document, ids), max_size=3)
    if kind == "object":
        fields = {
            name: fitting(field, document, ids) for name, field in schema["properties"].items()
        }
        required = {name: fields.pop(name) for name in schema.get("required", ())}
        return st.fixed_dictionaries(required, optional=fields)
    assert kind == "null", schema
    return st.none()


def _text(schema: dict[str, Any], ids: list[str]) -> Any:
    kinds = {
        "uuid": st.sampled_from(ids) | st.uuids().map(str),
        "date": st.dates().map(lambda day: day.isoformat()),
        "date-time": st.datetimes().map(lambda moment: f"{moment.isoformat()}Z"),
    }
    if schema.get("format") in kinds:
        return kinds[schema["format"]]
    if "pattern" in schema:
        return PATTERNED
    words = st.sampled_from(
        ["Wir", "suchen", "eine", "Kamera", "für", "Schweißnähte", "KI", "pilot", "76703"]
    )
    return st.lists(words, max_size=12).map(" ".join) | st.text(max_size=40)


@st.composite
def requests(draw: Any, operation: Operation, ids: list[str]) -> tuple[str, bytes | None]:
    """An address and a body: fitting ones, and ones with something wrong in them."""

    def parameter(described: dict[str, Any]) -> str:
        right = fitting(described["schema"], operation.document, ids).map(str)
        wrong = st.text(st.characters(codec=None), max_size=20)
        return quote(draw(right | wrong), safe="", errors="surrogatepass")

    address = operation.path
    for described in operation.parameters("path"):
        address = address.replace(f"{{{described['name']}}}", parameter(described))
    query = [
        f"{described['name']}={parameter(described)}"
        for described in operation.parameters("query")
        if described["required"] or draw(st.booleans())
    ]
    if query:
        address += "?" + "&".join(query)
    if operation.body is None:
        return address, None
    body = draw(fitting(operation.body, operation.document, ids))
    spoiled = draw(st.sampled_from(["not at all", "not at all", "a field", "wholly"]))
    if spoiled == "a field":
        body[draw(st.sampled_from(sorted(operation.body["properties"])))] = draw(ANYTHING)
    return address, json.dumps(draw(ANYTHING) if spoiled == "wholly" else body).encode()


@settings(
    max_examples=examples(200),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_request_ends_in_an_error_of_ours(
    client: TestClient, region: dict[str, str], data: st.DataObject
) -> None:
    every = list(operations(client.app.openapi()))  # type: ignore[attr-defined]
    operation = data.draw(st.sampled_from(every))
    address, body = data.draw(requests(operation, list(region.values())))

    headers = {} if body is None else {"Content-Type": "application/json"}
    answer = client.request(operation.method, address, content=body, headers=headers)

    assert answer.status_code < 500, answer.text
    assert str(answer.status_code) in operation.described["responses"] | {"404": {}, "405": {}}
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == answer.status_code
    elif answer.status_code != 204:
        answer.json()
