"""The data files of names: whole, unambiguous, and consistent with one another."""

from collections import Counter
from datetime import date

import pytest

from detente.parties.gazetteer import NameKind, load_gazetteer
from detente.parties.text_to_mentions import MentionFinder
from detente.parties.titles import load_titles

GAZETTEER = load_gazetteer()
CODES = {state.code for state in GAZETTEER.states} | {organisation.code for organisation in GAZETTEER.organisations}


def test_all_states_are_there_and_none_twice() -> None:
    codes = [state.code for state in GAZETTEER.states]
    assert len(codes) == len(set(codes))
    assert len(codes) >= 195
    assert {"TWN", "PSE", "XKX"} <= set(codes)


def test_the_organisations_of_the_design_are_there() -> None:
    assert {"EU", "NATO", "UN", "AU", "ASEAN"} <= CODES


def test_a_name_stands_for_one_party() -> None:
    parties: dict[str, set[str]] = {}
    for name, kind, code in GAZETTEER.names():
        if kind not in (NameKind.PERSON, NameKind.NONE):
            parties.setdefault(name, set()).add(code)
    assert {name: codes for name, codes in parties.items() if len(codes) > 1} == {}


def test_office_holders_belong_to_known_parties_and_their_terms_run_forward() -> None:
    for holder in GAZETTEER.office_holders:
        assert holder.party in CODES, holder.name
        assert holder.until is None or holder.since < holder.until, holder.name


def test_at_least_sixty_states_have_heads_foreign_and_defence_ministers() -> None:
    offices: dict[str, set[tuple[str, str]]] = {}
    for holder in GAZETTEER.office_holders:
        offices.setdefault(holder.party, set()).add((holder.level, holder.channel))
    wanted = {("head", "leaders"), ("minister", "diplomatic"), ("minister", "military")}
    assert sum(wanted <= found for found in offices.values()) >= 60


def test_a_name_that_needs_no_introduction_is_that_of_one_person() -> None:
    bearers: dict[str, set[tuple[str, str]]] = {}
    for holder in GAZETTEER.office_holders:
        for short in holder.short:
            bearers.setdefault(short, set()).add((holder.name, holder.party))
    shared = {
        short: people
        for short, people in bearers.items()
        if len({party for _, party in people}) > 1 and len({name for name, _ in people}) > 1
    }
    assert shared == {}


def test_nobody_holds_two_offices_of_head_for_one_party_at_once() -> None:
    day = date(2024, 4, 16)
    heads = Counter((h.party, h.office) for h in GAZETTEER.office_holders if h.level == "head" and h.held_on(day))
    assert [key for key, count in heads.items() if count > 1 and key[0] != "EU"] == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Nigeria and Niger", ["NGA", "NER"]),
        ("South Sudan, Sudan", ["SSD", "SDN"]),
        ("the South China Sea", [""]),
        ("Guinea-Bissau, Guinea, Papua New Guinea", ["GNB", "GIN", "PNG"]),
        ("give us the bus to Usa", []),
        ("the U.S. and the UK's Malian partners", ["USA", "GBR", "MLI"]),
        ("Malicious Omaniac", []),
    ],
)
def test_the_longest_whole_name_wins(text: str, codes: list[str]) -> None:
    assert [mention.code for mention in MentionFinder(GAZETTEER).find(text)] == codes


@pytest.mark.parametrize(
    ("title", "level", "channel"),
    [
        ("foreign minister", "minister", "diplomatic"),
        ("deputy foreign minister", "senior", "diplomatic"),
        ("prime minister", "head", "leaders"),
        ("deputy prime minister", "minister", None),
        ("vice president", "minister", None),
        ("secretary of defense", "minister", "military"),
        ("defence minister admiral", "minister", "military"),
        ("secretary of state", "minister", "diplomatic"),
        ("secretary-general", "head", "leaders"),
        ("national security adviser", "minister", "diplomatic"),
        ("army chief", "minister", "military"),
        ("military officials", "working", "military"),
        ("ambassador", "senior", "diplomatic"),
        ("opposition leader", None, None),
    ],
)
def test_a_title_tells_rank_and_portfolio(title: str, level: str | None, channel: str | None) -> None:
    words = tuple(title.split())
    found = load_titles().level(words)
    assert found == level
    assert load_titles().channel(words, found) == channel
