"""The report of a replay in a real Chromium: on a phone, by keyboard, with hostile words, and with nothing to show."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from programs import find_program
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from alerts.rule_files import load_rules
from detente.backtest import Coded
from detente.event_dates import EventDate
from detente.signals import ArticleSignals, Evidence, Signal
from detente.vocabulary import Channel, Level, Mode, Status
from replay.contact_pictures import report_of
from replay.manifest import manifest_of
from replay.records_to_coded import CodedRecord
from replay.report import render
from replay.results import COMPARED, read_alerts
from replay.run import Coding, replay
from runtime.topic_range import Known, TopicRange

pytestmark = pytest.mark.system
BEGIN = dt.datetime(2022, 1, 3, 12, tzinfo=dt.UTC)
HOSTILE = "<script>document.title='owned'</script> \u202egnp.exe <img src=x onerror=alert(1)> " + "x" * 400


@pytest.fixture(scope="module")
def browser() -> Any:
    options = webdriver.ChromeOptions()
    options.binary_location = find_program("chromium")
    for flag in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1200,900"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(find_program("chromedriver")))
    yield driver
    driver.quit()


def record(number: int, dyad: str, mode: Mode, days: int, text: str) -> CodedRecord:
    at = BEGIN + dt.timedelta(days=days)
    signal = Signal(
        article_id=f"a{number}",
        dyad=dyad,
        channel=Channel.DIPLOMATIC,
        polarity=mode.polarity,
        level=Level.MINISTER,
        mode=mode,
        status=Status.OCCURRED,
        event_date=EventDate.day(at.date()),
        evidence=Evidence(text=text, start=0, end=len(text)),
        confidence=0.9,
    )
    message = ArticleSignals(
        article_id=f"a{number}",
        contact=f"{dyad}:diplomatic",
        dyad=dyad,
        channel=Channel.DIPLOMATIC,
        published_at=at,
        publisher="wire.example",
        title=text[:300],
        signals=(signal,),
    )
    return CodedRecord(0, number, Coded(f"a{number}", at, "wire.example", (message,)))


def page(folder: Path, records: list[CodedRecord], name: str = "page.html") -> str:
    rules = load_rules(None)
    manifest = manifest_of(TopicRange("detente.articles", {0: (0, len(records))}), None, None, rules, rules[:2])
    known = [Known(0, r.offset, r.coded.at, None, None) for r in records if r.coded]
    coding = Coding(lambda _: iter(records), lambda _: records[0])
    done = replay(iter(known), manifest, folder / "out", coding=coding, rules=rules, compared=rules[:2])
    alerts, others = read_alerts(folder / "out"), read_alerts(folder / "out", COMPARED)
    report = report_of(folder / "out", alerts, others, {"a0": "detente.articles/0/0"})
    counts = [{"month": "2022-01", "dyad": "CHN-USA", "rule": "r", "alerts": 1, "retracted": ""}]
    (folder / name).write_text(render(report, done, compared=True, counts=counts))
    return (folder / name).as_uri()


def story(dyad: str, first: int, text: str) -> list[CodedRecord]:
    return [record(first, dyad, Mode.SEVERANCE, first, text), record(first + 1, dyad, Mode.MEETING, first + 40, text)]


def errors(browser: Any) -> list[str]:
    return [entry["message"] for entry in browser.get_log("browser")]


def test_hostile_words_stay_words_and_nothing_is_fetched(browser, tmp_path):
    browser.get(page(tmp_path, story("CHN-USA", 0, HOSTILE)))
    assert browser.title.startswith("Replay ")
    assert "document.title" in browser.find_element(By.TAG_NAME, "blockquote").get_attribute("textContent")
    assert browser.find_elements(By.TAG_NAME, "img") == []
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert errors(browser) == []


@pytest.mark.parametrize("width", [320, 1200])
def test_no_page_scrolls_sideways(width, browser, tmp_path):
    address = page(tmp_path, story("CHN-USA", 0, HOSTILE))
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.get(address)
    browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_everything_is_reached_and_opened_by_keyboard(browser, tmp_path):
    browser.get(page(tmp_path, story("CHN-USA", 0, "They broke off ties.")))
    body = browser.find_element(By.TAG_NAME, "body")
    reached = []
    for _ in range(12):
        body.send_keys(Keys.TAB)
        focused = browser.switch_to.active_element
        reached.append(focused.tag_name)
        if focused.tag_name == "summary":
            focused.send_keys(Keys.ENTER)
            break
    assert reached[:3] == ["input", "select", "summary"]
    opened = browser.find_element(By.CSS_SELECTOR, "details[open]")
    assert "They broke off ties." in opened.text
    outline = browser.execute_script("return getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"


def test_filters_leave_the_contact_and_the_rule_that_were_asked_for(browser, tmp_path):
    records = sorted(story("CHN-USA", 0, "Ties.") + story("IRN-SAU", 2, "Ties."), key=lambda r: r.coded.at)
    browser.get(page(tmp_path, records))
    shown = (
        "return [...document.querySelectorAll('section.contact')].filter(s => !s.hidden).map(s => s.dataset.contact)"
    )
    assert sorted(browser.execute_script(shown)) == ["CHN-USA:diplomatic", "IRN-SAU:diplomatic"]
    browser.find_element(By.ID, "dyad").send_keys("irn")
    assert browser.execute_script(shown) == ["IRN-SAU:diplomatic"]
    assert browser.find_element(By.ID, "count").text == "1 contacts shown"
    browser.find_element(By.ID, "rule").send_keys("high_level_contact_broken_off")
    visible = [d for d in browser.find_elements(By.CSS_SELECTOR, "details[data-rule]") if d.is_displayed()]
    assert {d.get_attribute("data-rule") for d in visible} == {"high_level_contact_broken_off"}


def test_bands_tell_the_states_and_what_only_one_set_of_rules_has_is_said(browser, tmp_path):
    browser.get(page(tmp_path, story("CHN-USA", 0, "Ties.")))
    classes = [band.get_attribute("class") for band in browser.find_elements(By.CSS_SELECTOR, "svg rect")]
    assert classes == ["suspended", "open", "suspended", "open"]
    assert "only with these rules" in browser.find_element(By.TAG_NAME, "main").text


def test_without_alerts_it_says_so(browser, tmp_path):
    browser.get(page(tmp_path, [record(0, "CHN-USA", Mode.MEETING, 0, "They met.")]))
    assert "No alert would have fired." in browser.find_element(By.TAG_NAME, "main").text


def test_two_thousand_contacts_stay_a_page_of_bounded_size(browser, tmp_path):
    codes = [f"{a}{b}{c}" for a in "ABCDEFGHIJ" for b in "ABCDEFGHIJ" for c in "ABCDEFGHIJKLMNOPQRST"]
    many = [record(n, f"{code}-ZZZ", Mode.SEVERANCE, 0, "They broke off ties.") for n, code in enumerate(codes)]
    address = page(tmp_path, many)
    assert len(many) == 2_000
    browser.get(address)
    assert "1700 more contacts" in browser.find_element(By.TAG_NAME, "main").text
    assert (tmp_path / "page.html").stat().st_size < 2_000_000
