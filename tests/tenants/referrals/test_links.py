"""Links for organisations without accounts: who gets one, what it opens, what it never does."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail, signing
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from halka.audit.actions import actor_of
from halka.audit.models import Entry
from halka.authorization.roles import Role, Scope
from halka.common.current import salt
from halka.common.identifiers import uuid7
from network_registry.exchange.enums import Freight, Remains, State
from network_registry.exchange.errors import ReferralMoved
from network_registry.exchange.models import Envelope, OutboxItem
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.models import Client, Consent
from tenants.organisations.domain.contact import keep_contact
from tenants.organisations.domain.lifecycle import CannotMove
from tenants.organisations.domain.settings_page import OrganisationSettings, change_settings
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership, Organisation
from tenants.referrals import policies
from tenants.referrals.crossing import LinkRequest, SentLink
from tenants.referrals.domain import answering, closing, links, sending
from tenants.referrals.domain.links import Standing, link_behind, standing_of
from tenants.referrals.domain.messages import write_message
from tenants.referrals.enums import LinkPurpose
from tenants.referrals.errors import LinkOver
from tenants.referrals.models import AnswerLink, Message, Referral
from tenants.referrals.tasks import ask_results_everywhere, deliver_outstanding, send_link, send_notices
from tests.api.conftest import software
from tests.tenants.referrals.conftest import ADDRESS, make_move, token_in

__all__ = ["software"]

HELD_BACK = ["Zorana", "Izmišljena", "381 11 000 111", "Valjevo", "Sleeps badly", "Courage"]


def copy_of(made: SimpleNamespace) -> Referral:
    return Referral.objects.select_related("envelope", "client").get(envelope=made.envelope)


def newest(purpose: LinkPurpose) -> AnswerLink:
    return AnswerLink.objects.filter(purpose=purpose).select_related("referral__envelope").last()


def accept(made: SimpleNamespace, target: SimpleNamespace, tasks: Any, name: str = "Mira") -> None:
    with tasks(), inside(target.ref):
        link = newest(LinkPurpose.ANSWER)
        with links.acting(link, name=name) as seat:
            answering.open_referral(referral=link.referral, by=seat)
            answering.accept_referral(referral=link.referral, assignee=None, by=seat)


# --- who gets one ----------------------------------------------------------------------------------------------
def test_an_organisation_in_which_nobody_answers_gets_a_link(
    referred: Any, by_link: SimpleNamespace, sender: SimpleNamespace
) -> None:
    made = referred(State.SENT, need="Courage", area="Valjevo")
    [letter] = mail.outbox
    assert letter.to == [ADDRESS]
    assert [word for word in HELD_BACK if word in letter.subject + letter.body] == []
    with inside(by_link.ref):
        link = newest(LinkPurpose.ANSWER)
        assert link.expires_at - link.created_at == timedelta(hours=72)
        kept = AnswerLink.objects.values().get()
        assert token_in(letter) not in str(kept)
        assert link_behind(token_in(letter), LinkPurpose.ANSWER) == link
    with inside(sender.ref):
        told = AnswerLink.objects.get()
        assert (told.pk, told.purpose, told.token_hash) == (link.pk, LinkPurpose.ANSWER, "")
        assert told.referral_id == made.out


def test_people_who_answer_need_no_link(referred: Any, target: SimpleNamespace) -> None:
    Organisation.objects.filter(pk=target.ref.id).update(contact_email=ADDRESS)
    referred(State.SENT)
    assert [letter.to for letter in mail.outbox] != [[ADDRESS]]
    with inside(target.ref):
        assert AnswerLink.objects.count() == 0


def test_a_partner_gets_one_beside_its_people(referred: Any, target: SimpleNamespace) -> None:
    Organisation.objects.filter(pk=target.ref.id).update(contact_email=ADDRESS, kind="partner")
    referred(State.SENT)
    assert [ADDRESS] in [letter.to for letter in mail.outbox]
    assert len(mail.outbox) == 2


def test_without_an_address_nobody_is_written_to(referred: Any, by_link: SimpleNamespace) -> None:
    Organisation.objects.filter(pk=by_link.ref.id).update(contact_email="")
    referred(State.SENT)
    assert mail.outbox == []


@pytest.mark.parametrize(("scope", "answers"), [(Scope.REFERRALS_WRITE, True), (Scope.REFERRALS_READ, False)])
def test_software_counts_where_it_may_answer(
    by_link: SimpleNamespace, software: Any, scope: Scope, answers: bool
) -> None:
    software(by_link.ref, scope)
    with inside(by_link.ref):
        assert links.somebody_answers() is answers


# --- what a link is --------------------------------------------------------------------------------------------
def test_a_token_is_bound_to_its_organisation_and_its_purpose(
    referred: Any, by_link: SimpleNamespace, sender: SimpleNamespace
) -> None:
    referred(State.SENT)
    token = token_in(mail.outbox[0])
    with inside(sender.ref):
        assert link_behind(token, LinkPurpose.ANSWER) is None
    with inside(by_link.ref):
        assert link_behind(token, LinkPurpose.TOLD) is None
        assert link_behind(token, LinkPurpose.RESULT) is None
        secret = token.split(".")[0]
        for forged in (secret, token + "x", token[:-1], f"{secret[:-1]}x.{token.split('.')[1]}", "", "."):
            assert link_behind(forged, LinkPurpose.ANSWER) is None
        signed = signing.Signer(sep=".", salt=salt("referral-link.answer")).sign("never made")
        assert link_behind(signed, LinkPurpose.ANSWER) is None
        other_purpose = signing.Signer(sep=".", salt=salt("referral-link.told")).sign(secret)
        assert link_behind(other_purpose, LinkPurpose.TOLD) is None


def test_a_links_time_runs_out(referred: Any, by_link: SimpleNamespace) -> None:
    referred(State.SENT)
    with inside(by_link.ref):
        link = newest(LinkPurpose.ANSWER)
        assert standing_of(link) == Standing.OPEN
    with time_machine.travel(timezone.now() + timedelta(hours=73), tick=False), inside(by_link.ref):
        assert standing_of(link) == Standing.EXPIRED
        with pytest.raises(LinkOver), links.acting(link, name="Mira"):
            pytest.fail("opened")


def test_a_newer_link_takes_the_place_of_the_older(referred: Any, by_link: SimpleNamespace, tasks: Any) -> None:
    referred(State.SENT)
    with tasks(), inside(by_link.ref):
        older = newest(LinkPurpose.ANSWER)
        links.make_link(referral=older.referral, purpose=LinkPurpose.ANSWER, by=by_link.seat)
        older.refresh_from_db()
        assert standing_of(older) == Standing.REPLACED
        with pytest.raises(LinkOver), links.acting(older, name="Mira"):
            pytest.fail("opened")


def test_a_letter_whose_link_was_replaced_meanwhile_is_not_sent(referred: Any, by_link: SimpleNamespace) -> None:
    made = referred(State.SENT)
    token = token_in(mail.outbox.pop())
    with inside(by_link.ref):
        link = newest(LinkPurpose.ANSWER)
        AnswerLink.objects.update(ended_at=timezone.now())
        sealed = links.seal_token(link.pk, token)
    assert send_link("beta", "answer", str(made.into), str(link.pk), sealed) == 0
    assert mail.outbox == []


def test_letters_about_a_referral_that_is_erased_meanwhile_are_not_sent(
    by_link: SimpleNamespace, sender: SimpleNamespace
) -> None:
    assert send_link("beta", "result", str(uuid4()), "", "") == 0
    assert send_notices(sender.ref.short_name, "accepted", str(uuid4()), [str(sender.seat.membership_id)]) == 0
    assert mail.outbox == []


def test_the_seat_of_a_link_may_do_its_own_and_nothing_else(
    referred: Any, by_link: SimpleNamespace, sender: SimpleNamespace
) -> None:
    first, second = referred(State.OPENED), referred(State.OPENED, service="training")
    with inside(by_link.ref):
        link = AnswerLink.objects.filter(referral=first.into).select_related("referral__envelope").last()
        seat = links.seat_of(link, "Mira")
        assert seat.permissions == frozenset()
        own, other = copy_of(first), copy_of(second)
        assert policies.next_states(own, seat) == {
            State.INFO_REQUESTED, State.WAITLISTED, State.ACCEPTED, State.DECLINED
        }  # fmt: skip
        assert policies.next_states(other, seat) == set()
        with pytest.raises(PermissionDenied):
            answering.decline_referral(referral=other, reason="no_place", by=seat)
        with pytest.raises(PermissionDenied):
            closing.withdraw_referral(referral=own, how="spoken", by=seat)
        with pytest.raises(PermissionDenied):
            write_message(referral=other, text="Good day", by=seat)
    with inside(sender.ref):
        assert not policies.may_act(copy_of(first), seat)
        with pytest.raises(PermissionDenied):
            sending.recall_referral(referral=copy_of(first), reason="mistake", by=seat)
    assert Envelope.objects.get(pk=second.envelope).state == State.OPENED


# --- answering -------------------------------------------------------------------------------------------------
def test_accepting_by_a_link_uses_it_up_and_says_who_it_was(
    referred: Any, by_link: SimpleNamespace, sender: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.SENT)
    accept(made, by_link, tasks)
    with inside(by_link.ref):
        link = newest(LinkPurpose.ANSWER)
        assert link.used_at is not None
        assert link.by_name == "Mira"
        assert standing_of(link) == Standing.ANSWERED
        entry = Entry.objects.get(action="referral.accepted")
        assert (actor_of(entry), entry.actor_user_id, entry.detail["link"]) == ("By link: Mira", None, str(link.pk))
        with pytest.raises(LinkOver), links.acting(link, name="Mira"):
            pytest.fail("opened")
    with inside(sender.ref):
        assert copy_of(made).envelope.state == State.ACCEPTED


def test_asking_and_waiting_leave_the_link_open(referred: Any, by_link: SimpleNamespace, tasks: Any) -> None:
    made = referred(State.OPENED)
    with tasks(), inside(by_link.ref):
        link = newest(LinkPurpose.ANSWER)
        with links.acting(link, name="Mira") as seat:
            answering.waitlist_referral(referral=link.referral, by=seat)
        assert standing_of(newest(LinkPurpose.ANSWER)) == Standing.OPEN
    assert Envelope.objects.get(pk=made.envelope).state == State.WAITLISTED


def test_what_fails_leaves_nothing_behind(referred: Any, by_link: SimpleNamespace) -> None:
    referred(State.OPENED)
    with inside(by_link.ref):
        link = newest(LinkPurpose.ANSWER)
        with pytest.raises(ReferralMoved):
            _decline_twice(link)
        link.refresh_from_db()
        assert (link.used_at, link.by_name) == (None, "")
        assert Referral.objects.get().envelope.state == State.OPENED


def _decline_twice(link: AnswerLink) -> None:
    with links.acting(link, name="Mira") as seat:
        for _time in range(2):
            answering.decline_referral(referral=link.referral, reason="no_place", by=seat)


def test_answered_in_another_way_the_link_says_so(referred: Any, by_link: SimpleNamespace, tasks: Any) -> None:
    made = referred(State.OPENED)
    with tasks(), inside(by_link.ref):
        make_move(copy_of(made), State.DECLINED, by_link.seat)
        assert standing_of(newest(LinkPurpose.ANSWER)) == Standing.ANSWERED


def test_an_answer_to_a_question_comes_with_a_new_link(
    referred: Any, by_link: SimpleNamespace, sender: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.INFO_REQUESTED)
    mail.outbox.clear()
    with tasks(), inside(sender.ref):
        sending.answer_info(referral=copy_of(made), answer="Since spring", by=sender.seat)
    [letter] = mail.outbox
    assert "Since spring" not in letter.body
    with inside(by_link.ref):
        assert link_behind(token_in(letter), LinkPurpose.ANSWER) == newest(LinkPurpose.ANSWER)
        assert AnswerLink.objects.live().count() == 1


@pytest.mark.parametrize("back", ["recalled", "withdrawn"])
def test_what_was_taken_back_is_erased_and_told_without_a_link(
    referred: Any, by_link: SimpleNamespace, sender: SimpleNamespace, tasks: Any, back: str
) -> None:
    made = referred(State.SENT)
    accept(made, by_link, tasks)
    mail.outbox.clear()
    with tasks(), inside(sender.ref):
        make_move(copy_of(made), State(back), sender.seat)
    [letter] = [letter for letter in mail.outbox if letter.to == [ADDRESS]]
    assert "/link/" not in letter.body
    assert Envelope.objects.get().remains == Remains.ERASED
    with inside(by_link.ref):
        assert Client.objects.count() == 0
        assert copy_of(made).disclosed == []
        assert AnswerLink.objects.live().count() == 0
        assert standing_of(newest(LinkPurpose.TOLD)) == Standing.RETRACTED


# --- who the person is -----------------------------------------------------------------------------------------
@pytest.fixture
def accepted(referred: Any, by_link: SimpleNamespace, tasks: Any) -> SimpleNamespace:
    made: SimpleNamespace = referred(State.SENT)
    mail.outbox.clear()
    accept(made, by_link, tasks)
    return made


def test_the_code_goes_to_the_sender_and_never_into_the_e_mail(
    accepted: SimpleNamespace, by_link: SimpleNamespace, sender: SimpleNamespace
) -> None:
    letter = next(letter for letter in mail.outbox if letter.to == [ADDRESS])
    with inside(by_link.ref):
        link = newest(LinkPurpose.TOLD)
        assert link.expires_at - link.created_at == timedelta(days=7)
        assert link_behind(token_in(letter), LinkPurpose.TOLD) == link
        assert copy_of(accepted).client is not None
        code = link.code
        assert len(code) == 6
    with inside(sender.ref):
        assert newest(LinkPurpose.TOLD).code == code
    assert code not in "".join(one.subject + one.body for one in mail.outbox)
    assert [word for word in HELD_BACK if word in letter.subject + letter.body] == []
    assert code not in str(list(OutboxItem.objects.values()))


def test_the_right_code_opens_and_every_opening_is_written_down(
    accepted: SimpleNamespace, by_link: SimpleNamespace
) -> None:
    with inside(by_link.ref):
        link = newest(LinkPurpose.TOLD)
        persian = link.code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
        assert links.open_with_code(link=link, code=f" {persian[:3]} {persian[3:]}", name="Mira")
        assert links.open_with_code(link=link, code=link.code, name="Ana")
        entries = Entry.objects.filter(action="link.opened").order_by("at")
        assert [actor_of(entry) for entry in entries] == ["By link: Mira", "By link: Ana"]
        assert {entry.about_id for entry in entries} == {Client.objects.get().pk}
        link.refresh_from_db()
        assert link.tries == 0


def test_after_five_wrong_codes_the_right_one_opens_nothing(
    accepted: SimpleNamespace, by_link: SimpleNamespace, tasks: Any
) -> None:
    with inside(by_link.ref):
        link = newest(LinkPurpose.TOLD)
        wrong = "000000" if link.code != "000000" else "111111"
        for code in (wrong, wrong, "", "12", wrong):
            assert not links.open_with_code(link=link, code=code, name="Mira")
        assert not links.open_with_code(link=link, code=link.code, name="Mira")
        link.refresh_from_db()
        assert standing_of(link) == Standing.LOCKED
        assert Entry.objects.filter(action="link.locked").count() == 1
        assert Entry.objects.filter(action="link.opened").count() == 0
    with tasks(), inside(by_link.ref), time_machine.travel(timezone.now() + links.PAUSE * 2):
        assert links.another_link(link)
        assert newest(LinkPurpose.TOLD).tries == 0
        assert newest(LinkPurpose.TOLD).code != ""


def test_a_further_link_asks_for_the_code_that_was_told_already(
    accepted: SimpleNamespace, by_link: SimpleNamespace, sender: SimpleNamespace, tasks: Any
) -> None:
    with inside(by_link.ref):
        first = newest(LinkPurpose.TOLD)
        AnswerLink.objects.filter(pk=first.pk).update(tries=2)
    with tasks(), inside(sender.ref):
        write_message(referral=copy_of(accepted), text="Zorana comes on Monday", by=sender.seat)
    with inside(by_link.ref):
        second = newest(LinkPurpose.TOLD)
        assert second.pk != first.pk
        assert (second.code, second.tries) == (first.code, 2)
        assert Message.objects.get().text == "Zorana comes on Monday"
    letter = mail.outbox[-1]
    assert letter.to == [ADDRESS]
    assert "Monday" not in letter.body
    with inside(sender.ref):
        assert newest(LinkPurpose.TOLD).pk == second.pk
        assert AnswerLink.objects.live().filter(purpose=LinkPurpose.TOLD).count() == 1


def test_where_nobody_can_be_asked_the_person_is_taken_on_as_somebody_new(
    referred: Any, by_link: SimpleNamespace, tasks: Any
) -> None:
    with inside(by_link.ref):
        add_client(details=ClientDetails(given_name="Zorana", family_name="Izmisljena"), by=by_link.seat)
    accept(referred(State.SENT), by_link, tasks)
    with inside(by_link.ref):
        assert Client.objects.count() == 2


def test_once_the_consent_has_ended_no_link_shows_anything(
    referred: Any, by_link: SimpleNamespace, sender: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.SENT)
    with inside(sender.ref):
        Consent.objects.update(withdrawn_at=timezone.now(), withdrawn_how="spoken")
    mail.outbox.clear()
    accept(made, by_link, tasks)
    assert [letter for letter in mail.outbox if letter.to == [ADDRESS]] == []
    with tasks(), inside(sender.ref):
        write_message(referral=copy_of(made), text="The consent ended", by=sender.seat)
    with inside(by_link.ref):
        assert not AnswerLink.objects.filter(purpose=LinkPurpose.TOLD).exists()


# --- another one -----------------------------------------------------------------------------------------------
def test_the_page_of_a_link_that_is_over_sends_another_to_the_same_address(
    referred: Any, by_link: SimpleNamespace, tasks: Any
) -> None:
    referred(State.SENT)
    mail.outbox.clear()
    with inside(by_link.ref):
        link = newest(LinkPurpose.ANSWER)
        assert not links.another_link(link)
    later = timezone.now() + timedelta(hours=73)
    with time_machine.travel(later):
        with tasks(), inside(by_link.ref):
            assert links.another_link(link)
            assert not links.another_link(link)
        assert [letter.to for letter in mail.outbox] == [[ADDRESS]]
        with inside(by_link.ref):
            assert link_behind(token_in(mail.outbox[0]), LinkPurpose.ANSWER) == newest(LinkPurpose.ANSWER)
    with time_machine.travel(later + links.ASKED_AGAIN_FOR), inside(by_link.ref):
        assert not links.another_link(link)


def test_without_an_address_no_other_link_goes_out(referred: Any, by_link: SimpleNamespace) -> None:
    referred(State.SENT)
    Organisation.objects.filter(pk=by_link.ref.id).update(contact_email="")
    with time_machine.travel(timezone.now() + timedelta(hours=73)), inside(by_link.ref):
        assert not links.another_link(newest(LinkPurpose.ANSWER))


def test_the_sender_has_it_sent_again(
    referred: Any, by_link: SimpleNamespace, sender: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.SENT)
    mail.outbox.clear()
    with inside(sender.ref), pytest.raises(LinkOver, match="few minutes"):
        links.ask_again(referral=copy_of(made), purpose=LinkPurpose.ANSWER, by=sender.seat)
    with time_machine.travel(timezone.now() + links.PAUSE * 2):
        with tasks(), inside(sender.ref):
            links.ask_again(referral=copy_of(made), purpose=LinkPurpose.ANSWER, by=sender.seat)
            asked = newest(LinkPurpose.ANSWER)
        OutboxItem.objects.filter(freight=Freight.LINK_ASKED).update(done_at=None)
        deliver_outstanding()
    assert [letter.to for letter in mail.outbox] == [[ADDRESS]]
    with inside(by_link.ref):
        assert newest(LinkPurpose.ANSWER).pk == asked.pk
        assert AnswerLink.objects.live().count() == 1
    with inside(sender.ref):
        assert Entry.objects.filter(action="link.asked").count() == 1


def test_it_is_not_sent_again_where_it_is_of_no_use(
    referred: Any, by_link: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, seat_in: Any
) -> None:
    made = referred(State.SENT)
    viewer = seat_in(sender.ref, Role.VIEWER)
    with inside(sender.ref):
        with pytest.raises(LinkOver):
            links.ask_again(referral=copy_of(made), purpose=LinkPurpose.TOLD, by=sender.seat)
        with pytest.raises(PermissionDenied):
            links.ask_again(referral=copy_of(made), purpose=LinkPurpose.ANSWER, by=viewer)
    with inside(target.ref), pytest.raises(LinkOver):
        links.ask_again(referral=copy_of(made), purpose=LinkPurpose.ANSWER, by=target.seat)


def test_a_request_whose_moment_has_passed_sends_nothing(
    referred: Any, by_link: SimpleNamespace, sender: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.SENT)
    with time_machine.travel(timezone.now() + links.PAUSE * 2):
        with inside(sender.ref):
            links.ask_again(referral=copy_of(made), purpose=LinkPurpose.ANSWER, by=sender.seat)
        with inside(by_link.ref):
            Referral.objects.update(owner=by_link.seat.membership_id)
        mail.outbox.clear()
        deliver_outstanding()
        assert mail.outbox == []
        with inside(sender.ref):
            AnswerLink.objects.all().delete()
        OutboxItem.objects.filter(freight__in=[Freight.LINK, Freight.LINK_ASKED]).update(done_at=None)
        deliver_outstanding()
        with inside(by_link.ref):
            AnswerLink.objects.all().delete()
        OutboxItem.objects.filter(freight=Freight.LINK).update(done_at=None)
        assert deliver_outstanding() >= 1


def test_where_a_copy_was_erased_with_the_person_nothing_is_kept_of_links(
    accepted: SimpleNamespace, by_link: SimpleNamespace, sender: SimpleNamespace
) -> None:
    for side in (sender, by_link):
        with inside(side.ref):
            Referral.objects.all().delete()
    with inside(sender.ref):
        links.receive_link(SentLink(accepted.envelope, uuid7(), "answer", "", 0, timezone.now(), timezone.now()))
    with inside(by_link.ref):
        links.receive_request(LinkRequest(accepted.envelope, uuid7(), "answer"))
    for side in (sender, by_link):
        with inside(side.ref):
            assert AnswerLink.objects.count() == 0


# --- the address -----------------------------------------------------------------------------------------------
def test_a_new_address_gets_everything_that_waits(
    referred: Any, by_link: SimpleNamespace, secretariat: Any, seat_in: Any, tasks: Any
) -> None:
    waits = referred(State.SENT)
    accept(referred(State.SENT, service="training"), by_link, tasks)
    mail.outbox.clear()
    seat = seat_in(secretariat, Role.SECRETARIAT)
    with tasks(), inside(secretariat):
        keep_contact(organisation=by_link.ref.id, address="new@beta.example", send_again=False, by=seat)
    assert sorted(letter.to for letter in mail.outbox) == [["new@beta.example"]] * 2
    with inside(by_link.ref):
        assert AnswerLink.objects.live().filter(purpose=LinkPurpose.ANSWER, referral=waits.into).count() == 1
    mail.outbox.clear()
    with tasks(), inside(secretariat):
        keep_contact(organisation=by_link.ref.id, address="new@beta.example", send_again=False, by=seat)
    assert mail.outbox == []
    with tasks(), inside(secretariat):
        keep_contact(organisation=by_link.ref.id, address="new@beta.example", send_again=True, by=seat)
    assert len(mail.outbox) == 2
    with tasks(), inside(secretariat):
        keep_contact(organisation=by_link.ref.id, address="", send_again=True, by=seat)
    assert len(mail.outbox) == 2
    with inside(by_link.ref):
        assert links.send_all_again() == 0


def test_only_the_secretariat_keeps_the_address_of_others(alpha: Any, beta: Any, seat_in: Any) -> None:
    manager = seat_in(alpha, Role.MANAGER)
    with inside(alpha), pytest.raises(CannotMove):
        keep_contact(organisation=beta.id, address="mine@alpha.example", send_again=False, by=manager)
    assert Organisation.objects.get(pk=beta.id).contact_email == ""


def test_a_manager_who_gives_an_address_gets_what_waits(referred: Any, by_link: SimpleNamespace, tasks: Any) -> None:
    referred(State.SENT)
    mail.outbox.clear()
    values = OrganisationSettings(
        dict(by_link.ref.names), "en", "gregorian", "UTC", "teal", False, "front@beta.example"
    )  # fmt: skip
    with tasks(), inside(by_link.ref):
        change_settings(settings=values, seen_version=1, by=by_link.seat)
    assert [letter.to for letter in mail.outbox] == [["front@beta.example"]]


# --- what became of it -----------------------------------------------------------------------------------------
def test_after_weeks_it_is_asked_what_became_of_it(
    accepted: SimpleNamespace, by_link: SimpleNamespace, sender: SimpleNamespace, tasks: Any
) -> None:
    mail.outbox.clear()
    assert ask_results_everywhere() == 0
    weeks = timezone.now() + links.RESULT_AFTER + timedelta(days=1)
    with time_machine.travel(weeks):
        for _twice in range(2):
            with tasks():
                assert ask_results_everywhere() == 1
        [letter] = mail.outbox
        assert letter.to == [ADDRESS]
        with tasks(), inside(by_link.ref):
            link = link_behind(token_in(letter), LinkPurpose.RESULT)
            assert link is not None
            with links.acting(link, name="Mira") as seat:
                answering.start_referral(referral=link.referral, by=seat)
            assert standing_of(newest(LinkPurpose.RESULT)) == Standing.OPEN
            with links.acting(link, name="Mira") as seat:
                answering.complete_referral(referral=link.referral, outcome="job", by=seat)
            assert newest(LinkPurpose.RESULT).used_at is not None
    with inside(sender.ref):
        assert copy_of(accepted).envelope.state == State.COMPLETED


def test_nobody_is_asked_who_has_no_address_any_more(accepted: SimpleNamespace, by_link: SimpleNamespace) -> None:
    Organisation.objects.filter(pk=by_link.ref.id).update(contact_email="")
    with inside(by_link.ref):
        assert links.ask_results() == 0
    assert ask_results_everywhere() == 0


def test_reopened_it_is_asked_again(
    accepted: SimpleNamespace, by_link: SimpleNamespace, sender: SimpleNamespace, tasks: Any
) -> None:
    for to in (State.STARTED, State.COMPLETED):
        with tasks(), inside(by_link.ref):
            make_move(copy_of(accepted), to, by_link.seat)
    for to in (State.CLOSED, State.REOPENED):
        with tasks(), inside(sender.ref):
            make_move(copy_of(accepted), to, sender.seat)
    with inside(by_link.ref):
        assert standing_of(newest(LinkPurpose.RESULT)) == Standing.OPEN


def test_once_somebody_is_responsible_no_links_go_out(
    referred: Any, by_link: SimpleNamespace, sender: SimpleNamespace, tasks: Any
) -> None:
    made = referred(State.OPENED)
    with inside(by_link.ref):
        Referral.objects.update(owner=by_link.seat.membership_id)
    mail.outbox.clear()
    Membership.objects.filter(organisation=by_link.ref.id).update(ended_at=timezone.now())
    with tasks(), inside(sender.ref):
        write_message(referral=copy_of(made), text="Good day", by=sender.seat)
    assert [letter for letter in mail.outbox if letter.to == [ADDRESS]] == []
