from datetime import date

from bot.debriefing.matching import KnownAccount, KnownContact, KnownNames
from bot.debriefing.names_meant import chosen, doubts_in, learned_from, with_known_names
from bot.domain.account import Draft, Meant
from bot.domain.visit import Contact, VisitNote

DAY = date(2026, 3, 18)
KNOWN = KnownNames(
    (KnownAccount("远山阀门"), KnownAccount("远山泵业"), KnownAccount("恒力泵业")),
    (
        KnownContact("张建国", "恒力泵业", "总经理"),
        KnownContact("张伟", "恒力泵业", "副总"),
        KnownContact("邱总", "远山阀门", "生产副总"),
        KnownContact("周总", "远山阀门"),
        KnownContact("周总", "远山泵业"),
    ),
)


def draft_of(*notes: VisitNote, meant: tuple[Meant, ...] = ()) -> Draft:
    return Draft("d1", "r1", "原话", DAY, with_known_names(notes, KNOWN, meant), meant=meant)


def test_a_choice_settles_the_name_and_is_learned() -> None:
    draft = draft_of(VisitNote(account="远山", evidence={"/account": "远山"}))
    [doubt] = doubts_in(draft, KNOWN)
    assert set(doubt.candidates) == {"远山阀门", "远山泵业"}
    after = chosen(draft, doubt, "远山泵业")
    assert after.notes[0].account == "远山泵业"
    assert doubts_in(after, KNOWN) == ()
    assert learned_from(after, after.notes[0]) == (Meant("远山", "远山泵业"),)


def test_a_new_one_is_not_asked_about_again_and_teaches_nothing() -> None:
    draft = draft_of(VisitNote(account="远山"))
    after = chosen(draft, doubts_in(draft, KNOWN)[0], "远山")
    assert doubts_in(after, KNOWN) == ()
    assert learned_from(after, after.notes[0]) == ()


def test_two_people_of_one_surname_are_asked_about() -> None:
    draft = draft_of(VisitNote(account="恒力泵业", contacts=(Contact("张总"),)))
    [doubt] = doubts_in(draft, KNOWN)
    assert (doubt.person, set(doubt.candidates)) == (0, {"张建国", "张伟"})
    after = chosen(draft, doubt, "张伟")
    assert learned_from(after, after.notes[0]) == (Meant("张总", "张伟", "恒力泵业"),)


def test_a_person_alone_names_his_account_unless_two_have_one_like_him() -> None:
    sure = draft_of(VisitNote(contacts=(Contact("邱总"),), evidence={"/contacts/0": "邱总"}))
    assert (sure.notes[0].account, sure.notes[0].evidence["/account"]) == ("远山阀门", "邱总")
    assert sure.notes[0].contacts[0].title == "生产副总"
    unsure = draft_of(VisitNote(contacts=(Contact("周总"),)))
    [doubt] = doubts_in(unsure, KNOWN)
    assert (doubt.heard, doubt.candidates) == ("", ("远山阀门", "远山泵业"))
    assert chosen(unsure, doubt, "远山泵业").notes[0].account == "远山泵业"


def test_people_of_a_new_account_are_never_in_doubt() -> None:
    assert doubts_in(draft_of(VisitNote(account="青禾食品", contacts=(Contact("张总"),))), KNOWN) == ()
