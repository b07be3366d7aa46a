"""Bytes that can be read are, newer minor versions too; all else is refused with its cause."""

import datetime as dt

import pytest

from detente import wire
from detente.articles import Article
from detente.signals import ArticleSignals
from detente.wire import PoisonCause, PoisonError

ARTICLE = Article(id="a", title="T", body="B", published_at=dt.datetime(2024, 4, 16, 20, tzinfo=dt.UTC))


def test_an_article_survives_the_wire():
    assert wire.decode(wire.encode(ARTICLE), Article) == ARTICLE


def test_a_newer_minor_version_with_an_unknown_field_is_readable():
    raw = wire.encode(ARTICLE).replace(b"article/1.0", b"article/1.7").replace(b'"id"', b'"mood":"calm","id"')
    assert wire.decode(raw, Article) == ARTICLE


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (None, PoisonCause.NOT_JSON),
        (b"", PoisonCause.NOT_JSON),
        (b"\x00\xff garbage", PoisonCause.NOT_JSON),
        (b"[1, 2]", PoisonCause.NOT_JSON),
        (b"{}", PoisonCause.WRONG_SCHEMA),
        (wire.encode(ARTICLE).replace(b"article/1.0", b"signals/1.0"), PoisonCause.WRONG_SCHEMA),
        (wire.encode(ARTICLE).replace(b"article/1.0", b"article/2.0"), PoisonCause.UNKNOWN_VERSION),
        (wire.encode(ARTICLE).replace(b'"body":"B"', b'"body":" "'), PoisonCause.INVALID),
        (wire.encode(ARTICLE).replace(b',"body":"B"', b""), PoisonCause.INVALID),
        (wire.encode(ARTICLE).replace(b"2024-04-16T20:00:00Z", b"2024-04-16T20:00:00"), PoisonCause.INVALID),
        (wire.encode(ARTICLE).replace(b"2024-04-16T20:00:00Z", b"yesterday"), PoisonCause.INVALID),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_cause(raw, cause):
    with pytest.raises(PoisonError) as refused:
        wire.decode(raw, Article)
    assert refused.value.cause is cause


def test_a_message_of_another_kind_is_refused():
    with pytest.raises(PoisonError):
        wire.decode(wire.encode(ARTICLE), ArticleSignals)


def test_the_detail_never_repeats_the_input():
    raw = wire.encode(ARTICLE).replace(b'"title":"T"', b'"title":["secret"]')
    with pytest.raises(PoisonError) as refused:
        wire.decode(raw, Article)
    assert "secret" not in str(refused.value)
