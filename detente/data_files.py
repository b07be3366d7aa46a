"""The data files that lie beside a package's modules, read as text or YAML."""

from importlib.resources import files
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where PyYAML was built with it: the coder is ready in a fraction of the time."""


def read_text(package: str, name: str) -> str:
    """A file of that package."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


def read_yaml(package: str, name: str) -> Any:  # noqa: ANN401  # a schema judges it where it is used
    """What a YAML file of that package holds."""
    return yaml.load(read_text(package, name), Loader=_Loader)  # noqa: S506  # both loaders are safe ones
