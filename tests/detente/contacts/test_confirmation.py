"""The ladder: one outlet, independent outlets, one government's readout, both; and down again."""

from builders import NOW, report, signal

from detente.contacts.advance import advance
from detente.contacts.contact import Contact
from detente.contacts.transitions import Reason, Transition
from detente.signals import ArticleSignals
from detente.vocabulary import Confirmation, State, TransitionKind

CUT = report("2022-08-05", signal("suspension", "2022-08-05"))


def told(by: str, on: str = "2024-04-16", status: str = "occurred", text: str | None = None) -> ArticleSignals:
    text = text or " ".join(f"{by.replace('.', '_')}{number}" for number in range(12))  # nobody else's words
    return report(on, signal("video", "2024-04-16", status=status, text=text), publisher=by)


def fold(*articles: ArticleSignals) -> tuple[Contact, list[Transition]]:
    contact, made = None, []
    for article in articles:
        contact, transitions = advance(contact, article, NOW)
        made.extend(transitions)
    assert contact is not None
    return contact, made


def test_each_rung_is_said_once_and_with_its_reason():
    _, made = fold(
        CUT, *(told(by) for by in ("wire.example", "daily.example", "weekly.example", "defense.gov", "mod.gov.cn"))
    )
    assert [(t.reason, t.confirmation, t.independent) for t in made[1:]] == [
        (Reason.ENGAGED_AFTER_RUPTURE, Confirmation.ONE_OUTLET, 1),
        (Reason.SECOND_PUBLISHER, Confirmation.INDEPENDENT_OUTLETS, 2),
        (Reason.MORE_PUBLISHERS, Confirmation.INDEPENDENT_OUTLETS, 3),
        (Reason.OFFICIAL_READOUT, Confirmation.ONE_READOUT, 4),
        (Reason.BOTH_READOUTS, Confirmation.BOTH_READOUTS, 5),
    ]


def test_wire_copies_confirm_nothing():
    wire = "The defence ministers of the two countries spoke by video on Tuesday, their first talks since August 2022."
    _, made = fold(CUT, *(told(f"paper{number}.example", text=wire) for number in range(6)))
    assert [t.kind for t in made] == [TransitionKind.BROKEN_OFF, TransitionKind.RESUMED]


def test_one_report_of_its_own_confirms_after_many_copies():
    wire = "The defence ministers of the two countries spoke by video on Tuesday, their first talks since August 2022."
    _, made = fold(CUT, *(told(f"paper{number}.example", text=wire) for number in range(6)), told("own.example"))
    assert made[-1].confirmation is Confirmation.INDEPENDENT_OUTLETS
    assert made[-1].independent == 2


def test_two_sites_of_one_owner_confirm_nothing():
    _, made = fold(CUT, told("edition.daily.com"), told("www.daily.com"))
    assert TransitionKind.CONFIRMED not in [t.kind for t in made]


def test_a_third_governments_report_is_no_readout():
    _, made = fold(CUT, told("mofa.go.kr"), told("gov.uk"))
    assert made[-1].reason is Reason.SECOND_PUBLISHER


def test_an_update_tells_of_the_state_before_the_change_and_of_the_encounters_behind_it():
    contact, made = fold(CUT, told("wire.example"), told("daily.example"))
    resumed, confirmed = made[1:]
    assert confirmed.from_state is resumed.from_state is State.SUSPENDED
    assert str(confirmed.previous) == str(resumed.previous) == "2022-08-05"
    assert confirmed.encounter_ids == resumed.encounter_ids == tuple(e.id for e in reversed(contact.encounters))


def test_a_denial_demotes_and_a_new_report_starts_from_the_foot():
    _, made = fold(
        CUT,
        told("wire.example"),
        told("daily.example"),
        told("weekly.example", on="2024-04-17", status="denied"),
        told("fourth.example", on="2024-04-18"),
    )
    assert [t.kind for t in made[2:]] == [
        TransitionKind.CONFIRMED,
        TransitionKind.RETRACTED,
        TransitionKind.CONFIRMED,
    ]


def test_an_outlets_denial_does_not_undo_what_both_governments_announced():
    contact, made = fold(
        CUT,
        told("defense.gov"),
        told("mod.gov.cn"),
        told("rumour.example", on="2024-04-18", status="denied"),
    )
    assert TransitionKind.RETRACTED not in [t.kind for t in made]
    assert contact.high.state is State.OPEN


def test_a_governments_own_denial_does():
    contact, made = fold(
        CUT, told("defense.gov"), told("mod.gov.cn"), told("defense.gov", on="2024-04-18", status="denied")
    )
    assert made[-1].kind is TransitionKind.RETRACTED
    assert contact.high.state is State.SUSPENDED
