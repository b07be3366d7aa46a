"""What must hold for any text: no crash, exact evidence, time that grows with length alone, the same answer each time."""

import pickle
import random
import string
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.articles import MAX_TEXT_CHARS, Article
from detente.coder.article_to_passages import plain
from detente.coder.article_to_signals import Coder, load_coder
from detente.coder.lexicon import load_lexicon
from detente.parties.gazetteer import load_gazetteer

PUBLISHED = datetime(2024, 4, 16, 20, tzinfo=UTC)
CODER = load_coder()
WORDS = [
    "China",
    "US",
    "Iran",
    "Moscow",
    "Macron",
    "Xi",
    "Beijing's",
    "Chinese",
    "Russian",
    "the",
    "two",
    "sides",
    "foreign",
    "minister",
    "ministers",
    "president",
    "met",
    "meets",
    "talks",
    "with",
    "between",
    "and",
    ",",
    ".",
    ";",
    "-",
    "'",
    '"',
    "after",
    "will",
    "not",
    "if",
    "cut",
    "off",
    "ties",
    "expelled",
    "diplomats",
    "recalled",
    "its",
    "ambassador",
    "to",
    "from",
    "on",
    "Monday",
    "in",
    "2016",
    "five",
    "months",
    "ago",
    "first",
    "since",
    "two",
    "years",
    "who",
    "his",
    "counterpart",
    "former",
    "visit",
    "call",
    "of",
    "said",
    "\n\n",
    "(",
    ")",
    "\u2019",
    "“",
    "”",
    "\u2013",
    "Ω",
    "中国",
    "اجتماع",
    "U.S.",
    "Dr.",
]  # a list of sixty literals is harder to read
SECONDS_PER_MEGABYTE = 20.0
"""Twenty times what a slow core needs; a pattern that back-tracks passes any limit."""


def article(body: str, title: str = "") -> Article:
    return Article(id="a", title=title, body=body, published_at=PUBLISHED)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=80).map(" ".join).filter(str.strip),
    st.sampled_from(["", "China, Iran hold talks"]),
)
def test_evidence_is_the_article_s_own_text_to_the_character(body: str, title: str) -> None:
    read = article(body, title)
    for signal in CODER.code(read):
        evidence = signal.evidence
        assert getattr(read, evidence.field)[evidence.start : evidence.end] == evidence.text


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=2_000).filter(str.strip))
def test_any_text_is_read_without_a_crash(body: str) -> None:
    CODER.code(article(body))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join).filter(str.strip))
def test_an_explanation_has_the_signals_that_coding_has(body: str) -> None:
    assert CODER.explain(article(body)).signals == CODER.code(article(body))


@given(st.text(max_size=500))
def test_plain_text_is_as_long_as_the_original(text: str) -> None:
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(
    "unit",
    [
        "China met Iran and ",
        "China, Iran, ",
        "the foreign ministers of China and ",
        "Xi ",
        "met ",
        "a" * 40 + " ",
        ". . . ",
        "A. B. C. ",
        "\n \n",
        "'s ",
        "- ",
        "in 2016 five months ago ",
        "first in ",
        "his ",
        "China said that it would not ",
        "(" * 10,
        "China met with Iran. ",
        "China met with Iran. It rained. ",
        "On Sunday Iran recalled its ambassador from Peru. Peru did likewise. ",
        "Mr. Obama said he and Vladimir Putin, who is ill, and hosted Iran, ",
        "x",
        "RUSSIA (",
        "\u201cChina\u2019s ",
    ],
)
def test_time_grows_with_length_alone_whatever_the_text(unit: str) -> None:
    size = MAX_TEXT_CHARS // 5
    body = "China Iran " + unit * (size // len(unit))
    start = time.process_time()
    CODER.code(article(body))
    assert time.process_time() - start < SECONDS_PER_MEGABYTE * size / 1_000_000


def test_letters_of_many_scripts_are_read_in_bounded_time() -> None:
    letters = string.ascii_letters + "ÀÉßøЖщאبत中あ한 \n.,;'\"-\u2019\u201c\u201d\u2026€😀"
    body = "".join(letters[(i * i + i // 7) % len(letters)] for i in range(MAX_TEXT_CHARS - 100))
    start = time.process_time()
    CODER.code(article("China Iran " + body))
    assert time.process_time() - start < SECONDS_PER_MEGABYTE


def long_article(body: str) -> Article:
    """An article longer than the schema lets in: the coder must bear it all the same."""
    return Article.model_construct(
        id="a", url=None, title="", body=body, published_at=PUBLISHED, publisher=None, language=None
    )


def test_five_million_letters_of_all_scripts_are_read_in_bounded_time() -> None:
    letters = string.printable + "ÀÉßøЖщابت中あ한\u2019\u201c\u201d\u2026€😀"
    body = "".join(letters[(i * 7919 + i // 11) % len(letters)] for i in range(5_000_000))
    start = time.process_time()
    CODER.code(long_article("China met Iran. " + body))
    assert time.process_time() - start < SECONDS_PER_MEGABYTE * 5


def test_four_times_the_text_takes_about_four_times_as_long() -> None:
    draw = random.Random(7)
    words = [*sorted(load_lexicon().triggers), *WORDS]
    short, long = (long_article(" ".join(draw.choices(words, k=count))) for count in (6_000, 24_000))
    taken = []
    for read in (short, long):
        start = time.process_time()
        CODER.code(read)
        taken.append(time.process_time() - start)
    assert taken[1] < taken[0] * 4 * 3


def test_many_pairs_of_parties_are_told_apart_in_bounded_time() -> None:
    names = [state.name for state in load_gazetteer().states]
    pairs = [f"{a}'s president met {b}'s prime minister." for a in names[:80] for b in names[80:150]]
    start = time.process_time()
    assert len(CODER.code(long_article(" ".join(pairs)))) > 1_000
    assert time.process_time() - start < SECONDS_PER_MEGABYTE


def test_a_coder_that_was_sent_to_another_process_codes_the_same() -> None:
    read = article("Chinese Defence Minister Dong Jun met US Defense Secretary Lloyd Austin on Monday.")
    sent: Coder = pickle.loads(pickle.dumps(CODER))
    assert sent.code(read) == CODER.code(read)
    assert CODER.code(read) == CODER.code(read)


def test_a_coder_is_ready_quickly() -> None:
    start = time.process_time()
    Coder()
    assert time.process_time() - start < 1.0


def test_dates_depend_on_the_publication_alone() -> None:
    body = "Chinese Defence Minister Dong Jun met US Defense Secretary Lloyd Austin on Monday."
    early, late = (
        CODER.code(Article(id="a", body=body, published_at=datetime(2024, 4, day, tzinfo=UTC)))[0] for day in (16, 23)
    )
    assert (str(early.event_date), str(late.event_date)) == ("2024-04-15", "2024-04-22")
