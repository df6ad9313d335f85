"""The description of the API is complete."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from matchmaker.config import Settings
from matchmaker.database import open_engine, open_sessions
from matchmaker.embedding import Encoder
from matchmaker.profiles.record_facts import Facts
from matchmaker.web import create_app
from matchmaker.web.problems import ProblemOut
from matchmaker.web.schemas import events, health, matching, profiles, tandems
from tests.web.operations import operations, resolve

PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def document(settings: Settings, encoder: Encoder) -> dict[str, Any]:
    app = create_app(settings, open_sessions(open_engine("sqlite://")), encoder)
    read: dict[str, Any] = TestClient(app).get("/openapi.json").json()
    return read


def test_the_contract_is_there(document: dict[str, Any]) -> None:
    assert {operation.name for operation in operations(document)} == {
        "GET /api/v1/health",
        "POST /api/v1/match",
        "GET /api/v1/solutions/{solution_id}/coach",
        "POST /api/v1/events",
        "GET /api/v1/tandems",
        "GET /api/v1/tandems/{tandem_id}",
        "POST /api/v1/tandems/{tandem_id}/moves",
        "GET /api/v1/match-lists/{list_id}",
        "GET /api/v1/needs/{need_id}/match-list",
        "POST /api/v1/needs/{need_id}/match-list",
        "GET /api/v1/needs/{need_id}/why-not",
        "GET /api/v1/startups/{startup_id}/needs",
        *(
            f"{method} /api/v1/{subject}{rest}"
            for subject, word in (
                ("parties", "party"),
                ("needs", "need"),
                ("solutions", "solution"),
            )
            for method, rest in (
                ("POST", ""),
                ("GET", ""),
                ("GET", f"/{{{word}_id}}"),
                ("PATCH", f"/{{{word}_id}}"),
                ("DELETE", f"/{{{word}_id}}"),
            )
        ),
    }


def test_every_operation_says_what_it_does_with_examples_and_errors(
    document: dict[str, Any],
) -> None:
    for operation in operations(document):
        described, where = operation.described, operation.name
        assert described.get("summary"), where
        assert described.get("description"), where
        if operation.body is not None:
            assert operation.body["examples"], where
        for status, response in described["responses"].items():
            if status >= "400":
                schema = response["content"][PROBLEM]["schema"]
                assert resolve(document, schema)["title"] == "ProblemOut", where
            elif status != "204":
                schema = response["content"]["application/json"]["schema"]
                assert resolve(document, schema)["examples"], where
        assert any(status >= "400" for status in described["responses"]), where
        if where != "GET /api/v1/health":
            assert {"401", "422", "503"} <= described["responses"].keys(), where
            assert described["security"] == [{"HTTPBearer": []}], where
        if "{" in operation.path:
            assert "404" in described["responses"], where
        for parameter in operation.parameters("query"):
            assert parameter.get("description") or parameter["required"], where


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if "$ref" in node else []
            return own + [found for value in node.values() for found in references(value)]
        if isinstance(node, list):
            return [found for value in node for found in references(value)]
        return []

    for reference in references(document):
        assert resolve(document, {"$ref": reference})
    assert "HTTPValidationError" not in document["components"]["schemas"]


@pytest.mark.parametrize(
    "answer",
    [
        profiles.PartyOut,
        profiles.NeedOut,
        profiles.SolutionOut,
        profiles.PartiesOut,
        profiles.NeedsOut,
        profiles.SolutionsOut,
        matching.MatchOut,
        matching.WhyNotOut,
        matching.StartupNeedsOut,
        events.EventOut,
        tandems.TandemOut,
        tandems.WholeTandemOut,
        tandems.TandemsOut,
        health.HealthOut,
        ProblemOut,
    ],
)
def test_every_example_of_an_answer_has_its_fields(answer: type[BaseModel]) -> None:
    required = {name for name, field in answer.model_fields.items() if field.is_required()}
    for example in answer.model_json_schema()["examples"]:
        assert required <= example.keys() <= answer.model_fields.keys()


@pytest.mark.parametrize(
    "body",
    [
        profiles.PartyIn,
        profiles.PartyChangesIn,
        profiles.NeedIn,
        profiles.NeedChangesIn,
        profiles.SolutionIn,
        profiles.SolutionChangesIn,
        matching.MatchIn,
        events.EventIn,
        tandems.MoveIn,
    ],
)
def test_every_example_of_a_request_is_accepted(body: type[Facts]) -> None:
    for example in body.model_json_schema()["examples"]:
        body.model_validate(example)
