"""Who hears of which alert, and why."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from alerts.delivery.receivers_file import ReceiversFile, destinations
from alerts.delivery.routing import Routed, Routes
from alerts.rule_files import read

ROUTES = Routes.model_validate(
    {
        "routes": [
            {"match": {"severity": ["critical"]}, "to": ["pager"], "continue": True},
            {"match": {"labels": {"desk": "korea"}}, "to": ["korea"]},
            {"match": {"dyads": ["CHN-USA"], "transitions": ["resumed"]}, "to": ["china"]},
        ],
        "default": ["log"],
    }
)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, {"pager", "china"}),
        ({"labels": {"desk": "korea"}}, {"pager", "korea"}),
        ({"severity": "warning"}, {"china"}),
        ({"severity": "warning", "dyad": "KOR-PRK"}, {"log"}),
        ({"dyad": "KOR-PRK"}, {"pager"}),
    ],
)
def test_the_first_route_that_fits_and_those_after_it_if_it_goes_on(make_alert: Any, changes: Any, told: set[str]):
    alert = make_alert(**changes)
    everybody = ("pager", "korea", "china", "log")
    assert {name for name in everybody if ROUTES.routed(alert, name) is not Routed.NOT_ROUTED} == told


def test_without_routes_everybody_is_told(make_alert: Any):
    assert Routes().routed(make_alert(), "anybody") is Routed.BY_DEFAULT


def test_the_published_schema_is_that_of_the_code():
    file = Path(__file__).parents[3] / "docs/schemas/receivers.schema.json"
    assert json.loads(file.read_text()) == ReceiversFile.model_json_schema(), (
        "run: python -m cli.write_schemas docs/schemas"
    )


def test_the_file_of_the_page_can_be_used(tmp_path: Path, make_alert: Any, monkeypatch: pytest.MonkeyPatch):
    page = (Path(__file__).parents[3] / "docs/delivery.md").read_text()
    (text,) = re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "receivers.yaml").write_text(text)
    monkeypatch.setenv("DETENTE_KOREA_DESK", "json://example.org/a\njson://example.org/b")
    manners = [one.manner for one in destinations(read(tmp_path / "receivers.yaml", ReceiversFile))]
    told = {manner.name for manner in manners if manner.wants(make_alert(labels={"desk": "korea"}))}
    assert told == {"everything", "korea-desk-1", "korea-desk-2", "duty"}


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"routing": {"default": ["nobody"]}}, "no receiver is named nobody"),
        ({"receivers": [{"name": "a", "terminal": {}}, {"name": "a", "terminal": {}}]}, "one name"),
        ({"receivers": [{"name": "a"}]}, "a receiver is one of"),
        ({"receivers": [{"name": "a", "apprise": {}}]}, "either urls_file or urls_env"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused(changes: Any, complaint: str):
    with pytest.raises(ValidationError, match=complaint):
        ReceiversFile.model_validate({"receivers": [{"name": "a", "terminal": {}}]} | changes)
