"""The deliverer is killed at twenty random moments, while its receivers fail, hang and come back: nothing is lost."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from http_receivers import Answer, http_receiver
from mail_servers import mail_server
from processes import Process, wait_until
from test_deliver import alert, logged, publish, quick

from runtime.settings import KafkaSettings

pytestmark = [pytest.mark.kafka, pytest.mark.slow, pytest.mark.timeout(400)]
KILLS = 20
ALERTS = 60


def bad_answers(chance: random.Random) -> Iterator[Answer]:
    for _ in range(80):
        yield chance.choice(
            [Answer(), Answer(500), Answer(503), Answer(429, (("Retry-After", "1"),)), Answer(hang_seconds=1.0)]
        )


def test_killed_at_twenty_random_moments_it_loses_nothing_and_repeats_only_what_was_in_flight(
    kafka: KafkaSettings, tmp_path: Path
) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")  # noqa: T201  # a failure can be played again
    chance = random.Random(seed)
    names = [f"alert-{number:03}" for number in range(ALERTS)]
    log = tmp_path / "alerts.jsonl"
    (tmp_path / "secret").write_text("a secret of a test, long enough")
    with http_receiver() as hook, mail_server() as mail:
        (tmp_path / "mail").write_text(mail.address)
        hook.answers += bad_answers(chance)
        mail.refusals = 10
        receivers = tmp_path / "receivers.yaml"
        receivers.write_text(
            "receivers:\n"
            f"  - {{name: log, log: {{path: '{log}'}}}}\n"
            f"  - {{name: mail, apprise: {{urls_file: '{tmp_path / 'mail'}'}}}}\n"
            f"  - name: hook\n    webhook: {{url: '{hook.url}', secret_file: '{tmp_path / 'secret'}', allow_private: true}}\n"
        )
        process = Process("deliver", "--receivers", str(receivers), kafka=kafka, state_dir=tmp_path)

        def send() -> None:
            for name in names:
                publish(kafka, [alert(name)])
                time.sleep(0.4)

        sender = threading.Thread(target=send)
        with quick(process):
            sender.start()
            for _ in range(KILLS):
                time.sleep(chance.uniform(0.0, 1.5))
                process.kill()
                process.start()
            sender.join()

            def took() -> list[str]:
                """What the hook accepted; ``posts`` holds what it refused too, so every alert shows up sooner or later."""
                return [body["id"] for _, body in hook.posts]

            done = [
                lambda: {name for name, _ in logged(log)} == set(names),
                lambda: len(set(mail.subjects)) == ALERTS,
                lambda: set(took()) == set(names) and not hook.answers,
            ]
            wait_until(lambda: all(check() for check in done), 150, process.tail)
    assert max(Counter(logged(log)).values()) == 1
    twice = Counter(mail.subjects)
    assert sum(twice.values()) - ALERTS <= KILLS, "more mails twice than there were kills"
    keys = Counter(headers["Idempotency-Key"] for headers, _ in hook.raw)
    assert set(keys) == {f"{name}/1" for name in names}
