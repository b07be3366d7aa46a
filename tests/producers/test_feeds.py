import asyncio
import datetime as dt

import aiohttp
import pytest
from aiohttp import web

from producers import fetch as fetching
from producers.feeds import FeedReader, Options
from producers.fetch import Outcome
from producers.public_addresses import connector, is_public
from producers.resume_points import ResumePoints

NOW = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)
ENTRY = (
    "<item><title>Call {n}</title><link>https://news.example.org/{n}</link>"
    "<description>&lt;p&gt;The ministers spoke.&lt;/p&gt;&lt;p&gt;Twice.&lt;/p&gt;</description>"
    "<pubDate>Tue, 16 Apr 2024 08:00:00 GMT</pubDate></item>"
)


def rss(*numbers):
    entries = "".join(ENTRY.format(n=n) for n in numbers)
    return f"<rss version='2.0'><channel><title>News</title>{entries}</channel></rss>"


class Outlet:
    def __init__(self):
        self.sent, self.beats = [], []

    def send(self, article, source_kind):
        assert source_kind == "feed"
        self.sent.append(article)

    def flush(self):
        pass

    def beat(self, heartbeat):
        self.beats.append(heartbeat)


def read(handler, tmp_path, *, times=1, allow_private=True):
    """Read a feed of a real server so many times, each time with a new reader: a restart."""
    outlet = Outlet()

    async def run():
        app = web.Application()
        app.router.add_get("/feed", handler)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/feed"
        outcomes = []
        for _ in range(times):
            async with aiohttp.ClientSession(connector=connector(allow_private=allow_private)) as session:
                reader = FeedReader(session, outlet, ResumePoints(tmp_path), lambda: NOW, Options())
                outcomes.append(await reader.read(url))
        await runner.cleanup()
        return outcomes

    return asyncio.run(run()), outlet


def answering(**answer):
    async def handler(_request):
        return web.Response(**answer)

    return handler


def test_after_a_restart_only_new_entries_are_sent(tmp_path):
    pages = [rss(1, 2), rss(2, 3)]

    async def handler(_request):
        return web.Response(text=pages.pop(0), content_type="application/rss+xml")

    outcomes, outlet = read(handler, tmp_path, times=2)
    assert outcomes == [Outcome.FETCHED] * 2
    assert [article.url[-1] for article in outlet.sent] == ["1", "2", "3"]
    assert outlet.sent[0].body == "The ministers spoke.\nTwice."
    assert outlet.sent[0].publisher == "example.org"
    assert outlet.beats[1].newest_article_at == outlet.sent[0].published_at


def test_an_unchanged_feed_is_not_sent_to_us_again_yet_is_alive(tmp_path):
    async def handler(request):
        if request.headers.get("If-None-Match") == '"one"':
            return web.Response(status=304)
        return web.Response(text=rss(1), headers={"ETag": '"one"'})

    outcomes, outlet = read(handler, tmp_path, times=2)
    assert outcomes == [Outcome.FETCHED, Outcome.UNCHANGED]
    assert (len(outlet.sent), len(outlet.beats)) == (1, 2)


async def hang(_request):
    await asyncio.sleep(5)


@pytest.mark.parametrize(
    ("handler", "outcome"),
    [
        (answering(status=500), Outcome.HTTP_ERROR),
        (answering(text="no feed at all"), Outcome.NOT_A_FEED),
        (answering(body=b"x" * 9_000_000), Outcome.TOO_LARGE),
        (hang, Outcome.TIMED_OUT),
    ],
)
def test_what_is_wrong_with_a_feed_has_a_name_and_gives_no_sign_of_life(tmp_path, monkeypatch, handler, outcome):
    monkeypatch.setattr(fetching, "TIMEOUT", aiohttp.ClientTimeout(total=1))
    outcomes, outlet = read(handler, tmp_path)
    assert outcomes == [outcome]
    assert outlet.sent == outlet.beats == []


def test_a_feed_cut_off_in_the_middle_gives_the_entries_before(tmp_path):
    _, outlet = read(answering(text=rss(1, 2)[:-60]), tmp_path)
    assert outlet.sent[0].url.endswith("1")


def test_a_private_address_is_not_even_connected_to(tmp_path):
    calls = []

    async def handler(_request):
        calls.append(1)
        return web.Response(text=rss(1))

    outcomes, _ = read(handler, tmp_path, allow_private=False)
    assert (outcomes, calls) == ([Outcome.UNREACHABLE], [])


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "0.0.0.0",
        "::1",
        "fe80::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
    ],
)
def test_addresses_of_our_own_network_are_not_public(address):
    assert not is_public(address)


def test_addresses_of_the_open_internet_are_public():
    assert is_public("93.184.215.14")
    assert is_public("2606:2800:21f:cb07::1")
