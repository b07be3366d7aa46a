import datetime as dt
import gzip
import io
import json

import pytest

from detente.articles import MAX_TEXT_CHARS
from detente.vocabulary import ArticleFlag
from producers import json_lines
from producers.files import read_articles
from producers.json_lines import MAX_RECORD_BYTES, json_lines_to_articles
from producers.pages_to_articles import Given
from producers.rejections import MAX_RAW_BYTES, Rejected

NOW = dt.datetime(2024, 4, 17, 9, tzinfo=dt.UTC)
RECORD = {"title": "Ministers talk", "body": "Two ministers spoke by phone.", "published_at": "2024-04-16T12:00:00Z"}
GOOD = json.dumps(RECORD).encode()
PARAGRAPH = "The two ministers spoke about ships, about trade and about the dates of their next talks. " * 6
PAGE = f"""<html lang="en"><head><title>Ministers talk</title>
<meta property="article:published_time" content="2024-04-16T12:00:00Z">
<link rel="canonical" href="https://news.wire.co.uk/talks"></head>
<body><nav>Home Sport Weather</nav><article><h1>Ministers talk</h1><p>{PARAGRAPH}</p></article>
<footer>All rights reserved</footer></body></html>"""


def read(*paths, **options):
    return list(read_articles([str(path) for path in paths], now=NOW, **options))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"no json", "not_json"),
        (b'{"body": "cut of', "not_json"),
        (b'{"title": "x", "published_at": "2024-04-16T12:00:00Z"}', "no_body"),
        (b'{"body": "  ", "published_at": "2024-04-16T12:00:00Z"}', "no_body"),
        (b'{"body": "x", "published_at": "soon"}', "invalid"),
        (b'{"body": "x"}', "invalid"),
        (b"[1, 2]", "invalid"),
        (b'{"body": "caf\xe9", "published_at": "2024-04-16T12:00:00Z"}', "undecodable"),
        (json.dumps(RECORD | {"body": "x" * (MAX_TEXT_CHARS + 1)}).encode(), "too_large"),
        (b'{"body": "' + b"x" * 5_000_000, "too_large"),
    ],
    ids=lambda value: value[:24].decode("latin-1") if isinstance(value, bytes) else value,
)
def test_a_bad_line_is_rejected_with_its_place_and_the_next_is_read(tmp_path, line, reason):
    file = tmp_path / "news.jsonl"
    file.write_bytes(b"\n".join([GOOD, line, GOOD]) + b"\n")
    first, bad, last = read(file)
    assert isinstance(bad, Rejected)
    assert (bad.where, bad.reason.value) == (f"{file}:2", reason)
    assert "\n" not in str(bad)
    assert len(bad.raw) <= MAX_RAW_BYTES
    assert first == last


def test_an_endless_line_is_never_held_whole(monkeypatch):
    monkeypatch.setattr(json_lines, "MAX_RECORD_BYTES", 1_000)

    asked = []

    class Asked(io.BytesIO):
        def readline(self, size=-1):
            asked.append(size)
            return super().readline(size)

    stream = Asked(b"x" * 10_000 + b"\n" + GOOD + b"\n")
    items = [item for _, item in json_lines_to_articles("s", stream, Given(NOW))]
    assert isinstance(items[0], Rejected)
    assert [type(item).__name__ for item in items] == ["Rejected", "Article"]
    assert set(asked) == {1_001}


def test_a_stream_is_read_line_by_line_as_it_comes():
    class Slow(io.BytesIO):
        taken = 0

        def readline(self, size=-1):
            self.taken += 1
            return super().readline(size)

    stream = Slow(GOOD + b"\n" + GOOD + b"\n")
    next(json_lines_to_articles("stdin", stream, Given(NOW)))
    assert stream.taken == 1


def test_a_byte_order_mark_and_blank_lines_are_no_articles_and_no_faults(tmp_path):
    file = tmp_path / "news.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD + b"\r\n\r\n \n" + GOOD)
    assert [article.title for article in read(file)] == ["Ministers talk"] * 2


def test_the_publisher_is_the_registrable_domain_unless_named(tmp_path):
    file = tmp_path / "news.jsonl"
    records = [RECORD | {"url": "https://news.wire.co.uk/a"}, RECORD | {"publisher": "Wire"}, RECORD]
    file.write_text("\n".join(map(json.dumps, records)))
    assert [article.publisher for article in read(file)] == ["wire.co.uk", "Wire", None]
    assert [article.publisher for article in read(file, publisher="P")] == ["P", "Wire", "P"]


def test_a_text_without_a_date_is_dated_now_and_flagged_and_the_option_names_it(tmp_path):
    file = tmp_path / "talks.txt"
    file.write_text("Two ministers spoke.")
    (undated,) = read(file)
    assert (undated.published_at, undated.flags) == (NOW, (ArticleFlag.UNDATED,))
    day = dt.datetime(2024, 4, 16, tzinfo=dt.UTC)
    (dated,) = read(file, published_at=day)
    assert (dated.published_at, dated.flags) == (day, ())


def test_a_page_gives_its_article_with_title_date_and_publisher_and_without_furniture(tmp_path):
    file = tmp_path / "talks.html"
    file.write_text(PAGE)
    (article,) = read(file)
    assert article.title == "Ministers talk"
    assert "about ships" in article.body
    assert "Weather" not in article.body
    assert "rights reserved" not in article.body
    assert article.published_at == dt.datetime(2024, 4, 16, tzinfo=dt.UTC)
    assert article.publisher == "wire.co.uk"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.html", b"", "no_body"),
        ("script.html", b"<html><body><script>let a = 1</script></body></html>", "no_body"),
        ("huge.html", b"<p>" + b"x" * (MAX_RECORD_BYTES + 1), "too_large"),
        ("empty.txt", b"", "no_body"),
        ("latin.txt", b"caf\xe9", "undecodable"),
        ("huge.txt", b"x" * (MAX_RECORD_BYTES + 1), "too_large"),
        ("broken.jsonl.gz", b"no gzip at all", "undecodable"),
        ("cut.txt.gz", gzip.compress(b"Two ministers spoke." * 99)[:30], "undecodable"),
        ("bomb.txt.gz", gzip.compress(b"x" * 50_000_000), "too_large"),
        ("picture.png", b"\x89PNG", "unknown_kind"),
    ],
)
def test_a_file_that_is_no_article_is_rejected_by_its_name(tmp_path, name, content, reason):
    file = tmp_path / name
    file.write_bytes(content)
    (bad,) = read(file)
    assert isinstance(bad, Rejected)
    assert (bad.where, bad.reason.value) == (str(file), reason)


def test_a_missing_file_is_named_and_the_next_is_read(tmp_path):
    file = tmp_path / "news.jsonl"
    file.write_bytes(GOOD)
    bad, article = read(tmp_path / "nowhere.jsonl", file)
    assert str(bad).endswith("nowhere.jsonl: unreadable: No such file or directory")
    assert article.title == "Ministers talk"


def test_a_folder_is_read_whole_in_the_order_of_names_and_compressed_files_too(tmp_path):
    (tmp_path / "deep").mkdir()
    texts = {"b.txt": "second", "deep/c.txt": "third", "a.txt.gz": "first"}
    for name, text in texts.items():
        (tmp_path / name).write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
    (tmp_path / "notes.pdf").write_bytes(b"left alone")
    (tmp_path / ".hidden.txt").write_text("left alone")
    assert [article.body for article in read(tmp_path)] == ["first", "second", "third"]
