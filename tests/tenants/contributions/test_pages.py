"""The pages, as people use them: guided, checked, released, read, decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import TaskState

from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from knowledge_base.enums import SubmissionState
from knowledge_base.models import Review, Submission, SubmittedText
from tenants.contributions.domain import writing
from tenants.contributions.enums import State
from tenants.contributions.models import Contribution
from tenants.contributions.steps import keys_of
from tenants.organisations.isolation import inside
from tests.factories.caseloads import ClientFactory
from tests.tenants.contributions.conftest import STORY, sent

Make = Callable[..., Contribution]


def at(name: str, *args: Any) -> str:
    return reverse(name, urlconf="halka.urls_workspace", args=args)


def network(name: str, *args: Any) -> str:
    return reverse(name, urlconf="halka.urls_network", args=args)


@pytest.fixture
def browser(client_of: Callable[..., Client], alpha: OrganisationRef) -> Callable[..., Client]:
    """`browser(seat)`: signed in as the seat's account; `ref` for another organisation, None for the network."""

    def make(seat: Seat, ref: Any = alpha) -> Client:
        return client_of(User.objects.get(pk=seat.user_id), ref)

    return make


def saved(alpha: OrganisationRef, pk: Any = None) -> Contribution:
    with inside(alpha):
        return Contribution.objects.get(**({"pk": pk} if pk else {}))


def test_from_the_first_question_to_the_release(
    alpha: OrganisationRef,
    beta: OrganisationRef,
    author: Seat,
    manager: Seat,
    seat_in: Callable[..., Seat],
    browser: Any,
    tasks: Any,
) -> None:
    with inside(alpha):
        ClientFactory.create(given_name="Dren", family_name="Krasniqi")
    writer = browser(author)
    assert "Nothing written down yet" in writer.get(at("learned")).content.decode()
    answer = writer.post(at("learned-begin"), {"kind": "lesson", "language": "en"})
    found = saved(alpha)
    story = {**STORY, "tried": "A course. Dren came each day."}
    for key in ("what", "before", "after", "learned", "where", "name"):
        assert answer.url == at("learned-step", found.pk, key)
        page = writer.get(answer.url)
        assert page.status_code == 200
        version = saved(alpha).version
        answer = writer.post(answer.url, {**story, "name": "member", "seen_version": version})
    assert answer.url == at("learned-check", found.pk)
    page = writer.get(answer.url).content.decode()
    assert "A course. " in page or "<mark>Dren</mark> came each day" in page
    assert "Give it to the manager" not in page
    assert writer.post(at("learned-offer", found.pk)).url == at("learned-check", found.pk)
    assert saved(alpha).state == State.WRITING
    group = page.split('name="group" value="')[1].split('"')[0]
    assert writer.post(at("learned-check", found.pk), {"group": group, "reason": ""}).status_code == 400
    answer = writer.post(at("learned-check", found.pk), {"group": group, "reason": "The name of our dog."})
    page = writer.get(answer.url).content.decode()
    assert "The name of our dog." in page
    with tasks():
        assert writer.post(at("learned-offer", found.pk)).url == at("learned-text", found.pk)
    assert writer.get(at("learned-step", found.pk, "what")).url == at("learned-text", found.pk)
    assert writer.post(at("learned-release", found.pk)).status_code == 403
    lead = browser(manager)
    assert "Texts that wait for your release" in lead.get(at("today")).content.decode()
    page = lead.get(at("learned-text", found.pk)).content.decode()
    assert "Shall it leave your organisation?" in page
    with tasks():
        lead.post(at("learned-release", found.pk), {"seen_version": saved(alpha).version})
    assert saved(alpha).state == State.RELEASED
    assert SubmittedText.objects.get().values["tried"] == story["tried"]
    assert "With the editor" in writer.get(at("learned")).content.decode()


def test_sent_back_by_the_manager(
    alpha: OrganisationRef, author: Seat, manager: Seat, offered: Make, browser: Any, tasks: Any, mailoutbox: Any
) -> None:
    found = offered()
    lead, writer = browser(manager), browser(author)
    assert lead.post(at("learned-send-back", found.pk), {"said": ""}).status_code == 400
    with tasks():
        lead.post(at("learned-send-back", found.pk), {"said": "Shorter, please."})
    assert [message.subject for message in mailoutbox] == ["Your text came back from your manager"]
    assert "Shorter, please." in writer.get(at("learned-text", found.pk)).content.decode()
    assert "Your texts that came back" in writer.get(at("today")).content.decode()
    assert lead.get(at("learned-text", found.pk)).status_code == 404  # being written again


