"""Shared tables that hold rows of several organisations: each organisation's role reaches its own rows alone.

Every grant with a condition on rows has a sample here of a row that is none of alpha's business.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import time, timedelta
from typing import Any

import pytest
from allauth.idp.oidc.models import Client as OAuthClient
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from knowledge_base.models import Adoption, Curriculum, Evidence, KnowledgeIndex, Review, Submission, SubmittedText
from network_registry.directory.models import CapacityQuestion, Closure, Entry, Hours, Location, Offer
from network_registry.directory.models import Service as DirectoryService
from network_registry.exchange import models as exchange
from network_registry.exchange.enums import Freight, Service, State
from network_registry.exchange.models import Deadlines, Envelope, EnvelopeEvent, Fairness, OutboxItem
from network_registry.membership import models as membership
from tenants.organisations.enums import WorkKind
from tenants.organisations.isolation import inside
from tenants.organisations.models import (
    Closing,
    DueWork,
    Invitation,
    Membership,
    Organisation,
    OwnDomain,
    Software,
    StateChange,
    SupportGrant,
    Takeout,
)
from tenants.organisations.walls.grants import all_grants
from tests.database import organisation
from tests.guards import group_rows

# What every organisation reads in full: hosts, and views that choose the rows by themselves.
# Of no organisation; the secretariat's role alone reaches them.
SECRETARIATS = {"status_incident", "status_incidentupdate"}
WITHOUT_CONDITION = {
    "knowledge_base_groupstext",
    "working_groups_person",
    "working_groups_memberorganisation",
    "organisations_domain",
    "organisations_colleague",
    "organisations_supporter",
    "directory_word",
    "knowledge_base_publishedcurriculum",
    "knowledge_base_publishedversion",
    "knowledge_base_publishedmodule",
    "knowledge_base_publishedunit",
    "knowledge_base_memberstext",
    *SECRETARIATS,
}
# The register of members and the facts of their directory: read by all, written by its own.
KNOWN_TO_ALL = {
    "organisations_organisation",
    "directory_location",
    "directory_closure",
    "directory_hours",
    "directory_entry",
    "exchange_deadlines",
    "membership_frameworkversion",
    "membership_licensingstep",
}

Make = Callable[[OrganisationRef, OrganisationRef, User], models.Model]


def _envelope(beta: OrganisationRef, other: OrganisationRef) -> Envelope:
    return Envelope.objects.create(
        reference=f"H-{uuid7().hex[-9:]}", sender_id=beta.id, target_id=other.id, service=Service.OTHER
    )


def _transfer(beta: OrganisationRef, other: OrganisationRef) -> exchange.Transfer:
    return exchange.Transfer.objects.create(
        reference=f"T-{uuid7().hex[-9:]}", sender_id=beta.id, target_id=other.id, expires_at=timezone.now()
    )


def _location(beta: OrganisationRef) -> Location:
    return Location.objects.create(organisation_id=beta.id, name="House", place="Tetovo", country="MK")


def _offer(beta: OrganisationRef) -> Offer:
    """Of a service that is not shown yet."""
    service = DirectoryService.objects.create(
        organisation_id=beta.id, names={"en": "Mentoring"}, need=Service.MENTORING, is_published=False
    )
    return Offer.objects.create(organisation_id=beta.id, service=service, location=_location(beta))


def _entry(beta: OrganisationRef) -> Entry:
    offer = _offer(beta)
    return Entry.objects.create(offer=offer, organisation_id=beta.id, location=offer.location, need=Service.MENTORING)


def _software(beta: OrganisationRef) -> Software:
    client = OAuthClient.objects.create(id=uuid7().hex, name="Case system", secret="x")
    return Software.objects.create(organisation_id=beta.id, client=client, created_by_name="x")


def _submission(beta: OrganisationRef) -> Submission:
    return Submission.objects.create(organisation_id=beta.id)


def _submitted(beta: OrganisationRef) -> SubmittedText:
    return SubmittedText.objects.create(
        submission=_submission(beta), round=1, kind="lesson", language="en", values={}, signed_by_id=beta.id
    )


def _review(beta: OrganisationRef, other: OrganisationRef) -> Review:
    """Beta was asked to read a text of the other one's."""
    text = _submitted(other)
    return Review.objects.create(submission=text.submission, text=text, reader_id=beta.id, due_at=timezone.now())


