"""What holds of the fold for any articles in any order."""

import datetime as dt

import pytest
from builders import NOW, report, signal
from hypothesis import example, given, settings
from hypothesis import strategies as st

from detente import wire
from detente.contacts.advance import advance
from detente.contacts.contact import Contact
from detente.contacts.transitions import Paging, Transition
from detente.signals import ArticleSignals
from detente.vocabulary import ArticleFlag, Mode, Status, TransitionKind

DAYS = st.dates(dt.date(2023, 1, 1), dt.date(2023, 3, 1))
MAX_CONTACT_BYTES = 512 * 1024


@st.composite
def signals(draw: st.DrawFn):
    day = draw(DAYS).isoformat()
    date = draw(st.sampled_from([day, day, day[:7], day[:4], None]))
    return signal(
        draw(st.sampled_from([mode.value for mode in Mode])),
        date,
        level=draw(st.sampled_from(["head", "minister", "working", "unknown"])),
        status=draw(st.sampled_from([Status.OCCURRED, Status.OCCURRED, Status.PLANNED, Status.DENIED])),
        ceremonial=draw(st.booleans()),
    )


@st.composite
def articles(draw: st.DrawFn):
    publisher = draw(st.sampled_from(["a.example", "b.example", "c.example", "ministry.gov", None]))
    return report(draw(DAYS).isoformat(), *draw(st.lists(signals(), min_size=1, max_size=3)), publisher=publisher)


def fold(stream: list[ArticleSignals], contact: Contact | None = None) -> tuple[Contact, list[Transition]]:
    made: list[Transition] = []
    for article in stream:
        contact, transitions = advance(contact, article, NOW)
        made.extend(transitions)
    assert contact is not None
    return contact, made


def without_ids(contact: Contact) -> tuple[object, ...]:
    """A contact without what tells of its order of arrival: the ids given, and what was raised when."""
    encounters = sorted(str(e.model_copy(update={"id": ""})) for e in contact.encounters)
    tiers = [(t.state, str(t.since)) for t in (contact.high, contact.working)]
    return (contact.watermark, encounters, tiers)


@settings(max_examples=60, deadline=None)
@given(st.lists(articles(), min_size=1, max_size=12).flatmap(lambda s: st.tuples(st.just(s), st.permutations(s))))
def test_any_order_of_arrival_gives_the_same_contact(orders):
    stream, shuffled = orders
    assert without_ids(fold(stream)[0]) == without_ids(fold(shuffled)[0])


@settings(max_examples=60, deadline=None)
@given(st.lists(articles(), min_size=1, max_size=10), st.data())
def test_a_duplicate_changes_nothing_and_raises_nothing(stream, data):
    contact, _ = fold(stream)
    again = data.draw(st.sampled_from(stream))
    after, made = fold([again], contact)
    assert after == contact
    assert made == []


TOLD_ALIKE = report(
    "2023-01-01",
    signal("call", "2023-02", level="working", ceremonial=False),
    signal("call", "2023-02", level="working", ceremonial=True),
)


@settings(max_examples=60, deadline=None)
@example([TOLD_ALIKE], 1)
@given(st.lists(articles(), min_size=1, max_size=10), st.integers(1, 10))
def test_a_replayed_prefix_changes_nothing(stream, length):
    contact, _ = fold(stream)
    after, made = fold(stream[:length], contact)
    assert (after, made) == (contact, [])


@settings(max_examples=60, deadline=None)
@given(st.lists(articles(), min_size=1, max_size=12))
def test_each_transition_is_raised_once_and_each_encounter_has_its_own_id(stream):
    contact, made = fold(stream)
    raised = [t.id for t in made if t.kind not in (TransitionKind.CONFIRMED, TransitionKind.RETRACTED)]
    assert len(raised) == len(set(raised))
    assert len({e.id for e in contact.encounters}) == len(contact.encounters)


@settings(max_examples=60, deadline=None)
@given(st.lists(articles(), min_size=1, max_size=10))
def test_history_never_pages(stream):
    for transition in fold(stream)[1]:
        day = transition.event_date.latest_by(transition.articles[0].published_at.date())
        if transition.paging is Paging.PAGES and transition.of is None and day is not None:
            assert transition.articles[0].published_at.date() - day <= dt.timedelta(days=14)


@settings(max_examples=60, deadline=None)
@given(articles(), st.integers(0, 365))
def test_a_contact_survives_the_wire(article, days):
    contact, _ = advance(None, article, NOW + dt.timedelta(days=days))
    assert wire.decode(wire.encode(contact), Contact) == contact


@pytest.mark.parametrize("level", ["minister", "working"])
def test_a_contact_stays_within_its_bound_whatever_comes_in(level):
    contact = None
    day = dt.date(2010, 1, 1)
    for number in range(150):
        day += dt.timedelta(days=1)
        status = ["occurred", "planned", "denied"][number % 3]
        mode = list(Mode)[number % len(Mode)].value
        for publisher in ("a.example", "b.example", "c.example", "d.example", "defense.gov", "mod.gov.cn"):
            told = signal(mode, day.isoformat(), level=level, status=status, text=f"{number} {publisher} " * 40)
            contact, _ = advance(contact, report(day.isoformat(), told, publisher=publisher), NOW)
    assert len(wire.encode(contact)) < MAX_CONTACT_BYTES


@settings(max_examples=60, deadline=None)
@given(st.lists(articles(), min_size=1, max_size=8), st.integers(0, 8), articles())
def test_one_article_from_the_future_moves_no_watermark_and_silences_no_later_news(stream, place, liar):
    """The shell clamps such an article to its clock, which is years ahead of the news in this stream, and flags it."""
    liar = liar.model_copy(update={"published_at": NOW, "flags": (ArticleFlag.CLAMPED,)})
    place = min(max(place, 1), len(stream))
    contact, made = fold([*stream[:place], liar, *stream[place:]])
    assert contact.watermark == max(article.published_at for article in stream)
    late = {t.articles[0].article_id for t in made if t.paging is Paging.LATE_ARTICLE}
    honest = [t for t in fold(stream)[1] if t.paging is Paging.LATE_ARTICLE]
    assert late <= {t.articles[0].article_id for t in honest} | {liar.article_id} | _late(stream)


def _late(stream: list[ArticleSignals]) -> set[str]:
    """The articles that come over three days after a newer one."""
    return {
        article.article_id
        for number, article in enumerate(stream)
        if any(earlier.published_at - article.published_at > dt.timedelta(days=3) for earlier in stream[:number])
    }


@settings(max_examples=30, deadline=None)
@given(st.lists(articles(), min_size=1, max_size=40))
def test_the_size_of_a_contact_is_bounded_for_random_input_too(stream):
    assert len(wire.encode(fold(stream)[0])) < MAX_CONTACT_BYTES
