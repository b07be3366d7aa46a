"""Who is independent of whom: owners, governments, and copies of one text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.contacts.independence import independent_sources, is_copy, source_of

WIRE = (
    "The defence ministers of the two countries held their first call in nearly two years on Tuesday, officials said."
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("edition.daily.com", "www.daily.com"),
        ("news.daily.co.uk", "daily.co.uk"),
        ("Wire Service", "wire service"),
        ("mod.gov.cn", "eng.mfa.gov.cn"),
        ("state.gov", "defense.gov"),
    ],
)
def test_one_owner_is_one_source(one, other):
    assert source_of(one) == source_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("daily.co.uk", "weekly.co.uk"), ("wire.example", "daily.example"), ("state.gov", "mod.gov.cn"), ("a b", "a.b")],
)
def test_two_owners_are_two_sources(one, other):
    assert source_of(one) != source_of(other)


def test_a_copy_is_known_by_its_words_with_another_dateline_and_a_changed_word():
    assert is_copy(WIRE, f"BEIJING (Wire) - {WIRE}")
    assert is_copy(WIRE, WIRE.replace("officials", "diplomats"))
    assert not is_copy(
        WIRE, "China and the United States spoke at ministerial level for the first time since August 2022."
    )


def test_a_short_sentence_proves_no_copying():
    assert not is_copy("The two ministers spoke on Tuesday.", "The two ministers spoke on Tuesday.")


def test_copies_of_a_wire_text_count_once_however_many_print_them():
    copies = [(f"paper{number}.example", WIRE) for number in range(5)]
    assert independent_sources(copies) == 1
    assert independent_sources([*copies, ("other.example", "They talked, the ministry in the capital announced.")]) == 2


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([WIRE, "short", "also short"])), max_size=6))
def test_there_are_never_more_voices_than_sources(told):
    assert independent_sources(told) <= len({source for source, _ in told})
