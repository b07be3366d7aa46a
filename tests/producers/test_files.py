import datetime as dt
import gzip

import pytest

from detente.vocabulary import ArticleFlag
from producers.files import Rejected, RejectReason, read_articles

NOW = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)
GOOD = b'{"title": "Talks", "body": "The ministers met.", "published_at": "2024-04-16T08:00:00Z", "url": "https://news.example.co.uk/a"}'
TEXT = "The two ministers spoke by phone on Friday, for the first time this year. "


def read(*paths, **given):
    return list(read_articles(paths, now=NOW, **given))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"nothing of the kind", RejectReason.NOT_JSON),
        (b'{"published_at": "2024-04-16T08:00:00Z"}', RejectReason.NO_BODY),
        (b'{"body": "  ", "published_at": "2024-04-16T08:00:00Z"}', RejectReason.NO_BODY),
        (b'{"body": "x"}', RejectReason.INVALID),
        (b'{"body": "x", "published_at": "2024-04-16"}', RejectReason.INVALID),
        (b"[1]", RejectReason.INVALID),
        (b"\xff\xfe", RejectReason.UNDECODABLE),
        (b"x" * 5_000_000, RejectReason.TOO_LARGE),
        (b'{"body": "' + b"x" * 600_000 + b'", "published_at": "2024-04-16T08:00:00Z"}', RejectReason.TOO_LARGE),
    ],
)
def test_a_bad_line_is_rejected_by_name_and_the_lines_around_it_are_read(tmp_path, line, reason):
    file = tmp_path / "news.jsonl"
    file.write_bytes(GOOD + b"\n" + line + b"\n\n" + GOOD + b"\n")
    first, bad, last = read(file)
    assert first == last
    assert (bad.where, bad.reason) == (f"{file}:2", reason)
    assert len(bad.raw) <= 4096
    assert "\n" not in str(bad)


def test_a_record_without_a_publisher_is_given_the_domain_of_its_address(tmp_path):
    file = tmp_path / "news.jsonl"
    file.write_bytes(GOOD)
    assert read(file)[0].publisher == "example.co.uk"


def test_a_text_without_a_date_counts_as_published_now_and_says_so(tmp_path):
    file = tmp_path / "news.txt"
    file.write_text(TEXT)
    undated, dated = *read(file), *read(file, published_at=dt.datetime(2024, 4, 1, tzinfo=dt.UTC))
    assert (undated.published_at, undated.flags) == (NOW, (ArticleFlag.UNDATED,))
    assert (dated.published_at.month, dated.flags) == (4, ())


def test_a_page_gives_its_text_title_date_and_publisher_but_not_its_menu(tmp_path):
    file = tmp_path / "page.html"
    file.write_text(
        "<html><head><title>A call</title><link rel='canonical' href='https://www.example.org/n/1'>"
        "<meta property='article:published_time' content='2024-03-02T10:00:00Z'></head><body><nav>Menu</nav>"
        f"<article><p>{TEXT * 5}</p></article></body></html>"
    )
    (article,) = read(file)
    assert (article.title, article.publisher, article.published_at.date()) == (
        "A call",
        "example.org",
        dt.date(2024, 3, 2),
    )
    assert "Menu" not in article.body


def test_a_folder_is_read_in_the_order_of_its_names_compressed_files_too(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.txt").write_text("second")
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"first"))
    (tmp_path / "sub/c.txt").write_text("third")
    (tmp_path / "picture.png").write_bytes(b"\x89")
    assert [article.body for article in read(tmp_path)] == ["first", "second", "third"]


def test_files_that_cannot_be_read_are_rejected_each_with_its_reason(tmp_path):
    for name, raw in [
        ("a.gz", b"no gzip"),
        ("b.pdf", b"%PDF"),
        ("c.txt", b"\xff\xfe\xfa"),
        ("d.txt", b"x" * 5_000_000),
    ]:
        (tmp_path / name).write_bytes(raw)
    (tmp_path / "a.gz").rename(tmp_path / "a.jsonl.gz")
    found = read(*(tmp_path / name for name in ["a.jsonl.gz", "b.pdf", "c.txt", "d.txt", "missing.txt"]))
    assert all(isinstance(item, Rejected) for item in found)
    assert [item.reason.value for item in found] == [
        "undecodable",
        "unknown_kind",
        "undecodable",
        "too_large",
        "unreadable",
    ]