def _adoption(beta: OrganisationRef) -> Adoption:
    page = Curriculum(title="Ready", key="ready", summary="x", who_for="x", outcomes=["x"])
    KnowledgeIndex.objects.get(locale__language_code="en").add_child(instance=page)
    return Adoption.objects.create(organisation_id=beta.id, curriculum=page, version=page.versions.create(number=1))


def _evidence(beta: OrganisationRef) -> Evidence:
    return Evidence.objects.create(organisation_id=beta.id, version=_adoption(beta).version, groups=1)


def _application(beta: OrganisationRef, **values: Any) -> membership.Application:
    """To beta, as the branch of its province."""
    Organisation.objects.filter(pk=beta.id).update(kind="branch", province="South")
    given = {"state": "sent", "sent_at": timezone.now(), "province": "South", "contact_email": "office@example.org"}
    return membership.Application.objects.create(reference=f"N-{uuid7().hex[-9:]}", **{**given, **values})


def _licensing_step() -> membership.LicensingStep:
    return membership.LicensingStep.objects.create(names={"en": "Register"})


def _opening(beta: OrganisationRef) -> membership.Opening:
    return membership.Opening.objects.create(application=_application(beta, state="licensed"))


def _merger(beta: OrganisationRef, other: OrganisationRef) -> membership.Merger:
    return membership.Merger.objects.create(
        absorbed_id=beta.id, remaining_id=other.id, reason="x", proposed_by_name="x"
    )


