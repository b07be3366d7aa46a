import asyncio
import datetime as dt

import aiohttp
import pytest
from feed_servers import Page, feed_server, rss

from producers import feeds, fetch
from producers.feeds import FeedReader, Options
from producers.fetch import MAX_PAGE_BYTES, Outcome
from producers.resume_points import ResumePoints
from runtime.public_addresses import connector, is_public

NOW = dt.datetime(2024, 4, 17, 9, tzinfo=dt.UTC)
TWO = rss(("a", "Two ministers spoke."), ("b", "A hotline was restored."))
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "ha">'
    + b"".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">'.encode() for n in range(1, 10))
    + b"]><rss version='2.0'><channel><item><title>&a9;</title><description>x</description></item></channel></rss>"
)


class Kept:
    """Articles that are confirmed, and signs of life; ``refuses`` stands for a Kafka that is away."""

    def __init__(self):
        self.articles, self.beats, self.refuses = [], [], False

    def send(self, article, source_kind):
        assert source_kind == "feed"
        if self.refuses:
            raise ConnectionError
        self.articles.append(article)

    def flush(self):
        return

    def beat(self, heartbeat):
        self.beats.append(heartbeat)


@pytest.fixture
def server():
    with feed_server() as running:
        yield running


@pytest.fixture
def read(tmp_path):
    """Reads one feed as a process of its own would: with a new session and the resume points on disk."""

    def run(url, kept, *, allow_private=True, **options):
        async def once():
            async with aiohttp.ClientSession(connector=connector(allow_private=allow_private)) as session:
                reader = FeedReader(session, kept, ResumePoints(tmp_path / "f"), lambda: NOW, Options(**options))
                return await reader.read(url)

        return asyncio.run(once())

    return run


def test_entries_become_articles_with_their_own_words_and_dates(server, read):
    server.pages["/feed"] = Page(TWO)
    kept = Kept()
    assert read(f"{server.url}/feed", kept) is Outcome.FETCHED
    assert [article.body for article in kept.articles] == ["Two ministers spoke.", "A hotline was restored."]
    assert kept.articles[0].url == "https://wire.example.org/a"
    assert kept.articles[0].publisher == "example.org"
    assert kept.articles[0].published_at == dt.datetime(2024, 4, 16, 12, tzinfo=dt.UTC)


def test_the_full_content_of_an_atom_entry_wins_over_its_summary(server, read):
    server.pages["/atom"] = Page(
        b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>W</title><entry><title>T</title>'
        b'<link href="https://wire.example.org/a"/><updated>2024-04-16T12:00:00Z</updated><summary>Short.</summary>'
        b'<content type="html">&lt;p&gt;The whole story.&lt;/p&gt;</content></entry></feed>'
    )
    kept = Kept()
    read(f"{server.url}/atom", kept)
    assert [article.body for article in kept.articles] == ["The whole story."]


def test_after_a_restart_nothing_is_sent_twice_and_what_is_new_is_sent(server, read):
    server.pages["/feed"] = Page(TWO)
    kept = Kept()
    read(f"{server.url}/feed", kept)
    read(f"{server.url}/feed", kept)
    assert len(kept.articles) == 2
    server.pages["/feed"] = Page(rss(("c", "Talks were called off."), ("a", "Two ministers spoke.")))
    read(f"{server.url}/feed", kept)
    assert [article.url[-1] for article in kept.articles] == ["a", "b", "c"]


def test_an_unchanged_feed_costs_one_empty_answer_and_is_still_alive(server, read):
    changed = "Tue, 16 Apr 2024 12:00:00 GMT"
    server.pages["/feed"] = Page(TWO, headers=(("ETag", '"v1"'), ("Last-Modified", changed)))
    kept = Kept()
    read(f"{server.url}/feed", kept)
    assert read(f"{server.url}/feed", kept) is Outcome.UNCHANGED
    asked = server.asked[-1][1]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"v1"', changed)
    assert [beat.publishers for beat in kept.beats] == [("example.org",)] * 2
    assert kept.beats[-1].newest_article_at == dt.datetime(2024, 4, 16, 12, 1, tzinfo=dt.UTC)


def test_a_password_in_the_address_is_used_and_told_to_nobody(server, read, capsys):
    server.pages["/feed"] = Page(TWO)
    kept = Kept()
    assert read(f"{server.url}/feed".replace("//", "//reader:geheim@"), kept) is Outcome.FETCHED
    assert server.asked[-1][1]["Authorization"].startswith("Basic ")
    assert kept.beats[0].source == f"{server.url}/feed"
    assert "geheim" not in "".join(capsys.readouterr())


