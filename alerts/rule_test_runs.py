"""The tests of rules, run through the whole pipeline without Kafka, into what failed and why."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from alerts.rule_files import SHIPPED, TEST_SUFFIX, Problem, RuleError, load_rules, read
from alerts.rule_tests import AlertPattern, Case, RuleTests
from detente.alerts.alert import Alert
from detente.alerts.rule import Rule
from detente.articles import Article
from detente.backtest import run
from detente.signals import Signal

Code = Callable[[Article], tuple[Signal, ...]]


class CaseResult(NamedTuple):
    """How one case went; ``failures`` is empty if it passed."""

    file: Path
    rule: str
    case: str
    failures: tuple[str, ...]


def run_rule_tests(directory: Path | None, code: Code) -> Iterator[CaseResult]:
    """Run all tests of a folder, or of the shipped rules for None. Raises RuleError before the first if a file is wrong."""
    folder = directory or SHIPPED
    rules = load_rules(folder)
    files = [(file, read(file, RuleTests)) for file in sorted(folder.glob(f"*{TEST_SUFFIX}"))]
    names = {rule.name for rule in rules}
    strangers = [
        Problem(file, 1, f"no rule here is named {tests.rule}") for file, tests in files if tests.rule not in names
    ]
    if strangers:
        raise RuleError(strangers)
    for file, tests in files:
        for case in tests.cases:
            yield CaseResult(file, tests.rule, case.name, failures_of(case, tests.rule, rules, code))


def untested(directory: Path | None) -> tuple[str, ...]:
    """The rules of a folder that no test is about."""
    folder = directory or SHIPPED
    tested = {read(file, RuleTests).rule for file in folder.glob(f"*{TEST_SUFFIX}")}
    return tuple(rule.name for rule in load_rules(folder) if rule.name not in tested)


def failures_of(case: Case, rule: str, rules: Sequence[Rule], code: Code) -> tuple[str, ...]:
    """What is missing, what is too much and what is forbidden."""
    alerts = _alerts_of(case, rules, code)
    own = [alert for alert in alerts if alert.rule == rule]
    missing = []
    for pattern in case.expect:
        found = next((alert for alert in own if matches(pattern, alert)), None)
        if found is None:
            missing.append(f"no alert like {_words(pattern)}")
        else:
            own.remove(found)
    return (
        *missing,
        *(f"not expected: {_described(alert)}" for alert in own),
        *(f"forbidden: {_described(alert)}" for alert in alerts if any(matches(p, alert) for p in case.forbid)),
    )


def matches(pattern: AlertPattern, alert: Alert) -> bool:
    """Whether the alert is all that the pattern says."""
    wanted = pattern.model_dump(exclude_none=True, exclude={"resolved", "summary", "event_date"})
    return (
        all(getattr(alert, name) == value for name, value in wanted.items())
        and (pattern.event_date is None or pattern.event_date == alert.event_date)
        and (pattern.resolved is None or pattern.resolved is (alert.resolved_at is not None))
        and (pattern.summary is None or pattern.summary in alert.summary)
    )


def _alerts_of(case: Case, rules: Sequence[Rule], code: Code) -> list[Alert]:
    articles = [given.article(number) for number, given in enumerate(case.given)]
    said = {
        article.id: tuple(saying.signal(article.id) for saying in given.says)
        for article, given in zip(articles, case.given, strict=True)
        if given.says is not None
    }

    def code_or_given(article: Article) -> tuple[Signal, ...]:
        return said[article.id] if article.id in said else code(article)

    last = {alert.id: alert for outcome in run(articles, code_or_given, rules) for alert in outcome.alerts}
    return list(last.values())


def _words(pattern: AlertPattern) -> str:
    fields = pattern.model_dump(mode="json", exclude_none=True, exclude={"event_date"})
    if pattern.event_date is not None:
        fields["event_date"] = str(pattern.event_date)
    return ", ".join(f"{name} {value}" for name, value in fields.items()) or "any"


def _described(alert: Alert) -> str:
    return (
        f"{alert.rule} {alert.dyad} {alert.channel} {alert.tier} {alert.transition} {alert.event_date} ({alert.status})"
    )