# Table -> makes a row between beta, the secretariat and an account of beta's.
FOREIGN: dict[str, Make] = {
    **group_rows.ROWS,
    "organisations_organisation": lambda beta, other, user: Organisation.objects.defer(None).get(pk=beta.id),
    "organisations_membership": lambda beta, other, user: Membership.objects.get(user=user, organisation=beta.id),
    "organisations_invitation": lambda beta, other, user: Invitation.objects.create(
        organisation_id=beta.id,
        email="asked@example.org",
        name="Asked",
        role=Role.MANAGER,
        language="en",
        token_hash=uuid7().hex,
        invited_by_name="x",
        expires_at=timezone.now() + timedelta(days=1),
    ),
    "organisations_owndomain": lambda beta, other, user: OwnDomain.objects.create(
        organisation_id=beta.id, domain="work.hand.org", token="x", asked_by_name="x"
    ),
    "organisations_supportgrant": lambda beta, other, user: SupportGrant.objects.create(
        organisation_id=beta.id,
        user=user,
        user_name="x",
        reason="x",
        granted_by_name="x",
        ends_at=timezone.now() + timedelta(days=1),
    ),
    "exchange_token": lambda beta, other, user: exchange.Token.objects.create(
        organisation_id=beta.id,
        person=uuid7(),
        kind="phone",
        digest=b"x" * 32,
        expires_on=timezone.localdate(),
        compared_at=timezone.now(),
    ),
    "exchange_tokencount": lambda beta, other, user: exchange.TokenCount.objects.create(
        organisation_id=beta.id, day=timezone.localdate(), people=1
    ),
    "exchange_matchside": lambda beta, other, user: exchange.MatchSide.objects.create(
        match=exchange.Match.objects.create(pair=uuid7().hex, likeness="strong", expires_at=timezone.now()),
        organisation_id=beta.id,
        person=uuid7(),
    ),
    "exchange_transfer": lambda beta, other, user: _transfer(beta, other),
    "exchange_access": lambda beta, other, user: exchange.Access.objects.create(
        reference=f"A-{uuid7().hex[-9:]}", sender_id=beta.id, target_id=other.id, expires_at=timezone.now()
    ),
    "exchange_relocation": lambda beta, other, user: exchange.Relocation.objects.create(
        reference=f"M-{uuid7().hex[-9:]}", sender_id=beta.id, target_id=other.id, expires_at=timezone.now()
    ),
    "exchange_dealingevent": lambda beta, other, user: exchange.DealingEvent.objects.create(
        dealing=_transfer(beta, other).pk, type="offered", organisation_id=beta.id
    ),
    "exchange_parcel": lambda beta, other, user: exchange.Parcel.objects.create(
        dealing=_transfer(beta, other).pk, to_id=other.id, load="transfer_step"
    ),
    "organisations_takeout": lambda beta, other, user: Takeout.objects.create(
        organisation_id=beta.id, asked_by_name="x"
    ),
    "organisations_closing": lambda beta, other, user: Closing.objects.create(
        organisation_id=beta.id, reason="x", asked_by_name="x", due_at=timezone.now() + timedelta(days=30)
    ),
    "organisations_statechange": lambda beta, other, user: StateChange.objects.create(
        organisation_id=beta.id, before="active", after="suspended", why="decided", by_name="x"
    ),
    "organisations_duework": lambda beta, other, user: DueWork.objects.create(
        organisation_id=beta.id, kind=WorkKind.WEBHOOKS
    ),
    "directory_service": lambda beta, other, user: _offer(beta).service,
    "directory_location": lambda beta, other, user: _location(beta),
    "directory_closure": lambda beta, other, user: Closure.objects.create(
        location=_location(beta), first_on=timezone.localdate(), last_on=timezone.localdate()
    ),
    "directory_offer": lambda beta, other, user: _offer(beta),
    "directory_hours": lambda beta, other, user: Hours.objects.create(
        offer=_offer(beta), weekday=0, opens_at=time(8), closes_at=time(16)
    ),
    "directory_entry": lambda beta, other, user: _entry(beta),
    "directory_capacityquestion": lambda beta, other, user: CapacityQuestion.objects.create(
        offer=_offer(beta),
        asker_id=other.id,
        target_id=beta.id,
        need=Service.MENTORING,
        asked_on=timezone.localdate(),
    ),
    "knowledge_base_submission": lambda beta, other, user: _submission(beta),
    "knowledge_base_submittedtext": lambda beta, other, user: _submitted(beta),
    "knowledge_base_review": lambda beta, other, user: _review(beta, other),
    "organisations_software": lambda beta, other, user: _software(beta),
    "allauth_idp_oidc_client": lambda beta, other, user: _software(beta).client,
    "knowledge_base_adoption": lambda beta, other, user: _adoption(beta),
    "knowledge_base_evidence": lambda beta, other, user: _evidence(beta),
    "membership_application": lambda beta, other, user: _application(beta),
    "membership_paperfile": lambda beta, other, user: membership.PaperFile.objects.create(
        application=_application(beta), kind="other", name="a.pdf", content_type="application/pdf", size=1, content=b"x"
    ),
    "membership_event": lambda beta, other, user: membership.Event.objects.create(
        application=_application(beta), state="sent", actor="branch", organisation_id=beta.id
    ),
    "membership_frameworkversion": lambda beta, other, user: membership.FrameworkVersion.objects.create(
        number=99, texts={"en": "x"}, published_by_name="x"
    ),
    "membership_licensingstep": lambda beta, other, user: _licensing_step(),
    "membership_stepcheck": lambda beta, other, user: membership.StepCheck.objects.create(
        application=_application(beta), step=_licensing_step(), by_name="x", organisation_id=beta.id
    ),
    "membership_licence": lambda beta, other, user: membership.Licence.objects.create(
        application=_application(beta, state="licensed"),
        number=uuid7().hex,
        valid_from=timezone.localdate(),
        valid_until=timezone.localdate() + timedelta(days=9),
        granted_by_id=beta.id,
        granted_by_name="x",
    ),
    "membership_agreement": lambda beta, other, user: membership.Agreement.objects.create(
        organisation_id=beta.id,
        framework=membership.FrameworkVersion.objects.create(number=98, texts={"en": "x"}),
        language="en",
        signed_by="x",
        signed_as="x",
    ),
    "membership_opening": lambda beta, other, user: _opening(beta),
    "membership_openingstep": lambda beta, other, user: membership.OpeningStep.objects.create(
        opening=_opening(beta), kind="workspace", number=1
    ),
    "membership_batch": lambda beta, other, user: membership.Batch.objects.create(
        organisation_id=beta.id, file_name="a.csv", by_name="x"
    ),
    "membership_changerequest": lambda beta, other, user: membership.ChangeRequest.objects.create(
        organisation_id=beta.id, kind="province", province="North", reason="x", asked_by_name="x"
    ),
    "membership_merger": lambda beta, other, user: _merger(beta, other),
    "membership_mergeranswer": lambda beta, other, user: membership.MergerAnswer.objects.create(
        merger=_merger(beta, other), organisation_id=beta.id, agrees=True, by_name="x"
    ),
    "membership_firstday": lambda beta, other, user: membership.FirstDay.objects.create(organisation_id=beta.id),
    "exchange_envelope": lambda beta, other, user: _envelope(beta, other),
    "exchange_envelopeevent": lambda beta, other, user: EnvelopeEvent.objects.create(
        envelope=_envelope(beta, other), state=State.SENT, organisation_id=beta.id
    ),
    "exchange_deadlines": lambda beta, other, user: Deadlines.objects.create(organisation_id=beta.id),
    "exchange_fairness": lambda beta, other, user: Fairness.objects.create(
        organisation_id=beta.id, kind="organisation", period="year"
    ),
    "exchange_outboxitem": lambda beta, other, user: OutboxItem.objects.create(
        envelope=_envelope(beta, other), to_id=other.id, freight=Freight.DISCLOSURE
    ),
}
CONDITIONAL = sorted({grant.table for grant in all_grants() if grant.rows is not None})


