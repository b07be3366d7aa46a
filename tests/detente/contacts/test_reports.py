"""What a contact keeps of the reports it hears does not depend on when it chooses."""

from builders import report, signal
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.contacts.contact import Encounter, Report
from detente.contacts.encounters import encounters_of
from detente.contacts.reports import keep, keep_more, report_of

PARTIES = frozenset({"CHN", "USA"})
WIRE = "The defence ministers of the two countries held a call on Tuesday, the first in nearly two years."


@st.composite
def reports(draw: st.DrawFn) -> list[Report]:
    told = []
    for number in range(draw(st.integers(0, 10))):
        by = draw(
            st.sampled_from(["a.example", "b.example", "c.example", "d.example", "defense.gov", "mod.gov.cn", None])
        )
        text = draw(st.sampled_from([WIRE, "Short.", WIRE.replace("call", "meeting")]))
        day = draw(st.integers(1, 4))
        article = report(f"2024-04-{day:02}", signal("call", "2024-04-01", text=text), publisher=by)
        told.append(
            report_of(
                article.model_copy(update={"article_id": f"{draw(st.integers(0, 99)):02}-{number}"}), article.signals[0]
            )
        )
    return told


@settings(max_examples=200, deadline=None)
@given(reports(), reports())
def test_keeping_early_or_late_is_the_same(early, late):
    assert keep([*keep(early, PARTIES), *late], PARTIES) == keep([*early, *late], PARTIES)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 28), st.sampled_from(["call", "refusal", "talks"])), min_size=1, max_size=30))
def test_grouping_only_what_an_article_can_have_changed_is_grouping_all_anew(told):
    kept: list[Report] = []
    known: tuple[Encounter, ...] = ()
    for number, (day, mode) in enumerate(told):
        article = report("2024-04-28", signal(mode, f"2024-04-{day:02}", text=f"{number}"), article_id=f"a{number:02}")
        kept = keep_more(kept, [report_of(article, article.signals[0])], PARTIES)
        known = encounters_of("CHN-USA:military", kept, known)
    anew = encounters_of("CHN-USA:military", kept)
    assert [encounter.reports for encounter in known] == [encounter.reports for encounter in anew]
