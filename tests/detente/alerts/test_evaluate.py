"""What rules make of transitions, over an alert's whole life."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.alerts.alert import Alert, Resolution
from detente.alerts.evaluate import AlertMemory, Evaluation, evaluate
from detente.alerts.memory import MAX_ALERTS
from detente.alerts.rule import Rule
from detente.alerts.verdicts import Verdict
from detente.contacts.transitions import Paging, Source, Transition
from detente.vocabulary import AlertStatus, State, Tier, TransitionKind
from detente.wire import decode, encode

RESUMED, BROKEN_OFF, STRAINED, LAPSED, ANNOUNCED, CONFIRMED, RETRACTED = TransitionKind


def folded(
    rules: list[Rule], transitions: list[Transition], now: dt.datetime
) -> tuple[AlertMemory | None, list[Alert]]:
    memory, alerts = None, []
    for step, made in enumerate(transitions):
        memory, new, _ = evaluate(rules, memory, made, now + dt.timedelta(minutes=step))
        alerts += new
    return memory, alerts


def verdict(evaluation: Evaluation, name: str = "a_rule") -> Verdict:
    return dict(evaluation.verdicts)[name]


def test_a_matching_transition_fires_one_unconfirmed_alert(rule: Any, transition: Any, noon: dt.datetime) -> None:
    evaluation = evaluate([rule(hold="P2D")], None, transition(), noon)
    (alert,) = evaluation.alerts
    assert verdict(evaluation) is Verdict.FIRED
    assert (alert.status, alert.version, alert.severity) == (AlertStatus.UNCONFIRMED, 1, "critical")
    assert alert.active_until == noon + dt.timedelta(days=2)
    assert alert.evidence[0].text == "The ministers spoke by video."
    assert evaluation.memory.alerts == (alert,)


def test_the_same_transition_again_changes_nothing(rule: Any, transition: Any, noon: dt.datetime) -> None:
    first = evaluate([rule()], None, transition(), noon)
    again = evaluate([rule()], first.memory, transition(), noon + dt.timedelta(hours=1))
    assert again.alerts == ()
    assert again.memory == first.memory
    assert verdict(again) is Verdict.ALREADY_FIRED


def test_a_forgotten_alert_fires_again_under_the_same_id_and_version(
    rule: Any, transition: Any, noon: dt.datetime
) -> None:
    first, second = (evaluate([rule()], None, transition(), noon).alerts[0] for _ in range(2))
    assert (first.id, first.version) == (second.id, second.version)


@pytest.mark.parametrize(
    ("paging", "expected"),
    [
        (Paging.OLD_EVENT, Verdict.OLD_EVENT),
        (Paging.LATE_ARTICLE, Verdict.LATE_ARTICLE),
        (Paging.BLIND, Verdict.BLIND),
    ],
)
def test_what_may_not_page_fires_nothing_and_says_why(
    rule: Any, transition: Any, noon: dt.datetime, paging: Paging, expected: Verdict
) -> None:
    evaluation = evaluate([rule()], None, transition(paging=paging), noon)
    assert evaluation.alerts == ()
    assert verdict(evaluation) is expected


def test_a_rule_may_ask_for_silences_that_nobody_listened_to_and_the_alert_says_so(
    rule: Any, transition: Any, noon: dt.datetime
) -> None:
    asking = rule(LAPSED, match={"blind": True})
    (alert,) = evaluate([asking], None, transition(LAPSED, paging=Paging.BLIND), noon).alerts
    assert alert.labels["paging"] == "blind"
    assert alert.paging is Paging.BLIND


def test_a_confirmation_is_a_new_version_of_the_same_alert(rule: Any, transition: Any, noon: dt.datetime) -> None:
    confirmed = transition(CONFIRMED, of=RESUMED, publishers=("example.com", "example.org"))
    _, alerts = folded([rule()], [transition(), confirmed, confirmed], noon)
    assert [(a.version, a.status) for a in alerts] == [(1, AlertStatus.UNCONFIRMED), (2, AlertStatus.CONFIRMED)]
    assert alerts[0].id == alerts[1].id
    assert alerts[1].publishers == ("example.com", "example.org")
    assert alerts[1].fired_at == alerts[0].fired_at
    assert alerts[1].updated_at > alerts[0].updated_at


def test_a_retraction_ends_the_alert_and_a_later_confirmation_takes_it_up_again(
    rule: Any, transition: Any, noon: dt.datetime
) -> None:
    retracted = transition(RETRACTED, of=RESUMED)
    confirmed = transition(CONFIRMED, of=RESUMED)
    _, alerts = folded([rule()], [transition(), retracted, confirmed], noon)
    assert [a.status for a in alerts] == [AlertStatus.UNCONFIRMED, AlertStatus.RETRACTED, AlertStatus.CONFIRMED]
    assert [a.resolved_by for a in alerts] == [None, Resolution.RETRACTED, None]
    assert {a.id for a in alerts} == {alerts[0].id}


@pytest.mark.parametrize("kind", [CONFIRMED, RETRACTED])
def test_an_update_of_an_event_that_fired_nothing_makes_no_alert(
    rule: Any, transition: Any, noon: dt.datetime, kind: TransitionKind
) -> None:
    evaluation = evaluate([rule()], None, transition(kind, of=RESUMED), noon)
    assert evaluation.alerts == ()
    assert verdict(evaluation) is Verdict.NOTHING_TO_UPDATE


@pytest.mark.parametrize(
    "life",
    [
        (BROKEN_OFF, RESUMED, Resolution.OPPOSITE_TRANSITION),
        (STRAINED, RESUMED, Resolution.OPPOSITE_TRANSITION),
        (LAPSED, RESUMED, Resolution.OPPOSITE_TRANSITION),
        (ANNOUNCED, RESUMED, Resolution.OPPOSITE_TRANSITION),
        (RESUMED, BROKEN_OFF, Resolution.OPPOSITE_TRANSITION),
        (RESUMED, STRAINED, Resolution.OPPOSITE_TRANSITION),
        (ANNOUNCED, BROKEN_OFF, Resolution.OPPOSITE_TRANSITION),
        (ANNOUNCED, STRAINED, Resolution.OPPOSITE_TRANSITION),
        (RESUMED, LAPSED, Resolution.OPPOSITE_TRANSITION),
        (STRAINED, BROKEN_OFF, Resolution.GRAVER_TRANSITION),
        (RESUMED, ANNOUNCED, None),
        (BROKEN_OFF, ANNOUNCED, None),
    ],
)
def test_what_is_no_longer_so_is_resolved(
    rule: Any, transition: Any, noon: dt.datetime, life: tuple[TransitionKind, TransitionKind, Resolution | None]
) -> None:
    first, then, by = life
    memory, alerts = folded([rule(first)], [transition(first), transition(then, encounter_id="encounter-2")], noon)
    assert memory is not None
    assert memory.alerts[0].resolved_by is by
    assert len(alerts) == (1 if by is None else 2)
    assert memory.alerts[0].is_active(noon + dt.timedelta(minutes=2)) is (by is None)


def test_a_late_article_pages_nobody_and_still_ends_what_it_shows_to_be_over(
    rule: Any, transition: Any, noon: dt.datetime
) -> None:
    late = transition(BROKEN_OFF, encounter_id="encounter-2", paging=Paging.LATE_ARTICLE)
    rules = [rule(), rule(BROKEN_OFF, name="breaks")]
    _, alerts = folded(rules, [transition(), late], noon)
    assert [a.rule for a in alerts] == ["a_rule", "a_rule"]
    assert alerts[1].resolved_by is Resolution.OPPOSITE_TRANSITION


def test_a_change_of_the_working_tier_alone_leaves_the_high_tiers_alert(
    rule: Any, transition: Any, noon: dt.datetime
) -> None:
    working = transition(RESUMED, tier=Tier.WORKING, encounter_id="encounter-2")
    memory, _ = folded([rule(BROKEN_OFF)], [transition(BROKEN_OFF), working], noon)
    assert memory is not None
    assert memory.alerts[0].resolved_at is None


def test_a_change_of_both_tiers_ends_the_working_tiers_alert_too(rule: Any, transition: Any, noon: dt.datetime) -> None:
    both = transition(RESUMED, encounter_id="encounter-2", also_working=True)
    memory, _ = folded([rule(BROKEN_OFF)], [transition(BROKEN_OFF, tier=Tier.WORKING), both], noon)
    assert memory is not None
    assert memory.alerts[0].resolved_by is Resolution.OPPOSITE_TRANSITION


def test_an_alert_whose_hold_time_is_over_is_not_resolved_again(rule: Any, transition: Any, noon: dt.datetime) -> None:
    first = evaluate([rule(BROKEN_OFF, hold=60)], None, transition(BROKEN_OFF), noon)
    later = evaluate([], first.memory, transition(encounter_id="encounter-2"), noon + dt.timedelta(minutes=2))
    assert later.alerts == ()


def test_each_rule_has_an_alert_of_its_own(rule: Any, transition: Any, noon: dt.datetime) -> None:
    alerts = evaluate([rule(), rule(name="another")], None, transition(), noon).alerts
    assert len({alert.id for alert in alerts}) == 2


def test_words_that_fail_on_one_transition_do_not_lose_the_alert(rule: Any, transition: Any, noon: dt.datetime) -> None:
    careless = rule(summary="{{ publishers[1] if publishers else '' }} says so")
    evaluation = evaluate([careless], None, transition(), noon)
    assert verdict(evaluation) is Verdict.TEMPLATE_FAILED
    assert evaluation.alerts[0].summary == "CHN-USA military high: resumed, 2024-04-16"


def test_a_retraction_makes_one_version_of_the_alert_that_it_is_about(
    rule: Any, transition: Any, noon: dt.datetime
) -> None:
    """Also where the same event had ended the alert: it is taken back, not made active again."""
    steps = [transition(RESUMED), transition(BROKEN_OFF), transition(RETRACTED, of=RESUMED)]
    _, alerts = folded([rule(RESUMED, name="on_resumed")], steps, noon)
    assert [alert.version for alert in alerts] == [1, 2, 3]
    assert alerts[-1].status is AlertStatus.RETRACTED


KINDS = st.sampled_from([RESUMED, BROKEN_OFF, STRAINED, LAPSED, ANNOUNCED, CONFIRMED, RETRACTED])


@given(steps=st.lists(st.tuples(KINDS, st.integers(1, 40), st.sampled_from(Tier)), max_size=60), data=st.data())
def test_a_replayed_prefix_makes_no_new_alert_and_no_new_version(
    rule: Any, transition: Any, noon: dt.datetime, steps: list[tuple[TransitionKind, int, Tier]], data: st.DataObject
) -> None:
    rules = [rule(kind, name=f"on_{kind}") for kind in (RESUMED, BROKEN_OFF, STRAINED)]
    transitions = [
        transition(
            kind,
            tier=tier,
            encounter_id=f"encounter-{number}",
            of=RESUMED if kind in (CONFIRMED, RETRACTED) else None,
            from_state=State.SUSPENDED,
        )
        for kind, number, tier in steps
    ]
    memory, alerts = folded(rules, transitions, noon)
    assert len({(a.id, a.version) for a in alerts}) == len(alerts)
    assert memory is None or len(memory.alerts) <= MAX_ALERTS
    if len({a.id for a in alerts}) < MAX_ALERTS:  # nothing was forgotten
        for again in transitions[: data.draw(st.integers(0, len(transitions)))]:
            evaluation = evaluate(rules, memory, again, noon + dt.timedelta(hours=1))
            assert not [a for a in evaluation.alerts if a.version == 1]


def test_the_memory_of_the_longest_alerts_fits_into_a_kafka_record(
    rule: Any, transition: Any, noon: dt.datetime
) -> None:
    wordy = rule(summary="{{ evidence }}", body="{{ evidence }}" * 10)
    source = {"published_at": noon, "publisher": "p" * 200, "url": "https://example.com/" + "u" * 1_900}
    memory = None
    for number in range(MAX_ALERTS + 8):
        made = transition(
            encounter_id=f"encounter-{number}",
            articles=[Source(article_id=f"{i}" * 200, title="题" * 2_000, **source) for i in range(9)],
            signals=[_long_signal(transition, i) for i in range(9)],
            publishers=[f"{i}" + "p" * 199 for i in range(100)],
        )
        memory = evaluate([wordy], memory, made, noon + dt.timedelta(seconds=number)).memory
    assert memory is not None
    assert len(memory.alerts) == MAX_ALERTS
    raw = encode(memory)
    assert len(raw) < 1_000_000
    assert decode(raw, AlertMemory) == memory


def _long_signal(transition: Any, number: int) -> Any:
    (plain,) = transition().signals
    text = f"{number}" + "长" * 5_000
    return plain.model_copy(update={"evidence": plain.evidence.model_copy(update={"text": text})})


def test_a_break_holds_again_when_the_resumption_that_ended_it_is_retracted(
    rule: Any, transition: Any, noon: dt.datetime
) -> None:
    rules = [rule(BROKEN_OFF, name="broken"), rule(RESUMED, name="resumed")]
    made = [
        transition(BROKEN_OFF, encounter_id="cut"),
        transition(RESUMED, encounter_id="call"),
        transition(RETRACTED, id="u1", of=RESUMED, encounter_id="call"),
    ]
    memory, alerts = folded(rules, made, noon)
    assert [(alert.rule, alert.version, alert.resolved_by) for alert in alerts] == [
        ("broken", 1, None),
        ("broken", 2, Resolution.OPPOSITE_TRANSITION),
        ("resumed", 1, None),
        ("resumed", 2, Resolution.RETRACTED),
        ("broken", 3, None),
    ]
    assert memory is not None
    again = evaluate(rules, memory, made[-1], noon)
    assert again.alerts == ()
