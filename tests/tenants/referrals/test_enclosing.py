"""Documents that go with a referral: under which consent, into whose hands, and how they disappear."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.utils import timezone

from halka.audit.models import Entry
from halka.authorization.roles import Role, Scope, Seat
from halka.common.sealing import files
from halka.common.uploads import NewFile
from network_registry.exchange.enums import EventType, Freight, Remains, State
from network_registry.exchange.models import OutboxItem
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.consents import NewConsent, record_consent, withdraw_consent
from tenants.caseloads.domain.documents import add_document, read_document, remove_document, remove_orphans
from tenants.caseloads.enums import ConsentGiven, ConsentScope
from tenants.caseloads.enums.journal import Audience
from tenants.caseloads.models import Client, Consent, Document
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals.domain import delivery, enclosing, filing
from tenants.referrals.domain.arrival import take_on
from tenants.referrals.domain.closing import settle_referral
from tenants.referrals.domain.disclosure import values_of
from tenants.referrals.domain.messages import write_message
from tenants.referrals.errors import NotCovered
from tenants.referrals.models import Enclosure, Message, Referral, Step
from tenants.referrals.policies import LinkSeat
from tenants.referrals.tasks import deliver_outstanding
from tests.tenants.referrals.conftest import make_move
from tests.tenants.referrals.test_verbs import shared_rows

SCOPES = [ConsentScope.IDENTITY, ConsentScope.CONTACT, ConsentScope.DOCUMENTS]
LONG = [bytes([number % 251]) * 70_000 for number in range(5)]  # more than one part of a sealed file


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def consent(consent: Any) -> Any:
    """Covers documents too."""
    return lambda **values: consent(**{"scopes": SCOPES, **values})


def copy_of(made: SimpleNamespace) -> Referral:
    return Referral.objects.select_related("envelope", "client").get(envelope=made.envelope)


def paper(title: str = "Certificate of Zorana", parts: list[bytes] | None = None) -> NewFile:
    return NewFile(title, parts or [b"It is certified that Zorana ..."], "text/plain")


def send(side: SimpleNamespace, made: SimpleNamespace, tasks: Any, file: NewFile | None = None) -> None:
    with tasks(), inside(side.ref):
        enclosing.enclose_file(referral=copy_of(made), file=file or paper(), by=side.seat)


def stored(side: SimpleNamespace) -> list[str]:
    """Names of all sealed files of an organisation."""
    with inside(side.ref):
        return [name for name, _place in files.stored(before=time.time() + 60)]


@pytest.fixture
def accepted(referred: Any) -> SimpleNamespace:
    made: SimpleNamespace = referred(State.ACCEPTED)
    mail.outbox.clear()
    return made


# --- from one seal into the other ------------------------------------------------------------------------------
def test_a_document_goes_part_by_part_among_the_persons_documents_there(
    accepted: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    send(sender, accepted, tasks, paper(parts=LONG))
    with inside(sender.ref):
        own = Enclosure.objects.get()
        assert (own.ours, own.by_name, own.consent_id) == (True, sender.seat.name, Consent.objects.get().pk)
        assert own.document.client_id == sender.client.pk
    with inside(target.ref):
        received = Enclosure.objects.get(pk=own.pk)
        assert (received.ours, received.title, received.by_name) == (False, "Certificate of Zorana", "")
        assert (received.size, received.content_type, received.file) == (350_000, "text/plain", "")
        assert received.document.client == Client.objects.get()
        assert b"".join(read_document(received.document)) == b"".join(LONG)
        assert Entry.objects.get(action="enclosure.received").about_id == received.document.client_id
    [here], [there] = stored(sender), stored(target)
    assert here != there
    for side, name in ((sender, here), (target, there)):
        with inside(side.ref):
            raw = Path(default_storage.path(name)).read_bytes()
        assert LONG[1][:64] not in raw
    assert "Certificate" not in shared_rows()


def test_it_is_told_and_mailed_without_its_title(
    accepted: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    send(sender, accepted, tasks)
    [letter] = mail.outbox
    assert "Certificate" not in letter.subject + letter.body
    assert "Zorana" not in letter.subject + letter.body
    for side in (sender, target):
        with inside(side.ref):
            assert Step.objects.filter(type=EventType.DOCUMENT, side="sender").count() == 1


def test_one_of_the_persons_documents_is_sent_as_it_is(
    accepted: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    with inside(sender.ref):
        document = add_document(client=sender.client, **vars(paper()), by=sender.seat)
    with tasks(), inside(sender.ref):
        enclosing.enclose(referral=copy_of(accepted), document=document, by=sender.seat)
        assert Document.objects.count() == 1
    with inside(target.ref):
        assert Document.objects.get().title == "Certificate of Zorana"


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (Audience.TEAM, Audience.TEAM),
        (Audience.PROFESSIONALS, Audience.PROFESSIONALS),
        (Audience.PROFESSION, Audience.PROFESSIONALS),
        (Audience.AUTHOR, Audience.PROFESSIONALS),
    ],
)
def test_who_reads_it_there_is_no_wider_circle(
    accepted: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any, here: str, there: str
) -> None:
    with tasks(), inside(sender.ref):
        document = add_document(client=sender.client, **vars(paper()), audience=here, by=sender.seat)
        enclosing.enclose(referral=copy_of(accepted), document=document, by=sender.seat)
    with inside(target.ref):
        assert Document.objects.get().audience == Enclosure.objects.get().audience == there


def test_before_the_person_is_taken_on_it_lies_beside_the_referral(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any, seat_in: Any
) -> None:
    colleague = seat_in(target.ref, Role.VOLUNTEER)
    with inside(target.ref):
        add_client(details=ClientDetails(given_name="Zorana", family_name="Izmisljena"), by=target.seat)
    made = referred(State.ACCEPTED)
    send(sender, made, tasks, paper(parts=LONG))
    with inside(target.ref):
        received = Enclosure.objects.select_related("referral__envelope", "document").get()
        assert (received.document, received.size) == (None, 350_000)
        assert b"".join(enclosing.open_enclosure(enclosure=received, by=target.seat)) == b"".join(LONG)
        assert enclosing.may_read(received, target.seat)
        Enclosure.objects.update(audience=Audience.PROFESSIONALS)
        received.audience = Audience.PROFESSIONALS
        assert enclosing.may_read(received, target.seat)
        assert not enclosing.may_read(received, colleague)
        assert Entry.objects.filter(action="enclosure.opened").count() == 1
    with tasks(), inside(target.ref):
        client = take_on(referral=copy_of(made), by=target.seat)
    with inside(target.ref):
        filed = Enclosure.objects.get()
        assert (filed.file, filed.document.client, filed.document.audience) == ("", client, Audience.PROFESSIONALS)
        assert b"".join(read_document(filed.document)) == b"".join(LONG)
    assert len(stored(target)) == 1


# --- under which consent ---------------------------------------------------------------------------------------
def test_documents_are_no_details_of_the_record(sender: SimpleNamespace) -> None:
    with inside(sender.ref):
        assert values_of(sender.client, [ConsentScope.DOCUMENTS]) == ()


@pytest.mark.parametrize("fault", ["not covered", "ended", "withdrawn", "another person's", "not accepted"])
def test_nothing_is_sent_that_no_consent_covers(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any, fault: str
) -> None:
    made = referred(State.OPENED if fault == "not accepted" else State.ACCEPTED)
    with inside(sender.ref):
        client = sender.client
        if fault == "not covered":
            Consent.objects.update(scopes=[ConsentScope.IDENTITY])
        if fault == "ended":
            Consent.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
        if fault == "withdrawn":
            Consent.objects.update(withdrawn_at=timezone.now(), withdrawn_how="spoken")
        if fault == "another person's":
            client = add_client(details=ClientDetails(given_name="Else"), by=sender.seat)
        document = add_document(client=client, **vars(paper()), by=sender.seat)
        with pytest.raises(NotCovered):
            enclosing.enclose(referral=copy_of(made), document=document, by=sender.seat)
        assert Enclosure.objects.count() == 0
    assert OutboxItem.objects.filter(freight=Freight.DOCUMENT).count() == 0


def test_a_file_that_may_not_be_sent_is_not_kept_either(accepted: SimpleNamespace, sender: SimpleNamespace) -> None:
    with inside(sender.ref):
        Consent.objects.update(scopes=[ConsentScope.IDENTITY])
        with pytest.raises(NotCovered):
            enclosing.enclose_file(referral=copy_of(accepted), file=paper(), by=sender.seat)
        assert Document.objects.count() == 0
    assert stored(sender) == []


def test_what_the_consent_covered_no_more_when_it_was_to_leave_stays(
    accepted: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace
) -> None:
    with inside(sender.ref):
        enclosing.enclose_file(referral=copy_of(accepted), file=paper(), by=sender.seat)
        Consent.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    deliver_outstanding()
    with inside(target.ref):
        assert Enclosure.objects.count() == Document.objects.count() == 0
    with inside(sender.ref):
        assert Enclosure.objects.get().taken_back_at is not None


def test_what_was_removed_or_erased_before_it_left_stays(
    accepted: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace
) -> None:
    with inside(sender.ref):
        first = enclosing.enclose_file(referral=copy_of(accepted), file=paper(), by=sender.seat)
        remove_document(document=first.document, by=sender.seat)
        second = enclosing.enclose_file(referral=copy_of(accepted), file=paper(), by=sender.seat)
        Enclosure.objects.filter(pk=second.pk).delete()
    deliver_outstanding()
    with inside(target.ref):
        assert Enclosure.objects.count() == Document.objects.count() == 0


def test_the_recipient_sends_back_under_a_consent_of_its_own(
    accepted: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    with inside(target.ref), pytest.raises(NotCovered):
        enclosing.enclose_file(referral=copy_of(accepted), file=paper(), by=target.seat)
    with inside(target.ref):
        new = NewConsent(
            recipient=Organisation.objects.get(pk=sender.ref.id),
            scopes=[ConsentScope.DOCUMENTS],
            how_given=ConsentGiven.SIGNED,
            expires_on=timezone.localdate() + timedelta(days=30),
        )
        receipt = record_consent(client=Client.objects.get(), new=new, by=target.seat)
    send(target, accepted, tasks, paper("Report"))
    with inside(sender.ref):
        received = Enclosure.objects.get()
        assert received.document.client_id == sender.client.pk
    with tasks(), inside(target.ref):
        withdraw_consent(consent=receipt, how="spoken", by=target.seat)
    with inside(sender.ref):
        received = Enclosure.objects.get()
        assert (received.document, received.taken_back_at is not None) == (None, True)
        assert Document.objects.count() == 0
    with inside(target.ref):
        assert Document.objects.count() == 1


def test_before_the_person_is_a_client_nothing_is_sent_back(referred: Any, target: SimpleNamespace) -> None:
    with inside(target.ref):
        add_client(details=ClientDetails(given_name="Zorana", family_name="Izmisljena"), by=target.seat)
    made = referred(State.ACCEPTED)
    with inside(target.ref), pytest.raises(NotCovered, match="client of yours"):
        enclosing.enclose_file(referral=copy_of(made), file=paper(), by=target.seat)


def test_those_without_the_permission_send_nothing(
    accepted: SimpleNamespace, sender: SimpleNamespace, seat_in: Any
) -> None:
    viewer = seat_in(sender.ref, Role.VIEWER)
    with inside(sender.ref):
        with pytest.raises(PermissionDenied):
            enclosing.enclose_file(referral=copy_of(accepted), file=paper(), by=viewer)
        enclosure = enclosing.enclose_file(referral=copy_of(accepted), file=paper(), by=sender.seat)
        with pytest.raises(PermissionDenied):
            enclosing.take_back(enclosure=enclosure, by=viewer)


# --- twice, half way, and gone ---------------------------------------------------------------------------------
def test_what_arrives_twice_is_there_once(
    accepted: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    send(sender, accepted, tasks)
    OutboxItem.objects.filter(freight=Freight.DOCUMENT).update(done_at=None)
    assert deliver_outstanding() == 1
    with inside(target.ref):
        assert Enclosure.objects.count() == Document.objects.count() == 1
    assert len(stored(target)) == 1


def test_a_carrier_that_dies_half_way_is_no_harm(
    accepted: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, monkeypatch: Any
) -> None:
    with inside(sender.ref):
        enclosing.enclose_file(referral=copy_of(accepted), file=paper(parts=LONG), by=sender.seat)
    whole = files.read

    def dying(**about: Any) -> Iterator[bytes]:
        parts = whole(**about)

        def some_of_it() -> Iterator[bytes]:
            yield next(parts)
            raise KeyboardInterrupt

        return some_of_it()

    with monkeypatch.context() as patch:
        patch.setattr(files, "read", dying)
        with pytest.raises(KeyboardInterrupt):
            delivery.carry_all(accepted.envelope)
    with inside(target.ref):
        assert Enclosure.objects.count() == Document.objects.count() == 0
    assert stored(target) == []
    OutboxItem.objects.update(claimed_until=None)
    deliver_outstanding()
    with inside(target.ref):
        assert b"".join(read_document(Document.objects.get())) == b"".join(LONG)


def test_files_that_no_row_names_are_cleaned_away(accepted: SimpleNamespace, target: SimpleNamespace) -> None:
    with inside(target.ref):
        lost = Enclosure(referral=copy_of(accepted), ours=False)
        name = files.write(row=lost, column=filing.COLUMN, source=[b"lost"])
        path = Path(default_storage.path(name))
        assert remove_orphans() == 0
        os.utime(path, (0, 0))
        assert remove_orphans() == 1
        assert not path.exists()


@pytest.mark.parametrize("column", ["restricted_at", "purged_at"])
def test_nothing_comes_where_the_copy_is_used_no_more(
    accepted: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any, column: str
) -> None:
    with inside(target.ref):
        Referral.objects.update(**{column: timezone.now()})
    send(sender, accepted, tasks)
    with inside(target.ref):
        assert Enclosure.objects.count() == Document.objects.count() == 0


def test_taken_back_it_is_there_no_more(
    accepted: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    send(sender, accepted, tasks)
    for _twice in range(2):
        with tasks(), inside(sender.ref):
            enclosure = Enclosure.objects.select_related("referral__envelope").get()
            enclosing.take_back(enclosure=enclosure, by=sender.seat)
    assert OutboxItem.objects.filter(freight=Freight.DOCUMENT).count() == 2
    OutboxItem.objects.filter(freight=Freight.DOCUMENT).update(done_at=None)
    deliver_outstanding()
    with inside(target.ref):
        gone = Enclosure.objects.select_related("referral").get()
        assert gone.taken_back_at is not None
        assert Document.objects.count() == 0
        with pytest.raises(FileNotFoundError):
            enclosing.open_enclosure(enclosure=gone, by=target.seat)
    assert stored(target) == []
    assert len(stored(sender)) == 1


def test_taken_back_before_it_left_it_never_comes(
    accepted: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace
) -> None:
    with inside(sender.ref):
        enclosure = enclosing.enclose_file(referral=copy_of(accepted), file=paper(), by=sender.seat)
        enclosing.take_back(enclosure=enclosure, by=sender.seat)
    deliver_outstanding()
    with inside(target.ref):
        assert Enclosure.objects.count() == Document.objects.count() == 0


def test_taken_back_before_the_person_was_taken_on_nothing_is_left(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    with inside(target.ref):
        add_client(details=ClientDetails(given_name="Zorana", family_name="Izmisljena"), by=target.seat)
    made = referred(State.ACCEPTED)
    send(sender, made, tasks)
    assert len(stored(target)) == 1
    with tasks(), inside(sender.ref):
        enclosure = Enclosure.objects.select_related("referral__envelope").get()
        enclosing.take_back(enclosure=enclosure, by=sender.seat)
    with inside(target.ref), pytest.raises(FileNotFoundError):
        filing.parts_of(Enclosure.objects.get())
    assert stored(target) == []


def test_nothing_comes_where_the_copy_was_erased_with_the_person(
    accepted: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace
) -> None:
    with inside(sender.ref):
        enclosing.enclose_file(referral=copy_of(accepted), file=paper(), by=sender.seat)
        write_message(referral=copy_of(accepted), text="Good day", by=sender.seat)
    with inside(target.ref):
        Enclosure.objects.all().delete()
        Referral.objects.all().delete()
    deliver_outstanding()
    for model in (Enclosure, Message, Document):
        with inside(target.ref):
            assert model.objects.count() == 0
    assert OutboxItem.objects.undelivered().count() == 0


@pytest.mark.parametrize("is_known", [True, False], ids=["linked to a client", "made a client"])
def test_documents_go_with_a_recalled_referral(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any, is_known: bool
) -> None:
    with inside(target.ref):
        known = add_client(details=ClientDetails(given_name="Zorana", family_name="Izmisljena"), by=target.seat)
        own = add_document(client=known, **vars(paper("Their own")), by=target.seat)
    made = referred(State.ACCEPTED)
    send(sender, made, tasks)
    with tasks(), inside(target.ref):
        take_on(referral=copy_of(made), link_to=known if is_known else None, by=target.seat)
    with tasks(), inside(sender.ref):
        make_move(copy_of(made), State.RECALLED, sender.seat)
    with inside(target.ref):
        assert Enclosure.objects.count() == 0
        assert list(Document.objects.values_list("pk", flat=True)) == [own.pk]
    assert len(stored(target)) == 1


def test_documents_are_locked_with_a_withdrawn_referral(
    referred: Any, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any
) -> None:
    """What went among the papers of somebody who was here before is locked, and then erased; theirs stay."""
    with inside(target.ref):
        known = add_client(details=ClientDetails(given_name="Zorana", family_name="Izmisljena"), by=target.seat)
        own = add_document(client=known, **vars(paper("Their own")), by=target.seat)
    made = referred(State.ACCEPTED)
    send(sender, made, tasks)
    with tasks(), inside(target.ref):
        take_on(referral=copy_of(made), link_to=known, by=target.seat)
        assert Document.objects.count() == 2
    with tasks(), inside(sender.ref):
        make_move(copy_of(made), State.WITHDRAWN, sender.seat)
    with inside(target.ref):
        assert list(Document.objects.values_list("pk", flat=True)) == [own.pk]
        assert b"".join(filing.parts_of(Enclosure.objects.get())).startswith(b"It is certified")
    with tasks(), inside(target.ref):
        settle_referral(referral=copy_of(made), remains=Remains.ERASED, by=target.seat)
    assert len(stored(target)) == 1


# --- who reads it ----------------------------------------------------------------------------------------------
def test_who_reads_what_came(
    accepted: SimpleNamespace, sender: SimpleNamespace, target: SimpleNamespace, tasks: Any, seat_in: Any
) -> None:
    send(sender, accepted, tasks)
    support = Seat(1, None, None, "Support", support_grant_id=sender.client.pk)
    software = {
        scope: Seat(0, None, None, "System", software_id=sender.client.pk, scopes=frozenset({scope}))
        for scope in (Scope.REFERRALS_READ, Scope.DISCLOSURES_READ)
    }
    stranger = LinkSeat(0, None, None, "By link", referral_id=sender.client.pk)
    manager, volunteer = seat_in(target.ref, Role.MANAGER), seat_in(target.ref, Role.VOLUNTEER)
    with inside(target.ref):
        received = Enclosure.objects.select_related("document", "referral__envelope", "referral__client").get()
        holder = LinkSeat(0, None, None, "By link", referral_id=received.referral_id)
        assert enclosing.may_read(received, target.seat)
        assert enclosing.may_read(received, software[Scope.DISCLOSURES_READ])
        assert enclosing.may_read(received, holder)
        assert not enclosing.may_read(received, software[Scope.REFERRALS_READ])
        assert not enclosing.may_read(received, support)
        assert not enclosing.may_read(received, stranger)
        received.audience = received.document.audience = Audience.PROFESSIONALS
        assert enclosing.may_read(received, manager)
        assert not enclosing.may_read(received, volunteer, enclosing.professions_in(received.referral, volunteer))
        assert not enclosing.may_read(received, software[Scope.DISCLOSURES_READ])
