"""What a contact keeps of the reports it hears does not depend on when it chooses."""

from builders import report, signal
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.contacts.contact import Report
from detente.contacts.reports import keep, report_of

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