def _touched(statement: str, *parameters: Any) -> int:
    """How many rows the statement read or wrote; 0 where PostgreSQL refuses it."""
    with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)
    return 0


@pytest.fixture
def foreign(
    beta: OrganisationRef, secretariat: OrganisationRef, member: Callable[..., User]
) -> Callable[[str], models.Model]:
    return lambda table: FOREIGN[table](beta, secretariat, member(beta, Role.MANAGER))


def test_every_conditional_grant_has_a_sample() -> None:
    assert set(CONDITIONAL) == FOREIGN.keys()
    assert {grant.table for grant in all_grants() if grant.rows is None} == WITHOUT_CONDITION
    assert {grant.table for grant in all_grants() if grant.rows == "true" and not grant.secretariat} == KNOWN_TO_ALL


@pytest.mark.parametrize("table", CONDITIONAL)
def test_foreign_rows_are_neither_read_nor_changed(
    alpha: OrganisationRef, beta: OrganisationRef, foreign: Callable[[str], models.Model], table: str
) -> None:
    row = foreign(table)
    columns, key = [field.column for field in row._meta.concrete_fields], row._meta.pk.column
    with inside(beta):
        assert _touched(f'SELECT 1 FROM "{table}" WHERE "{key}" = %s', row.pk) == 1  # the sample is a good one
    with inside(alpha):
        assert _touched(f'SELECT 1 FROM "{table}" WHERE "{key}" = %s', row.pk) == (table in KNOWN_TO_ALL)
        for column in columns:
            assert _touched(f'UPDATE "{table}" SET "{column}" = "{column}" WHERE "{key}" = %s', row.pk) == 0, column
        assert _touched(f'DELETE FROM "{table}" WHERE "{key}" = %s', row.pk) == 0


@pytest.mark.parametrize("table", CONDITIONAL)
def test_no_row_is_added_in_anothers_name(
    alpha: OrganisationRef, foreign: Callable[[str], models.Model], table: str
) -> None:
    row: Any = foreign(table)
    row.pk = None if isinstance(row._meta.pk, models.AutoField) else uuid7()
    for name in ("reference", "token_hash"):
        if hasattr(row, name):
            setattr(row, name, uuid7().hex[-12:])
    with (
        inside(alpha),
        pytest.raises(DatabaseError, match=r"row-level security|permission denied"),
        transaction.atomic(),
    ):
        row.save_base(force_insert=True)


