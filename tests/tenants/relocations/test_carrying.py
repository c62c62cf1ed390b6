"""The engine alone: what goes, what it becomes there, and what stays."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from halka.common.sealing import files
from network_registry.exchange.models import Access as SharedAccess
from network_registry.exchange.models import Envelope
from network_registry.exchange.models import Transfer as SharedTransfer
from tenants.caseloads.domain.documents import read_document
from tenants.caseloads.domain.queries.person import private_models
from tenants.caseloads.domain.vulnerabilities import labels_of
from tenants.caseloads.models import (
    Assessment,
    Case,
    Client,
    Consent,
    Correction,
    Document,
    Erasure,
    Exit,
    FollowUp,
    Job,
    JournalEntry,
    Mention,
    Merge,
    PersonalLink,
    Programme,
    Scale,
    Step,
    Task,
    TeamMember,
    VulnerabilityChoice,
)
from tenants.caseloads.models import Client as Person
from tenants.learning.models import (
    AdoptedCurriculum,
    AdoptedModule,
    AdoptedUnit,
    Attendance,
    Group,
    Participant,
    PlannedUnit,
    Session,
)
from tenants.organisations.isolation import inside
from tenants.referrals.models import Access, Referral, Transfer
from tenants.relocations import carrying
from tenants.relocations.carrying import Landing
from tenants.relocations.carrying.decisions import CARRIED, DECISIONS

from .conftest import FAMILY, ITEMS, NAME, entry, whole_record


def landing(side: SimpleNamespace, **values: Any) -> Landing:
    return Landing(
        **{"source": "Alpha House", "assignee": side.seat.membership_id, "on": timezone.localdate(), **values}
    )


def carry(person: Person, here: SimpleNamespace, there: SimpleNamespace, **values: Any) -> carrying.Written:
    with inside(here.ref):
        record = carrying.read_record(person.pk)
    copied = carrying.copy_files(record, source=here.ref, target=there.ref)
    with inside(there.ref):
        return carrying.write_record(record, landing(there, **values), copied=copied, by=there.seat)


def test_every_private_model_is_decided() -> None:
    """A new model needs a line in `decisions.py`; one that is gone must not keep its line."""
    assert set(DECISIONS) == {model._meta.label for model in private_models()}
    for model in private_models():
        if model._meta.label in CARRIED:
            assert "INSERT" in model.RIGHTS


def test_a_record_is_frozen_and_says_nothing_of_itself(person: Person, here: SimpleNamespace) -> None:
    with inside(here.ref):
        record = carrying.read_record(person.pk)
    assert NAME not in repr(record)
    assert NAME not in repr(record.rows[0])
    with pytest.raises(FrozenInstanceError):
        record.client_id = person.pk  # type: ignore[misc]


def test_all_of_it_arrives_under_keys_of_its_own(person: Person, here: SimpleNamespace, there: SimpleNamespace) -> None:
    written = carry(person, here, there)
    with inside(here.ref):
        old = {row.key for row in carrying.read_record(person.pk).rows}
        goes, stays = carrying.count_record(person.pk)
    assert {label: len(keys) for label, keys in written.rows.items()} == {
        **goes,
        "caseloads.Exit": 2,  # the case that ran has ended with the move
        "caseloads.JournalEntry": 3,  # and the note that it came with
    }
    assert set(goes) == CARRIED
    assert stays == {"caseloads.JournalEntry": 1, "caseloads.Mention": 1}
    assert not old & {key for keys in written.rows.values() for key in keys}
    with inside(there.ref):
        client = Client.objects.get(pk=written.client_id)
        assert str(client) == f"{NAME} {FAMILY}"
        assert (client.national_number, client.health, client.reference) == ("0101990450007", "Bad knees", "")
        assert client.assigned_to_id == there.seat.membership_id
        assert list(Client.objects.search(NAME)) == [client]
        assert list(Client.objects.similar_to(number="0101990450007")) == [client]
        assert "Nobody to mind the goats" in labels_of(client.vulnerabilities)
        assert not VulnerabilityChoice.objects.get().is_active
        entries = {each.text: each for each in JournalEntry.objects.all()}
        assert "For my own eyes" not in entries
        assert entries["Came late"].corrects == entries["Came on time"]
        assert entries["Came on time"].author_id is None
        assert entries["Came on time"].author_name == f"{here.seat.name} (Alpha House)"
        (note,) = (text for text in entries if text.startswith("Овај") or "Alpha House" in text)
        assert "F-77" in note
        assert here.seat.name in note
        document = Document.objects.get()
        assert b"".join(read_document(document)) == b"a diploma"
        assert (document.title, document.entry, document.added_by_id) == (
            "Certificate",
            entries["Came on time"],
            None,
        )
        open_task, done_task = Task.objects.order_by("-done_at")
        assert (open_task.assignee_id, open_task.entry) == (there.seat.membership_id, entries["Came on time"])
        assert (done_task.assignee_id, done_task.done_by_id) == (None, None)
        assert {(step.text, step.other) for step in Step.objects.all()} == {
            ("Call the bakery", f"{here.seat.name} (Alpha House)"),
            ("Write a letter", ""),
        }
        assert FollowUp.objects.get().note == "Still there"
        assert PlannedUnit.objects.get().note == "Slowly"
        assert Correction.objects.get().text == "My name is written with š"
        assert not Mention.objects.exists()


def test_what_was_given_to_the_other_organisation_has_ended(
    person: Person, here: SimpleNamespace, there: SimpleNamespace
) -> None:
    carry(person, here, there)
    today = timezone.localdate()
    with inside(there.ref):
        consent = Consent.objects.get()
        assert (consent.withdrawn_how, consent.is_valid) == ("moved", False)
        earlier, running = Case.objects.order_by("opened_on")
        assert (earlier.closed_on, earlier.exit.kind) == (date(2025, 6, 5), "job")
        assert (running.closed_on, running.exit.kind) == (today, "transferred")
        assert (running.programme.name, running.programme.state) == ("Steps (Alpha House)", "ended")
        assert {(each.name, each.institution) for each in TeamMember.objects.all()} == {
            (here.seat.name, "Alpha House"),
            ("Dr Somebody", ""),
        }
        assert not TeamMember.objects.filter(ended_at=None).exists()
        assessment = Assessment.objects.get()
        assert (assessment.scale.name, assessment.scale.state) == ("Rest (Alpha House)", "retired")
        assert (assessment.scale.items, assessment.answers, assessment.note) == (ITEMS, {"sleep": 2}, "Tired")


def test_a_merger_lets_all_of_it_stand(person: Person, here: SimpleNamespace, there: SimpleNamespace) -> None:
    """People, programmes and file numbers that go along are named, and nothing ends."""
    with inside(here.ref):
        programme = Programme.objects.get()
    with inside(there.ref):
        taken = Programme.objects.create(name="Steps together", starts_on=date(2026, 1, 1))
    written = carry(
        person,
        here,
        there,
        ends=False,
        has_note=False,
        keeps_reference=True,
        assignee=None,
        colleagues={here.seat.membership_id: there.seat.membership_id},
        programmes={programme.pk: taken.pk},
    )
    with inside(there.ref):
        client = Client.objects.get(pk=written.client_id)
        assert (client.reference, client.assigned_to_id) == ("F-77", there.seat.membership_id)
        assert Consent.objects.get().is_valid
        assert Case.objects.open().get().programme == taken
        assert TeamMember.objects.get(ended_at=None).colleague_id == there.seat.membership_id
        assert JournalEntry.objects.filter(author=there.seat.membership_id).count() == 2
        assert JournalEntry.objects.count() == 2
        assert set(Task.objects.values_list("assignee", flat=True)) == {there.seat.membership_id}
        assert Exit.objects.count() == 1
    with inside(here.ref):
        second = whole_record(here.seat, given_name="Ana", reference="")
        Client.objects.filter(pk=person.pk).update(reference="")
        Client.objects.filter(pk=second.pk).update(reference="F-77")
    again = carry(second, here, there, ends=False, keeps_reference=True)
    with inside(there.ref):
        assert Client.objects.get(pk=again.client_id).reference == ""  # somebody here has it
        assert Programme.objects.filter(state="running").count() == 2


def test_what_is_there_already_is_used_again(person: Person, here: SimpleNamespace, there: SimpleNamespace) -> None:
    with inside(there.ref):
        scale = Scale.objects.create(
            family=person.pk, name="Rest", items=ITEMS, state="published", published_at=timezone.now()
        )
        VulnerabilityChoice.objects.create(key=str(person.pk), name="nobody to mind the goats")
    carry(person, here, there)
    with inside(here.ref):
        second = whole_record(here.seat, given_name="Ana", reference="")
    carry(second, here, there)
    with inside(there.ref):
        assert list(Scale.objects.all()) == [scale]
        assert VulnerabilityChoice.objects.count() == 1
        assert Programme.objects.count() == 1
        assert Assessment.objects.filter(scale=scale).count() == 2


def test_a_document_whose_file_is_lost_stops_the_carrying_and_leaves_nothing(
    person: Person, here: SimpleNamespace, there: SimpleNamespace
) -> None:
    with inside(here.ref):
        second = Document(client=person, title="Second", content_type="text/plain", size=1)
        second.file = files.write(row=second, column="file", source=[b"x"])
        second.save()
        record = carrying.read_record(person.pk)
        files.remove(second.file)
    with pytest.raises(FileNotFoundError):
        carrying.copy_files(record, source=here.ref, target=there.ref)
    with inside(there.ref):
        assert list(files.stored(before=timezone.now().timestamp() + 9)) == []
        written = carrying.write_record(record, landing(there), by=there.seat)
        assert "caseloads.Document" not in written.rows


def test_a_held_record_is_nowhere(person: Person, here: SimpleNamespace) -> None:
    with inside(here.ref):
        now = timezone.now()
        ends = {"client": person, "code_hash": "y", "language": "en", "expires_at": now + timedelta(days=1)}
        PersonalLink.objects.create(token_hash="x", **ends)
        PersonalLink.objects.create(token_hash="old", revoked_at=now, **ends)
        carrying.hold_record(person.pk, by=here.seat)
        carrying.hold_record(person.pk, by=here.seat)
        assert not Client.objects.exists()
        assert not Client.objects.search(NAME).exists()
        assert not PersonalLink.objects.filter(revoked_at=None).exists()
        held = Client.every.get()
        assert held.restricted_at == held.held_at
        carrying.release_record(person.pk, by=here.seat)
        carrying.release_record(person.pk, by=here.seat)
        back = Client.objects.get()
        assert (back.restricted_at, back.reference) == (None, "F-77")
        assert PersonalLink.objects.get(revoked_at=None).token_hash == "x"  # the person's own page, where it was


def test_a_restricted_record_stays_restricted(person: Person, here: SimpleNamespace, there: SimpleNamespace) -> None:
    since = timezone.now() - timedelta(days=3)
    with inside(here.ref):
        Client.objects.filter(pk=person.pk).update(restricted_at=since)
        carrying.hold_record(person.pk, by=here.seat)
    written = carry(person, here, there)
    with inside(there.ref):
        assert Client.objects.get(pk=written.client_id).restricted_at == since
    with inside(here.ref):
        carrying.release_record(person.pk, by=here.seat)
        assert Client.objects.get().restricted_at == since


def test_a_file_number_that_was_given_away_stays_there(person: Person, here: SimpleNamespace) -> None:
    with inside(here.ref):
        carrying.hold_record(person.pk, by=here.seat)
        other = whole_record(here.seat, given_name="Ana", reference="F-77")
        carrying.release_record(person.pk, by=here.seat)
        assert Client.objects.get(pk=person.pk).reference == ""
        assert Client.objects.get(pk=other.pk).reference == "F-77"


def test_a_record_is_erased_held_or_not_and_once(person: Person, here: SimpleNamespace) -> None:
    with inside(here.ref):
        carrying.hold_record(person.pk, by=here.seat)
        erasure = carrying.erase_record(person.pk, by=here.seat)
        assert erasure is not None
        assert erasure.reason == "moved"
        assert carrying.erase_record(person.pk, by=here.seat) is None
        assert not Client.every.exists()
        assert not JournalEntry.objects.exists()
        assert Erasure.objects.count() == 1


def test_names_of_entries_stay_within_their_column(
    person: Person, here: SimpleNamespace, there: SimpleNamespace
) -> None:
    with inside(here.ref):
        made = entry(person, here.seat, "Long")
        JournalEntry.objects.filter(pk=made.pk).update(author_name="x" * 150)
    carry(person, here, there, source="A" * 150)
    with inside(there.ref):
        assert max(map(len, JournalEntry.objects.values_list("author_name", flat=True))) == 150


# --- what stays is told, and what runs stands in the way -----------------------------------------------------
def test_what_stays_is_told_in_a_note(person: Person, here: SimpleNamespace, there: SimpleNamespace) -> None:
    """Groups and referrals, in the language of the organisation that it comes to."""
    now = timezone.now()
    envelopes = [
        (between(here, there, Envelope, reference="H-1", service="other", state="closed", sent_at=now), "out"),
        (between(there, here, Envelope, reference="H-2", service="mentoring", state="closed", sent_at=now), "in"),
    ]
    with inside(here.ref):
        curriculum = AdoptedCurriculum.objects.create(standard=1, base=person.pk, number=1, title="Work", language="en")
        module = AdoptedModule.objects.create(curriculum=curriculum, position=1, key="m", title="M")
        unit = AdoptedUnit.objects.create(
            curriculum=curriculum, module=module, position=1, key="cv", base=person.pk, title="CV"
        )
        PlannedUnit.objects.update(unit=unit)
        group = Group.objects.create(curriculum=curriculum, base=person.pk, name="Spring", starts_on=now.date())
        Participant.objects.create(group=group, client=person, enrolled_on=now.date())
        for came in ("came", "absent"):
            session = Session.objects.create(group=group, starts_at=now, ends_at=now + timedelta(hours=1))
            Attendance.objects.create(session=session, client=person, came=came)
        for envelope, direction in envelopes:
            Referral.objects.create(envelope=envelope, direction=direction, other_id=there.ref.id, client=person)
    with inside(there.ref):
        taught = AdoptedCurriculum.objects.create(standard=1, base=person.pk, number=1, title="Rad", language="sr")
        module = AdoptedModule.objects.create(curriculum=taught, position=1, key="m", title="M")
        unit = AdoptedUnit.objects.create(
            curriculum=taught, module=module, position=1, key="cv", base=person.pk, title="CV"
        )
    carry(person, here, there)
    with inside(there.ref):
        assert PlannedUnit.objects.get().unit == unit
        note = JournalEntry.objects.get(kind="hand_over").text
        assert not Participant.objects.exists()
        assert not Referral.objects.exists()
    assert "Work" in note
    assert note.count("Beta Centre") == 2


def between(sender: SimpleNamespace, target: SimpleNamespace, model: Any, **values: Any) -> Any:
    """A shared row, made outside of any organisation."""
    return model.objects.create(sender_id=sender.ref.id, target_id=target.ref.id, **values)


def test_what_runs_with_others_stands_in_the_way(person: Person, here: SimpleNamespace, there: SimpleNamespace) -> None:
    soon = timezone.now() + timedelta(days=9)
    handing = between(here, there, SharedTransfer, reference="T-1", expires_at=soon)
    asking = between(here, there, SharedAccess, reference="A-1", expires_at=soon)
    with inside(here.ref):
        assert carrying.standing_in_the_way(person.pk) == []
        assert len(carrying.standing_in_the_way(there.ref.id)) == 1  # nobody of ours
        common = {"other_id": there.ref.id, "client": person}
        Transfer.objects.create(shared=handing, direction="out", **common)
        Access.objects.create(shared=asking, direction="out", **common)
        job = {"kind": "takeout", "state": "running", "expires_at": soon}
        Job.objects.create(ask={"client": str(there.ref.id)}, **job)
        assert len(carrying.standing_in_the_way(person.pk)) == 2
        Job.objects.create(ask={"client": str(person.pk)}, **job)
        words = carrying.standing_in_the_way(person.pk)
        assert [word.split()[0] for word in words] == ["A", "Another", "A"]
        with pytest.raises(carrying.NotCarried):
            carrying.hold_record(person.pk, by=here.seat)
        assert Client.objects.get().held_at is None


def test_a_merged_record_goes_as_one(person: Person, here: SimpleNamespace, there: SimpleNamespace) -> None:
    """The one that was absorbed gave all it had; it stays, and is erased with the other."""
    with inside(here.ref):
        absorbed = whole_record(here.seat, given_name="Zora", reference="")
        merge = Merge.objects.create(kept=person, absorbed=absorbed)
        JournalEntry.objects.filter(client=absorbed).delete()
        Client.objects.filter(pk=absorbed.pk).update(merged_into=person)
        assert carrying.count_record(person.pk)[1]["caseloads.Merge"] == 1
    carry(person, here, there)
    with inside(there.ref):
        assert str(Client.objects.get()) == f"{NAME} {FAMILY}"
        assert not Merge.objects.exists()
    with inside(here.ref):
        carrying.erase_record(person.pk, by=here.seat)
        assert not Client.every.filter(pk__in=[person.pk, merge.absorbed_id]).exists()
