"""The groups that are shipped are well formed and of known parties."""

from detente.alerts.groups import groups, members_of
from detente.alerts.party_names import is_party


def test_every_member_is_a_party_and_listed_once():
    for name, group in groups().items():
        assert len(set(group.members)) == len(group.members), name
        assert [code for code in group.members if not is_party(code)] == [], name


def test_a_party_stands_for_itself():
    assert members_of("USA") == {"USA"}
    assert "USA" in members_of("G7")


def test_an_organisation_that_is_a_party_belongs_to_its_own_group():
    assert {"GCC", "QAT"} <= members_of("GCC")