def test_what_kafka_did_not_confirm_is_sent_again(server, read):
    server.pages["/feed"] = Page(TWO, headers=(("ETag", '"v1"'),))
    kept = Kept()
    kept.refuses = True
    with pytest.raises(ConnectionError):
        read(f"{server.url}/feed", kept)
    kept.refuses = False
    assert read(f"{server.url}/feed", kept) is Outcome.FETCHED
    assert len(kept.articles) == 2


@pytest.mark.parametrize(
    ("page", "outcome"),
    [
        (Page(status=500), Outcome.HTTP_ERROR),
        (Page(b"<html><body>Not here any more</body></html>"), Outcome.NOT_A_FEED),
        (Page(b"\x00\xff\x00"), Outcome.NOT_A_FEED),
        (Page(b" " * (MAX_PAGE_BYTES + 1)), Outcome.TOO_LARGE),
        (Page(status=302, headers=(("Location", "/again"),)), Outcome.UNREACHABLE),
        (Page(status=302, headers=(("Location", "file:///etc/hostname"),)), Outcome.UNREACHABLE),
        (Page(hangs=True), Outcome.TIMED_OUT),
    ],
    ids=["500", "html", "bytes", "huge", "redirects for ever", "redirect to a file", "hangs"],
)
def test_a_feed_that_fails_is_an_outcome_and_no_sign_of_life(server, read, monkeypatch, page, outcome):
    monkeypatch.setattr(fetch, "TIMEOUT", aiohttp.ClientTimeout(total=1))
    server.pages["/feed"] = server.pages["/again"] = page
    kept = Kept()
    assert read(f"{server.url}/feed", kept) is outcome
    assert (kept.articles, kept.beats) == ([], [])


def test_broken_mark_up_gives_the_entries_that_can_be_read(server, read):
    server.pages["/feed"] = Page(TWO.replace(b"</channel></rss>", b"<item><title>cut & off"))
    kept = Kept()
    assert read(f"{server.url}/feed", kept) is Outcome.FETCHED
    assert {"Two ministers spoke.", "A hotline was restored."} <= {article.body for article in kept.articles}


@pytest.mark.timeout(20)
def test_entities_that_would_fill_the_memory_are_not_expanded(server, read):
    server.pages["/feed"] = Page(BOMB)
    kept = Kept()
    read(f"{server.url}/feed", kept)
    assert sum(len(article.title) for article in kept.articles) < 10_000


def test_a_private_address_is_refused_before_a_byte_is_sent(server, read):
    port = server.url.rsplit(":", 1)[1]
    for host in ("127.0.0.1", "localhost", "2130706433"):
        assert read(f"http://{host}:{port}/feed", Kept(), allow_private=False) is Outcome.UNREACHABLE
    assert server.asked == []


def test_a_redirect_to_a_private_address_is_refused(server, read, monkeypatch):
    """The first address passes as public here, which leaves the redirect's own address to be judged."""
    with feed_server() as inner:
        port = inner.url.rsplit(":", 1)[1]
        server.pages["/feed"] = Page(status=302, headers=(("Location", f"http://127.0.0.2:{port}/feed"),))
        monkeypatch.setattr(
            "runtime.public_addresses.is_public", lambda address: address == "127.0.0.1" or is_public(address)
        )
        assert read(f"{server.url}/feed", Kept(), allow_private=False) is Outcome.UNREACHABLE
        assert server.count("/feed") == 1
        assert inner.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
    ],
)
def test_no_address_of_our_own_network_is_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_addresses_of_the_open_internet_are_public(address):
    assert is_public(address)


def test_the_linked_page_replaces_the_summary_if_asked_for(server, read, monkeypatch):
    monkeypatch.setattr(feeds, "HOST_DELAY_SECONDS", 0)
    words = "The ministers spoke about ships, about trade and about the dates of their next talks. " * 8
    server.pages["/a"] = Page(f"<html><body><article><p>{words}</p></article></body></html>".encode())
    server.pages["/feed"] = Page(TWO.replace(b"https://wire.example.org", server.url.encode()))
    kept = Kept()
    read(f"{server.url}/feed", kept, full_text=True)
    assert "about ships" in kept.articles[0].body
    assert kept.articles[1].body == "A hotline was restored."


def test_a_resume_point_that_is_damaged_is_begun_anew(server, read, tmp_path):
    server.pages["/feed"] = Page(TWO)
    kept = Kept()
    read(f"{server.url}/feed", kept)
    (point,) = (tmp_path / "f").glob("*.json")
    point.write_text('{"url": ')
    assert read(f"{server.url}/feed", kept) is Outcome.FETCHED
    assert [article.id for article in kept.articles[:2]] == [article.id for article in kept.articles[2:]]
