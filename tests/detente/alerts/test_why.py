"""Every verdict has words, and the evaluation gives the same verdicts again."""

from typing import Any

from detente.alerts.verdict_words import WORDS
from detente.alerts.verdicts import Verdict
from detente.alerts.why import why
from detente.vocabulary import TransitionKind


def test_every_verdict_can_be_said():
    assert set(WORDS) == set(Verdict)


def test_each_rule_says_why_it_fired_or_not(rule: Any, transition: Any):
    rules = [
        rule(name="fires"),
        rule(name="waits", match={"min_publishers": 2}),
        rule(name="other", match={"parties": ["FRA"]}),
    ]
    made = [
        transition(),
        transition(
            TransitionKind.CONFIRMED,
            id="u1",
            of=TransitionKind.RESUMED,
            independent=2,
            confirmation="independent_outlets",
        ),
    ]
    told = [(one.rule, one.verdict) for one in why(rules, made)]
    assert told == [
        ("fires", Verdict.FIRED),
        ("waits", Verdict.TOO_FEW_PUBLISHERS),
        ("other", Verdict.OTHER_PARTY),
        ("fires", Verdict.UPDATED),
        ("other", Verdict.NOTHING_TO_UPDATE),
        ("waits", Verdict.FIRED),
    ]
    assert len({one.alert for one in why(rules, made) if one.rule == "waits"}) == 1
