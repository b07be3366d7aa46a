"""``detente produce`` as users call it, against a real Kafka and a real server of feeds."""

import json
import signal
import socket
import subprocess
import time

import pytest
from feed_servers import Page, feed_server, rss
from processes import COMMAND, ROOT, Process, environment, free_port, run, wait_until
from topics import values

from detente.articles import Article
from detente.sources import Heartbeat
from detente.topics import Topic

RECORD = {"title": "Ministers talk", "body": "Two ministers spoke by phone.", "published_at": "2024-04-16T12:00:00Z"}
TWO = rss(("a", "Two ministers spoke."), ("b", "A hotline was restored."))


def lines(*bodies):
    return "".join(json.dumps(RECORD | {"body": body}) + "\n" for body in bodies)


def sent(kafka):
    return sorted(article.body for article in values(kafka, Topic.ARTICLES, Article))


@pytest.fixture
def server():
    with feed_server() as running:
        running.pages["/feed"] = Page(TWO, headers=(("ETag", '"v1"'),))
        yield running


def test_files_and_folders_reach_kafka_and_each_source_gives_a_sign_of_life(kafka, tmp_path):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "one.txt").write_text("first")
    (tmp_path / "two.jsonl").write_text(lines("second", "third"))
    done = run("produce", "news", "two.jsonl", kafka=kafka, state_dir=tmp_path, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert sent(kafka) == ["first", "second", "third"]
    assert {beat.source for beat in values(kafka, Topic.SOURCES, Heartbeat)} == {"news", "two.jsonl"}


def test_a_dry_run_prints_records_that_can_be_read_again_and_leaves_no_trace(kafka, tmp_path, server):
    (tmp_path / "two.jsonl").write_text(lines("second"))
    arguments = ["produce", "two.jsonl", f"{server.url}/feed", "--allow-private", "--dry-run"]
    state = tmp_path / "state"
    done = run(*arguments, kafka=kafka, state_dir=state, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["body"] for line in done.stdout.splitlines()] == [
        "second",
        "Two ministers spoke.",
        "A hotline was restored.",
    ]
    assert (sent(kafka), state.exists()) == ([], False)
    again = run("produce", "-", "--dry-run", kafka=kafka, state_dir=state, input=done.stdout)
    assert again.stdout == done.stdout


def test_a_stream_on_standard_input_is_sent_line_by_line_and_ends_by_a_signal(kafka, tmp_path):
    environ = environment(kafka, tmp_path) | {"DETENTE_HTTP_PORT": "0"}
    command = [*COMMAND, "produce", "-"]
    with subprocess.Popen(command, env=environ, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        for body in ("first", "second"):
            process.stdin.write(lines(body).encode())
            process.stdin.flush()
            wait_until(lambda body=body: body in sent(kafka), 40, lambda: "the article did not come")
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert b"2 articles are in Kafka" in process.stderr.read()


def test_feeds_are_read_again_and_again_and_a_restart_sends_nothing_twice(kafka, tmp_path, server):
    feeds = tmp_path / "feeds.yaml"
    feeds.write_text(f"feeds:\n  - {server.url}/feed\n  - {server.url}/gone\n")
    arguments = ["produce", "--feeds", str(feeds), "--allow-private", "--every", "1"]
    with Process(*arguments, kafka=kafka, state_dir=tmp_path) as process:
        wait_until(lambda: len(sent(kafka)) == 2 and server.count("/feed") >= 3, 40, process.tail)
        process.kill()
        process.start()
        server.pages["/feed"] = Page(rss(("c", "Talks were called off."), ("a", "Two ministers spoke.")))
        wait_until(lambda: "Talks were called off." in sent(kafka), 40, process.tail)
        assert process.stop() == 0
    assert sent(kafka) == ["A hotline was restored.", "Talks were called off.", "Two ministers spoke."]


def test_a_feed_on_a_private_address_is_refused_unless_allowed(kafka, tmp_path, server):
    done = run("produce", f"{server.url}/feed", kafka=kafka, state_dir=tmp_path)
    assert done.returncode == 1
    assert "no public address" in done.stderr
    assert (server.asked, sent(kafka)) == ([], [])


def test_a_taken_port_is_one_clear_line(kafka, tmp_path, server):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        arguments = ["produce", f"{server.url}/feed", "--every", "60", "--http-port", port]
        done = run(*arguments, kafka=kafka, state_dir=tmp_path)
    assert done.returncode == 1
    assert done.stderr == f"detente: cannot serve health on 127.0.0.1:{port}: Address already in use\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "nothing to read"),
        (["x.jsonl", "--every", "5"], "--every is for feeds"),
        (["--feeds", "no.yaml"], "no.yaml"),
    ],
)
def test_a_wrong_call_is_one_line_and_code_two(kafka, tmp_path, arguments, said):
    done = run("produce", *arguments, kafka=kafka, state_dir=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_kafka_that_is_not_there_is_told_of_in_the_end(kafka, tmp_path):
    (tmp_path / "two.jsonl").write_text(lines("second"))
    nowhere = kafka.model_copy(update={"bootstrap_servers": f"127.0.0.1:{free_port()}"})
    began = time.monotonic()
    done = run("produce", str(tmp_path / "two.jsonl"), kafka=nowhere, state_dir=tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("detente: no Kafka at ")
    assert time.monotonic() - began < 60