def test_the_writer_takes_it_up_again_and_throws_it_away(
    alpha: OrganisationRef, author: Seat, offered: Make, browser: Any
) -> None:
    found = offered()
    writer = browser(author)
    writer.post(at("learned-take-up", found.pk))
    assert saved(alpha).state == State.WRITING
    assert "Throw" in writer.get(at("learned-take-back", found.pk)).content.decode()
    writer.post(at("learned-take-back", found.pk))
    with inside(alpha):
        assert not Contribution.objects.exists()


def test_two_devices_lose_nothing(alpha: OrganisationRef, author: Seat, written: Make, browser: Any) -> None:
    found = written()
    writer = browser(author)
    address = at("learned-step", found.pk, "before")
    sent = {"context": "Mine.", "tried": STORY["tried"], "seen_version": found.version}
    shown = {"initial-context": STORY["context"], "initial-tried": STORY["tried"]}
    assert writer.post(address, {**sent, "context": "Theirs."}).status_code == 302
    answer = writer.post(address, {**sent, **shown})
    assert answer.status_code == 409
    assert "Mine." in answer.content.decode()
    assert "Theirs." in answer.content.decode()


@pytest.mark.parametrize("kind", ["lesson", "practice"])
def test_every_page_of_the_form_is_there(
    alpha: OrganisationRef, author: Seat, written: Make, browser: Any, kind: str
) -> None:
    found = written(kind=kind)
    writer = browser(author)
    for key in keys_of(kind):
        page = writer.get(at("learned-step", found.pk, key))
        assert page.status_code == 200
        assert "data-draft" in page.content.decode()
        if (kind, key) != ("practice", "where"):  # where nothing must be said
            assert writer.post(page.request["PATH_INFO"], {"seen_version": found.version}).status_code == 400
    assert writer.get(at("learned-step", found.pk, "nothing")).status_code == 404


def test_colleagues_read_what_has_left_and_nothing_before(
    alpha: OrganisationRef, manager: Seat, seat_in: Callable[..., Seat], browser: Any, offered: Make, tasks: Any
) -> None:
    found = offered()
    colleague = browser(seat_in(alpha, Role.MENTOR))
    assert colleague.get(at("learned-text", found.pk)).status_code == 404
    with tasks(), inside(alpha):
        writing.release(contribution=found, seen_version=found.version, by=manager)
    assert colleague.get(at("learned-text", found.pk)).status_code == 200
    assert colleague.get(at("learned-check", found.pk)).url == at("learned-text", found.pk)
    for name in ("learned-offer", "learned-take-up", "learned-take-back"):
        assert colleague.post(at(name, found.pk)).status_code == 404


def test_the_list_takes_as_many_queries_for_three_as_for_one(
    alpha: OrganisationRef, author: Seat, released: Make, browser: Any
) -> None:
    released()
    writer = browser(author)
    writer.get(at("learned"))
    with CaptureQueriesContext(connection) as one:
        writer.get(at("learned"))
    released(), released()
    with CaptureQueriesContext(connection) as three:
        writer.get(at("learned"))
    assert len(one) == len(three)


def test_reading_and_answering(
    alpha: OrganisationRef,
    beta: OrganisationRef,
    seat_in: Callable[..., Seat],
    browser: Any,
    released: Make,
    tasks: Any,
) -> None:
    supervisor = seat_in(beta, Role.SUPERVISOR)
    released(as_member=True)
    reader = browser(supervisor, beta)
    review = Review.objects.get()
    assert "To be read before it is published" in reader.get(at("today")).content.decode()
    assert "A member organisation" in reader.get(at("readings")).content.decode()
    page = reader.get(at("reading", review.pk)).content.decode()
    assert "A member organisation" in page
    assert "Alpha" not in page
    assert reader.post(at("reading", review.pk), {"answer": "returned"}).status_code == 400
    sent = {"answer": "returned", "on-why": "And the buses?"}
    with tasks():
        assert reader.post(at("reading", review.pk), sent).status_code == 302
    review.refresh_from_db()
    assert (review.state, review.comments) == ("returned", {"why": "And the buses?"})
    assert "And the buses?" in reader.get(at("reading", review.pk)).content.decode()
    reader.post(at("reading", review.pk), {"answer": "approved"})
    review.refresh_from_db()
    assert review.state == "returned"  # once


