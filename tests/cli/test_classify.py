"""``detente classify``: every way to hand it an article, and every way to hand it something else."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import app

TEXT = "Chinese Defence Minister Dong Jun met his Singaporean counterpart Ng Eng Hen in Singapore on Monday."
RECORD = {"title": "", "body": TEXT, "published_at": "2024-04-16T20:00:00Z", "publisher": "example.org"}


def classify(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(app, ["classify", *arguments], input=text)


def signals(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_json_lines_from_standard_input_become_signals() -> None:
    result = classify("-", "--format", "jsonl", text=json.dumps(RECORD) + "\n")
    assert result.exit_code == 0
    (signal,) = signals(result)
    assert signal["dyad"] == "CHN-SGP"
    assert signal["event_date"] == {"date": "2024-04-15", "precision": "day"}


def test_a_text_file_is_dated_by_the_option(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text(TEXT)
    result = classify(str(file), "--format", "jsonl", "--published-at", "2024-04-16")
    assert result.stderr == ""
    assert [s["mode"] for s in signals(result)] == ["meeting"]


def test_a_text_file_without_a_date_counts_as_published_now_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text(TEXT)
    result = classify(str(file), "--format", "jsonl")
    assert result.exit_code == 0
    assert "dated by now" in result.stderr
    assert len(signals(result)) == 1


def test_a_page_is_read_without_its_furniture(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    body = f"<p>{TEXT}</p><p>{'The two ministers spoke of ships and of trade. ' * 8}</p>"
    file.write_text(
        f"<html><head><title>News</title></head><body><nav>Home</nav><article>{body}</article></body></html>"
    )
    result = classify(str(file), "--format", "jsonl", "--published-at", "2024-04-16")
    assert result.exit_code == 0
    assert {s["dyad"] for s in signals(result)} == {"CHN-SGP"}


def test_records_that_are_no_article_are_named_by_line_and_the_rest_is_read() -> None:
    lines = ["{", json.dumps({"title": "x"}), json.dumps(RECORD), json.dumps(RECORD | {"published_at": "soon"})]
    result = classify("-", "--format", "jsonl", text="\n".join(lines))
    assert result.exit_code == 1
    assert len(signals(result)) == 1
    errors = result.stderr.splitlines()
    assert [line.split(": ")[1] for line in errors] == ["stdin:1", "stdin:2", "stdin:4"]


def test_a_file_that_is_missing_is_bad_usage() -> None:
    result = classify("no-such-file.txt")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == ["detente: no-such-file.txt: no such file"]


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes(b"\xff\xfe\x00China")
    result = classify(str(file), "--published-at", "2024-04-16")
    assert result.exit_code == 1
    assert "not UTF-8" in result.stderr


@pytest.mark.parametrize("form", ["table", "jsonl"])
def test_an_explanation_names_the_reason_for_each_candidate(tmp_path: Path, form: str) -> None:
    file = tmp_path / "article.txt"
    file.write_text(TEXT + "\n\nProtesters urged Jordan to cut ties with Israel.")
    result = classify(str(file), "--explain", "--format", form, "--published-at", "2024-04-16")
    assert result.exit_code == 0
    assert "accepted" in result.stdout
    assert "not_a_party" in result.stdout or "hypothetical" in result.stdout


def test_a_table_shows_the_dyad_and_the_date(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text(TEXT)
    result = classify(str(file), "--published-at", "2024-04-16")
    assert "CHN-SGP" in result.stdout
