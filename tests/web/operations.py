"""The operations of the API as its own OpenAPI document lists them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    described: dict[str, Any] = field(repr=False)
    document: dict[str, Any] = field(repr=False)

    @property
    def name(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def body(self) -> dict[str, Any] | None:
        """The schema of the request body."""
        if "requestBody" not in self.described:
            return None
        content = self.described["requestBody"]["content"]["application/json"]
        return resolve(self.document, content["schema"])

    def parameters(self, where: str) -> list[dict[str, Any]]:
        return [p for p in self.described.get("parameters", ()) if p["in"] == where]


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        for method, described in methods.items():
            assert method in METHODS
            yield Operation(method, path, described, document)


def resolve(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference."""
    if "$ref" not in schema:
        return schema
    found = document
    for part in schema["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return found