def test_what_readers_said_stands_beside_the_text(
    alpha: OrganisationRef,
    beta: OrganisationRef,
    author: Seat,
    seat_in: Callable[..., Seat],
    browser: Any,
    released: Make,
    tasks: Any,
) -> None:
    supervisor = seat_in(beta, Role.SUPERVISOR)
    found = released()
    with tasks():
        browser(supervisor, beta).post(
            at("reading", Review.objects.get().pk), {"answer": "returned", "on-why": "And the buses?", "said": "Hm."}
        )
    writer = browser(author)
    page = writer.get(at("learned-text", found.pk)).content.decode()
    assert "And the buses?" in page
    assert "Hm." in page
    assert "Correct it" in page
    assert "Your texts that came back" in writer.get(at("today")).content.decode()
    writer.post(at("learned-take-up", found.pk))
    assert saved(alpha).state == State.WRITING


def test_the_editor_publishes_on_a_plain_page(
    secretariat: OrganisationRef, member: Any, client_of: Any, released: Make, author: Seat, browser: Any
) -> None:
    found, other = released(as_member=True), released()
    office = client_of(member(secretariat, Role.EDITOR))
    page = office.get(network("incoming")).content.decode()
    assert page.count("When only the keenest came") == 2
    assert "A member organisation" in page
    assert "Alpha House" in page
    address = network("incoming-text", sent(found))
    assert "Alpha" not in office.get(address).content.decode()
    assert office.post(address, {"act": "return", "said": ""}).status_code == 400
    assert office.post(address, {"act": "publish"}).status_code == 302
    assert office.get(address).status_code == 404
    assert office.post(network("incoming-text", sent(other)), {"act": "return", "said": "Why?"}).status_code == 302
    assert Submission.objects.get(pk=sent(other)).said == "Why?"
    read = client_of(None).get(network("knowledge-page", "en", "when-only-the-keenest-came/"))
    assert read.status_code == 404  # for members
    read = browser(author, None).get(network("knowledge-page", "en", "when-only-the-keenest-came/"))
    assert "A member organisation" in read.content.decode()


def test_others_have_no_way_to_the_editors_pages(
    alpha: OrganisationRef, author: Seat, manager: Seat, browser: Any, released: Make
) -> None:
    found = released()
    for seat in (author, manager):
        assert browser(seat, None).get(network("incoming")).status_code == 404
        assert browser(seat, None).post(network("incoming-text", sent(found)), {"act": "publish"}).status_code == 404


def test_the_editor_decides_in_the_cms_as_well(
    secretariat: OrganisationRef, member: Any, client_of: Any, released: Make, alpha: OrganisationRef
) -> None:
    found = released()
    office = client_of(member(secretariat, Role.EDITOR))
    submission = Submission.objects.get(pk=sent(found))
    edit = reverse("wagtailadmin_pages:edit", urlconf="halka.urls_network", args=[submission.page_id])
    page = office.get(edit)
    assert page.status_code == 200
    assert 'data-workflow-action-name="approve"' in page.content.decode()
    task_state = TaskState.objects.get(status="in_progress")
    act = reverse(
        "wagtailadmin_pages:workflow_action",
        urlconf="halka.urls_network",
        args=[submission.page_id, "approve", task_state.pk],
    )
    assert office.post(act, {"comment": ""}).status_code in (200, 302)
    submission.refresh_from_db()
    assert submission.state == SubmissionState.PUBLISHED


def test_only_people_who_work_here_begin(alpha: OrganisationRef, author: Seat, released: Make, browser: Any) -> None:
    found, writer = released(), browser(author)
    assert writer.get(at("learned-begin")).status_code == 200
    assert writer.get(at("learned-take-back", found.pk)).status_code == 200
    writer.post(at("learned-take-back", found.pk))
    assert saved(alpha).state == State.WITHDRAWN
    writer.post(at("learned-take-back", found.pk))  # again: refused, and told
    assert "somebody was faster" in writer.get(at("learned")).content.decode()
