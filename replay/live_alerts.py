"""The alerts that were live, in their last versions, for comparison; only read."""

import datetime as dt

from detente import wire
from detente.alerts.alert import Alert
from detente.topics import Topic
from runtime.settings import KafkaSettings
from runtime.topic_reader import read_latest


def read_live_alerts(
    kafka: KafkaSettings, since: dt.datetime | None = None, until: dt.datetime | None = None
) -> dict[str, Alert]:
    """Those whose first article was published in the range, by id, in the order of firing; each as of its articles' time.

    Live, ``fired_at`` is the worker's clock, which says little if it worked on a backlog; so the comparison takes the
    publication time of the first article behind the alert. Raises PoisonError, and kafka-python's errors as they come.
    """
    records = read_latest(kafka, Topic.ALERTS.named(kafka.topic_prefix)).values()
    alerts = [_as_of_its_article(wire.decode(record.value, Alert)) for record in records]
    wanted = [a for a in alerts if (since is None or since <= a.fired_at) and (until is None or a.fired_at < until)]
    return {alert.id: alert for alert in sorted(wanted, key=lambda alert: (alert.fired_at, alert.id))}


def _as_of_its_article(alert: Alert) -> Alert:
    published = [source.published_at for source in alert.articles[:1]]
    return alert.model_copy(update={"fired_at": published[0]}) if published else alert