@pytest.mark.parametrize("table", CONDITIONAL)
def test_ones_own_row_is_not_given_away(
    alpha: OrganisationRef, beta: OrganisationRef, foreign: Callable[[str], models.Model], table: str
) -> None:
    """Nor taken: whose a row is stands in columns that no organisation's role may write."""
    row = foreign(table)
    owners = [
        field.column
        for field in row._meta.concrete_fields
        if field.related_model in (Organisation, Envelope, OAuthClient) or field.primary_key
    ]
    key = row._meta.pk.column
    with inside(beta):
        for column in owners:
            change = f'UPDATE "{table}" SET "{column}" = %s WHERE "{key}" = %s'
            assert _touched(change, str(alpha.id), row.pk) == 0, column


def test_a_place_is_promised_by_whoever_was_asked_for_it(alpha: OrganisationRef, beta: OrganisationRef) -> None:
    """Not by whoever asked, who reads the same row."""
    asked = CapacityQuestion.objects.create(
        offer=_offer(beta), asker_id=alpha.id, target_id=beta.id, need=Service.OTHER, asked_on=timezone.localdate()
    )
    table = "directory_capacityquestion"
    answer = f"UPDATE {table} SET answer = 'yes', answered_at = now() WHERE id = %s"
    others = [f"UPDATE {table} SET {column} = {column} WHERE id = %s" for column in ("people", "asker_id", "asked_on")]
    with inside(alpha):
        assert _touched(f"SELECT 1 FROM {table} WHERE id = %s", asked.pk) == 1
        for change in (answer, *others, f"DELETE FROM {table} WHERE id = %s"):
            assert _touched(change, asked.pk) == 0, change
        values = [uuid7(), asked.offer_id, alpha.id, beta.id]
        assert (
            _touched(
                f"INSERT INTO {table} (id, offer_id, asker_id, target_id, need, urgency, people, asked_at, asked_on, "
                "answer, answered_at) VALUES (%s, %s, %s, %s, 'other', 'normal', 1, now(), '2026-01-01', 'yes', now())",
                *values,
            )
            == 0
        )
    with inside(beta):
        for other in others:
            assert _touched(other, asked.pk) == 0, other
        assert _touched(answer, asked.pk) == 1


def test_nothing_else_in_public_is_reached(alpha: OrganisationRef) -> None:
    with inside(alpha), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN "
            "('r', 'v', 'm', 'p', 'f') AND has_any_column_privilege(oid, 'SELECT, INSERT, UPDATE, REFERENCES')"
        )
        reached = {name for (name,) in cursor.fetchall()}
    assert reached == {grant.table for grant in all_grants()} - SECRETARIATS


