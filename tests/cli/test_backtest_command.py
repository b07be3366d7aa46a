"""``detente backtest`` shows what articles would have fired, and what other rules would change."""

import json

import pytest
from typer.testing import CliRunner

from alerts.rule_files import SHIPPED
from cli.main import app

BREAK = {
    "id": "break",
    "body": "China on Friday suspended military talks with the United States.",
    "published_at": "2022-08-05T12:00:00Z",
    "publisher": "wire.example",
}
CALL = {
    "id": "call",
    "body": "US Defense Secretary Lloyd Austin held a video call with Chinese Defense Minister Dong Jun on Tuesday.",
    "published_at": "2024-04-16T20:00:00Z",
    "publisher": "wire.example",
}


@pytest.fixture
def articles(tmp_path):
    file = tmp_path / "articles.jsonl"
    file.write_text(f"{json.dumps(CALL)}\n{json.dumps(BREAK)}\n")
    return file


@pytest.fixture
def quieter(tmp_path):
    """The shipped rules without the one on resumptions."""
    folder = tmp_path / "rules"
    folder.mkdir()
    for file in SHIPPED.glob("*.yaml"):
        if "resumed" not in file.name:
            (folder / file.name).write_text(file.read_text())
    return folder


def run(*arguments):
    return CliRunner().invoke(app, ["backtest", *map(str, arguments)])


def records(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_articles_are_taken_in_order_of_publication_whatever_their_order_in_the_file(articles):
    done = run(articles, "--format", "jsonl")
    assert done.exit_code == 0
    assert [(a["transition"], a["from_state"]) for a in records(done)] == [
        ("broken_off", "unknown"),
        ("resumed", "suspended"),
    ]


def test_an_alert_names_its_articles_and_the_sentence_that_proves_it(articles):
    alert = records(run(articles, "--format", "jsonl"))[1]
    assert [source["article_id"] for source in alert["articles"]] == ["call"]
    assert alert["evidence"][0]["text"] == CALL["body"]


def test_running_twice_gives_the_same_bytes(articles):
    assert run(articles, "--format", "jsonl").stdout == run(articles, "--format", "jsonl").stdout


def test_comparing_shows_what_other_rules_would_change_and_says_so_by_its_exit_code(articles, quieter):
    done = run(articles, "--rules", quieter, "--compare", SHIPPED, "--format", "jsonl")
    assert done.exit_code == 1
    assert [(change["change"], change["transition"]) for change in records(done)] == [("removed", "resumed")]
    back = run(articles, "--rules", SHIPPED, "--compare", quieter, "--format", "jsonl")
    assert [(change["change"], change["transition"]) for change in records(back)] == [("added", "resumed")]


def test_the_same_rules_change_nothing(articles):
    done = run(articles, "--compare", SHIPPED)
    assert done.exit_code == 0
    assert "the same 2 alerts from 2 articles" in done.stderr


def test_a_line_that_is_no_article_is_named_and_the_rest_goes_on(articles):
    articles.write_text(articles.read_text() + "no json\n")
    done = run(articles, "--format", "jsonl")
    assert done.exit_code == 1
    assert len(records(done)) == 2
    assert "articles.jsonl:3" in done.stderr


def test_a_broken_rule_is_bad_usage(articles, tmp_path):
    (tmp_path / "mine.yaml").write_text("name: Mine\n")
    done = run(articles, "--rules", tmp_path)
    assert done.exit_code == 2
    assert "mine.yaml:1" in done.stderr
