"""Pages of handing a case over."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halka.accounts.models import User
from halka.authorization.roles import Permission, Role, Seat
from network_registry.exchange.models import Transfer as SharedTransfer
from tenants.caseloads.models import Case, Client, Document, JournalEntry
from tenants.organisations.isolation import inside
from tenants.referrals.domain.elsewhere import transfers as verbs
from tenants.referrals.elsewhere.access import transfer_for
from tenants.referrals.models import Transfer

from .handover import accept, act, copy_of

pytestmark = pytest.mark.usefixtures("own_files")


@pytest.fixture
def here(ours, client_of):
    return client_of(User.objects.get(pk=ours.seat.user_id), ours.ref)


@pytest.fixture
def there(theirs, client_of):
    return client_of(User.objects.get(pk=theirs.seat.user_id), theirs.ref)


def text_of(answer) -> str:
    assert answer.status_code in (200, 400), answer
    return answer.content.decode()


def filled(life, theirs, **values) -> dict:
    return {
        "target": str(theirs.ref.id),
        "reason": "moved",
        "note": "A quiet person",
        "scopes": ["identity", "contact", "sensitive", "documents"],
        "plan": "on",
        "journal": [str(life.entries["team"].pk)],
        "documents": [str(life.document.pk)],
        "how_given": "signed",
        "language": "en",
        "expires_on": "2027-01-31",
        **values,
    }


def test_offering_looking_over_and_answering(here, there, ours, theirs, life, tasks):
    case = f"/cases/{life.case.pk}/"
    assert "Hand over to another organisation" in text_of(here.get(case))
    form = text_of(here.get(f"{case}transfer/"))
    assert "Called about hives (team)" in form
    assert "Called about hives (author)" not in form
    preview = text_of(here.post(f"{case}transfer/", {**filled(life, theirs), "step": "preview"}))
    for told in (
        "What Beta Centre will learn",
        "Zamfirija likes bees",
        "Called about hives (team)",
        "CV",
        "hands my case",
    ):
        assert told in preview
    assert "Asthma" not in preview
    assert "A quiet person" in text_of(here.post(f"{case}transfer/", {**filled(life, theirs), "step": "change"}))
    with tasks():
        answer = here.post(f"{case}transfer/", {**filled(life, theirs), "step": "offer"})
    with inside(ours.ref):
        made = Transfer.objects.get()
    assert answer.headers["Location"] == f"/transfers/{made.pk}/"
    assert "They have not answered yet" in text_of(here.get(f"/transfers/{made.pk}/"))
    assert "Offered" in text_of(here.get(case))
    with inside(theirs.ref):
        came = Transfer.objects.get()
    page = f"/transfers/{came.pk}/"
    assert "Cases offered to you" in text_of(there.get("/"))
    assert "A quiet person" in text_of(there.get(page))
    assert there.get(f"{page}accept/").headers["Location"] == page  # it is not opened yet
    with tasks():
        there.post(f"{page}open/")
    assert "Who takes the person over" in text_of(there.get(f"{page}accept/"))
    assert "This field is required" in text_of(there.post(f"{page}accept/", {}))
    with tasks():
        there.post(f"{page}accept/", {"assignee": str(theirs.seat.membership_id), "note": "Welcome"})
    came_page = text_of(there.get(page))
    for told in ("All of it is here", "Zamfirija", "Wants bees", "Called about hives (team)", "Welcome"):
        assert told in came_page
    with inside(theirs.ref):
        client = Client.objects.get()
    assert "Came from Alpha House" in text_of(there.get(f"/clients/{client.pk}/"))
    assert "Handed over" in text_of(here.get(f"/clients/{life.client.pk}/elsewhere/"))
    assert "Welcome" in text_of(here.get(f"/transfers/{made.pk}/"))
    assert "Handed over to another organisation for good" in text_of(here.get(case))
    there.post(f"{page}decline/", {"reason": "no_place"})
    assert "Somebody was faster" in text_of(there.get(page))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"scopes": ["contact"], "plan": "", "journal": [], "documents": []}, "Without a name"),
        ({"scopes": ["identity", "documents"]}, "tick that too"),
        ({"scopes": ["identity", "sensitive"]}, "agree to documents"),
        ({"scopes": []}, "This field is required"),
        ({"note": "Call Zamfirija"}, "says who the person is"),
        ({"expires_on": ""}, "This field is required"),
    ],
)
def test_what_is_wrong_is_said_and_kept(here, ours, theirs, life, change, words):
    page = text_of(here.post(f"/cases/{life.case.pk}/transfer/", {**filled(life, theirs), **change, "step": "offer"}))
    assert words in page
    assert "moved" in page
    with inside(ours.ref):
        assert not Transfer.objects.exists()


def test_a_case_that_ended_is_not_offered(here, ours, theirs, life):
    with inside(ours.ref):
        Case.objects.filter(pk=life.case.pk).update(closed_on="2026-01-01", opened_on="2025-01-01")
    assert "Hand over to another organisation" not in text_of(here.get(f"/cases/{life.case.pk}/"))
    page = text_of(here.post(f"/cases/{life.case.pk}/transfer/", {**filled(life, theirs), "step": "offer"}))
    assert "This case has ended" in page


def test_a_person_without_papers_is_offered_all_the_same(here, ours, theirs, life):
    with inside(ours.ref):
        Document.objects.all().delete()
        JournalEntry.objects.update(audience="author")
    form = text_of(here.get(f"/cases/{life.case.pk}/transfer/"))
    assert "Entries of the journal" not in form


def test_declining_and_withdrawing(here, there, ours, theirs, offer, tasks):
    made = offer()
    with tasks():
        there.post(f"/transfers/{made.into}/open/")
        there.post(f"/transfers/{made.into}/decline/", {"reason": "no_place"})
    assert "No free place now" in text_of(here.get(f"/transfers/{made.out}/"))
    again = offer()
    assert "says who the person is" in text_of(
        here.post(f"/transfers/{again.out}/withdraw/", {"reason": "mistake", "note": "Zamfirija stays"})
    )
    with tasks():
        here.post(f"/transfers/{again.out}/withdraw/", {"reason": "mistake"})
    assert "The offer was withdrawn" in text_of(there.get(f"/transfers/{again.into}/"))


def test_expired_is_said(here, ours, offer):
    made = offer()
    SharedTransfer.objects.update(state="expired")
    assert "Nobody answered in time" in text_of(here.get(f"/transfers/{made.out}/"))
    SharedTransfer.objects.update(state="accepted")
    assert "on its way" in text_of(here.get(f"/transfers/{made.out}/"))


def test_it_is_closed_like_the_record(offer, ours, theirs, member, client_of, tasks):
    made = offer()
    stranger = client_of(member(ours.ref, Role.CASEWORKER), ours.ref)
    assert stranger.get(f"/transfers/{made.out}/").status_code == 403
    listed = text_of(stranger.get("/transfers/?side=out"))
    assert "Zamfirija" not in listed
    assert "Somebody in a colleague" in listed
    colleague = client_of(member(theirs.ref, Role.CASEWORKER), theirs.ref)
    assert "A quiet person" in text_of(colleague.get(f"/transfers/{made.into}/"))
    accept(theirs, made.shared, tasks)
    assert colleague.get(f"/transfers/{made.into}/").status_code == 403
    with inside(theirs.ref):
        assert copy_of(theirs, made.shared).client is not None
    supervisor = client_of(member(theirs.ref, Role.SUPERVISOR), theirs.ref)
    assert "Zamfirija" in text_of(supervisor.get(f"/transfers/{made.into}/"))
    assert "Zamfirija" in text_of(supervisor.get("/transfers/"))


def test_support_reads_nothing_of_it(offer, ours, seat_in, rf):
    made = offer()
    request = rf.get("/")
    request.seat = Seat(1, None, None, "Support", support_grant_id=made.out)
    with inside(ours.ref), pytest.raises(PermissionDenied):
        transfer_for(request, made.out, Permission.REFERRAL_VIEW)


def test_the_list_asks_the_same_number_of_questions(here, offer, ours, tasks):
    counts = []
    here.get("/transfers/?side=out")
    for number in range(3):
        made = offer()
        act(ours, made.shared, verbs.withdraw_transfer, tasks, reason="mistake")
        with CaptureQueriesContext(connection) as queries:
            page = text_of(here.get("/transfers/?side=out"))
        assert page.count("Zamfirija") == number + 1
        counts.append(len(queries))
    assert counts[0] == counts[2]
    assert "Nothing here yet" in text_of(here.get("/transfers/"))
