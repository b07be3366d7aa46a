"""YAML text into plain values that know their lines, so that a complaint can name the line it is about."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import yaml

MAX_CHARS = 200_000


class YamlError(ValueError):
    """The text is no YAML of ours; ``line`` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        """Keep the two apart: who reads the file knows its name."""
        super().__init__(message)
        self.line = line


class Document(NamedTuple):
    """One YAML document."""

    value: Any
    node: yaml.Node

    def line_of(self, path: Sequence[str | int]) -> int:
        """The line of what the path names, or of the innermost part of it that is there."""
        node = self.node
        for step in path:
            below = _child(node, step)
            if below is None:
                break
            node = below
        return int(node.start_mark.line) + 1


class _Loader(yaml.SafeLoader):
    """Plain values only, no key twice, no alias (a few of them can make a file of any size)."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:  # noqa: ANN401
        if self.check_event(yaml.AliasEvent):
            raise YamlError(self.line + 1, "an alias is not available here")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise YamlError(key.start_mark.line + 1, f"the key {key.value} is there twice")
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def load(text: str) -> Document:
    """Read one document; raises YamlError."""
    if len(text) > MAX_CHARS:
        raise YamlError(1, f"the file is longer than {MAX_CHARS:,} characters")
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            raise YamlError(1, "the file is empty")
        return Document(loader.construct_document(node), node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(mark.line + 1 if mark else 1, error.problem or "this is no YAML") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if isinstance(error, YamlError):
            raise
        raise YamlError(1, " ".join(str(error).split())) from error


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        below: yaml.Node = node.value[step]
        return below
    return None
