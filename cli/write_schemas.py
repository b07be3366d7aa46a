"""Writes the JSON Schemas of all values on Kafka, of rules and of receivers into a folder: ``python -m cli.write_schemas docs/schemas``."""

import json
import sys
from pathlib import Path

from alerts.delivery.receivers_file import ReceiversFile
from detente.alerts.rule import Rule
from detente.json_schemas import json_schemas


def write_schemas(folder: Path) -> None:
    """One file a schema, made anew."""
    files = {"rule": Rule.model_json_schema(), "receivers": ReceiversFile.model_json_schema()}
    for name, schema in (json_schemas() | files).items():
        (folder / f"{name}.schema.json").write_text(json.dumps(schema, indent=2) + "\n")


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
