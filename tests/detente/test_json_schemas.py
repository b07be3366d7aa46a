"""The published JSON Schemas are those of the code."""

import json
from pathlib import Path

import pytest

from detente.json_schemas import json_schemas

FOLDER = Path(__file__).parents[2] / "docs" / "schemas"


@pytest.mark.parametrize("name", json_schemas())
def test_the_published_schema_is_that_of_the_code(name):
    published = json.loads((FOLDER / f"{name}.schema.json").read_text())
    assert published == json_schemas()[name], "run: python -m cli.write_schemas docs/schemas"
