"""Why a broker died, told from its logs."""

from pathlib import Path

import pytest

from broker.failures import cause_of_death, size


@pytest.fixture
def console(tmp_path: Path) -> Path:
    return tmp_path / "console.log"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "broker.log"


def test_a_known_cause_is_told_in_plain_words(console: Path, log: Path) -> None:
    log.write_text("INFO starting\njava.io.IOException: No space left on device\nERROR exiting\n")

    assert cause_of_death(console, log, 0) == "the disk is full"


def test_an_unknown_cause_is_the_last_error_cut_short(console: Path, log: Path) -> None:
    log.write_text("ERROR first\nINFO between\nERROR second " + "x" * 1000 + "\nINFO end\n")

    cause = cause_of_death(console, log, 0)

    assert cause.startswith("ERROR second x")
    assert len(cause) == 300


def test_what_an_earlier_start_logged_is_not_the_cause(console: Path, log: Path) -> None:
    log.write_text("java.net.BindException: Address already in use\n")
    before = size(log)
    with log.open("a") as stream:
        stream.write("ERROR something else\n")

    assert cause_of_death(console, log, before) == "ERROR something else"


def test_a_log_begun_anew_is_read_from_its_start(console: Path, log: Path) -> None:
    log.write_text("ERROR short\n")

    assert cause_of_death(console, log, 1_000_000) == "ERROR short"


def test_what_java_prints_counts_too(console: Path, log: Path) -> None:
    console.write_text("java.lang.UnsupportedClassVersionError: kafka/Kafka\n")

    assert cause_of_death(console, log, 0) == "this Java is too old for Kafka; set JAVA_HOME to version 17 or newer"


def test_silence_is_said_to_be_that(console: Path, log: Path) -> None:
    assert cause_of_death(console, log, 0) == "it gave no reason"
