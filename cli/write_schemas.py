"""Writes the JSON Schemas of all values on Kafka into a folder: ``python -m cli.write_schemas docs/schemas``."""

import json
import sys
from pathlib import Path

from detente.json_schemas import json_schemas


def write_schemas(folder: Path) -> None:
    """One file a schema, made anew."""
    for name, schema in json_schemas().items():
        (folder / f"{name}.schema.json").write_text(json.dumps(schema, indent=2) + "\n")


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