def test_the_secretariat_moves_states_and_nothing_else(alpha: OrganisationRef, secretariat: OrganisationRef) -> None:
    others = Organisation.objects.filter(pk=alpha.id)
    with inside(secretariat):
        for change in (
            {"names": {}},
            {"demands_mfa": True},
            {"logo_type": "image/png"},
            {"state": "active", "version": 9},
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                others.update(**change)
        assert others.update(state="suspended") == 1


def test_a_branch_reads_its_province_and_no_drafts(alpha: OrganisationRef, beta: OrganisationRef) -> None:
    """Nor does it decide what was appealed, nor say that a workspace is open."""
    rows = {state: _application(beta, state=state) for state in ("draft", "sent", "appealed", "licensed")}
    elsewhere = _application(beta, province="North")
    nowhere = _application(beta, province="")
    select = "SELECT 1 FROM membership_application WHERE id = %s"
    move = "UPDATE membership_application SET state = %s WHERE id = %s"
    with inside(beta):
        seen = {state for state, row in rows.items() if _touched(select, row.pk)}
        assert seen == {"sent", "appealed", "licensed"}
        assert _touched(select, elsewhere.pk) == _touched(select, nowhere.pk) == 0
        assert _touched(move, "declined", rows["appealed"].pk) == 0
        for state in ("opened", "withdrawn", "appealed", "draft"):
            assert _touched(move, state, rows["sent"].pk) == 0, state
        for column in ("province", "organisation_id", "manager_email", "signed_by", "names"):
            change = f"UPDATE membership_application SET {column} = {column} WHERE id = %s"
            assert _touched(change, rows["sent"].pk) == 0, column
        assert _touched(move, "asked", rows["sent"].pk) == 1
    Organisation.objects.filter(pk=beta.id).update(province="")
    with inside(beta):
        assert _touched(select, nowhere.pk) == _touched(select, rows["sent"].pk) == 0


def test_a_branch_adds_by_sheet_in_its_province_alone(beta: OrganisationRef, secretariat: OrganisationRef) -> None:
    """Licensed by whoever brings the sheet; never an organisation's own draft, never one that is there already."""
    good = {"state": "licensed", "source": "sheet", "sent_at": timezone.now()}
    _application(beta)

    def adds(**values: Any) -> bool:
        row = membership.Application(
            reference=f"N-{uuid7().hex[-9:]}", contact_email="a@b.example", **{**good, "province": "South", **values}
        )
        with suppress(DatabaseError), transaction.atomic():
            row.save(force_insert=True)
            return True
        return False

    with inside(beta):
        assert adds()
        wrong = ({"province": "North"}, {"source": "form"}, {"state": "sent"}, {"organisation_id": beta.id})
        assert [values for values in wrong if adds(**values)] == []
    with inside(secretariat):
        assert adds(province="North")
        assert not adds(state="sent")


def test_nobody_grants_what_they_asked_for(beta: OrganisationRef, secretariat: OrganisationRef) -> None:
    request = FOREIGN["membership_changerequest"](beta, secretariat, User())
    move = "UPDATE membership_changerequest SET state = %s WHERE id = %s"
    with inside(beta):
        assert _touched(move, "granted", request.pk) == _touched(move, "declined", request.pk) == 0
        assert _touched("UPDATE membership_changerequest SET answer = 'x' WHERE id = %s", request.pk) == 0
        assert _touched("UPDATE organisations_organisation SET province = 'North' WHERE id = %s", beta.id) == 0
    with inside(secretariat):
        assert _touched(move, "taken_back", request.pk) == 0
        assert _touched(move, "granted", request.pk) == 1
        assert _touched("UPDATE organisations_organisation SET province = 'North' WHERE id = %s", beta.id) == 1


def test_each_answers_to_a_merger_for_itself(
    alpha: OrganisationRef, beta: OrganisationRef, secretariat: OrganisationRef
) -> None:
    """Neither the other one nor the secretariat says yes for it, nobody else reads it, and answers stay."""
    delta = organisation("delta")
    merger = membership.Merger.objects.create(
        absorbed_id=beta.id, remaining_id=alpha.id, reason="x", proposed_by_name="x"
    )
    read = "SELECT 1 FROM membership_merger WHERE id = %s"

    def answers(ref: OrganisationRef, about: str = "merge") -> bool:
        with suppress(DatabaseError), transaction.atomic():
            membership.MergerAnswer.objects.create(
                merger=merger, organisation_id=ref.id, about=about, agrees=True, by_name="x"
            )
            return True
        return False

    with inside(delta):
        assert _touched(read, merger.pk) == 0
        assert not answers(delta)
    with inside(secretariat):
        assert not answers(beta)
        assert not answers(secretariat)
    with inside(alpha):
        assert not answers(beta)
        assert not answers(alpha, "undo")
        assert answers(alpha)
        for change in ("UPDATE membership_mergeranswer SET agrees = true", "DELETE FROM membership_mergeranswer"):
            assert _touched(change) == 0
        assert _touched("UPDATE membership_merger SET state = 'agreed' WHERE id = %s", merger.pk) == 0
    membership.Merger.objects.filter(pk=merger.pk).update(state="merged", merged_at=timezone.now())
    with inside(beta):
        assert not answers(beta)
        assert not answers(beta, "undo")  # the work is not theirs
    with inside(alpha):
        assert answers(alpha, "undo")
