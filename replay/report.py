"""The report of a replay: one page that needs nothing else, to be read on any screen, by eye, keyboard or ear."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from replay.contact_pictures import Report
from replay.manifest import Manifest


def render(report: Report, manifest: Manifest, *, compared: bool, counts: Sequence[Mapping[str, object]]) -> str:
    """The page. Whatever articles say is escaped; the only script that runs is our own, by its hash."""
    script = _file("report.js")
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = Environment(autoescape=True, undefined=StrictUndefined).from_string(_file("report.html"))
    return page.render(
        report=report,
        manifest=manifest,
        compared=compared,
        counts=counts,
        rules=sorted({shown.alert.rule for picture in report.pictures for shown in picture.alerts}),
        style=Markup(_file("report.css")),  # noqa: S704  # our own files
        script=Markup(script),  # noqa: S704
        script_hash=digest,
    )


def _file(name: str) -> str:
    return (files(__package__) / name).read_text()
