"""The JSON Schema of every value on Kafka, for readers in other languages."""

from typing import Any

from detente.model import Value
from detente.wire import SCHEMAS


def json_schemas() -> dict[str, dict[str, Any]]:
    """Each schema by its name on the wire, such as ``article``; the ``schema`` field names its version."""
    return {name: _of(model, name, major, minor) for model, (name, major, minor) in SCHEMAS.items()}


def _of(model: type[Value], name: str, major: int, minor: int) -> dict[str, Any]:
    schema = model.model_json_schema(mode="serialization")
    label = {"type": "string", "pattern": f"^{name}/{major}\\.", "examples": [f"{name}/{major}.{minor}"]}
    required = ["schema", *model.model_json_schema(mode="validation").get("required", [])]
    return schema | {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "properties": {"schema": label, **schema["properties"]},
        "required": required,
    }
