"""A copy of everything, erasure, retention."""

from __future__ import annotations

import json
import zipfile
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from halka.audit.domain import THEMSELVES, record
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from halka.common.calendars import Calendar, calendar_in_use
from halka.common.errors import EditedMeanwhile, Refused
from halka.common.pdf import Paper, is_rtl
from halka.common.privacy import classification
from tenants.caseloads.domain import erasure as erasing
from tenants.caseloads.domain import jobs, retention, takeouts
from tenants.caseloads.domain.assessments import record_assessment
from tenants.caseloads.domain.consents import withdraw_consent
from tenants.caseloads.domain.erasure import NotErased, erase_client, erasures_of, preview
from tenants.caseloads.domain.queries import person as walk
from tenants.caseloads.domain.queries.programmes import figures_of
from tenants.caseloads.domain.retention import Amount, cutoff_of, set_rule, start_retention
from tenants.caseloads.domain.scales import scales_in_use
from tenants.caseloads.enums.consents import RetentionScope
from tenants.caseloads.enums.work import JobKind, JobState
from tenants.caseloads.models import (
    Case,
    Client,
    Document,
    Draft,
    Erasure,
    Job,
    JournalEntry,
    KeptFigure,
    RetentionRule,
)
from tenants.organisations.isolation import inside
from tests.tenants.caseloads.conftest import at_work

from .conftest import WORDS, whole_life


@pytest.fixture
def manager(alpha, member, client_of, settings):
    settings.DEMO = True
    return at_work(alpha, Role.MANAGER, member, client_of)


# --- nothing is forgotten ----------------------------------------------------------------------------------------
def test_every_private_model_is_reached_from_a_client_or_says_why_not():
    """A new model that refers to anything about a person is found by itself; another needs a line of its own."""
    reached = {model._meta.label for model in walk.reachable_models()}
    everything = {model._meta.label for model in walk.private_models()}
    assert everything - reached == set(walk.NOT_BY_REFERENCE)
    assert reached.isdisjoint(walk.NOT_BY_REFERENCE)
    assert {"referrals.Referral", "referrals.Step", "caseloads.Step", "caseloads.Mention"} <= reached


def test_what_is_left_out_of_the_copy_exists():
    labels = {f"{model._meta.label}.{name}" for model in walk.private_models() for name in classification(model)}
    assert set(takeouts.LEFT_OUT) <= labels


def test_a_whole_life_has_a_row_of_every_kind(alpha, person, life):
    """So that the tests below try all of it. Referrals, moves and mergers have rows in tests of their own."""
    with inside(alpha):
        found = {model._meta.label for model in walk.rows_about(person)}
    missing = {model._meta.label for model in walk.reachable_models()} - found
    assert {label for label in missing if not label.startswith(("referrals.", "relocations.", "mergers."))} == set()


def test_the_client_comes_before_what_refers_to_it(alpha, person, life):
    with inside(alpha):
        order = [model._meta.label for model, _keys in walk.in_order(walk.rows_about(person))]
    assert order[0] == "caseloads.Client"
    assert order.index("caseloads.Plan") < order.index("caseloads.Goal") < order.index("caseloads.Step")


# --- a copy of everything ----------------------------------------------------------------------------------------
def test_the_copy_holds_all_fields_by_their_kind(alpha, person, life, seat):
    with inside(alpha):
        record(action="client.viewed", on=person, by=seat)
        copy = takeouts.as_data(person, walk.rows_about(person))
    text = json.dumps(copy, default=str, ensure_ascii=False)
    for word in ("Kovrdžić", "0101987715123", "Asthma-of-Zamfirija", "likes bees", "smiled", "wants bees", "Beekeeper"):
        assert word in text, word
    client = copy["records"]["caseloads.client"]
    assert client["fields"]["health"]["kind"] == "health"
    assert len(client["rows"]) == 2
    assert {"search_key", "national_number_index"}.isdisjoint(client["fields"])
    assert copy["format"] == "halka.person/1"
    assert copy["looked_at"][-1]["who"] == "Manager"
    assert seat.name not in text
    assert copy["records"]["caseloads.teammember"]["rows"][0]["colleague"] == "Manager"


def test_the_archive_opens_the_files(alpha, person, life):
    with inside(alpha):
        archive = takeouts.archive(person)
    with zipfile.ZipFile(archive) as files:
        names = files.namelist()
        assert names[:2] == ["everything.json", "read-me-first.pdf"]
        assert files.read(names[2]) == f"CV of {person}".encode()
        assert names[2] == f"documents/001 CV {person}.txt"
        assert json.loads(files.read("everything.json"))["person"] == str(person.pk)
        assert files.read("read-me-first.pdf").startswith(b"%PDF")


@pytest.mark.parametrize("language", ["en", "fa", "sr"])
def test_the_pdf_is_in_the_readers_language(alpha, person, life, language):
    calendar = Calendar.JALALI if language == "fa" else Calendar.GREGORIAN
    with inside(alpha), translation.override(language), calendar_in_use(calendar):
        pdf = takeouts.as_pdf(person, walk.rows_about(person))
    assert pdf.startswith(b"%PDF")
    assert len(pdf) < 400_000


def test_paper_turns_pages_and_finds_directions():
    with translation.override("fa"):
        paper = Paper("عنوان", "Halka")
        for number in range(40):
            paper.heading(f"بخش {number}")
            paper.facts([("نام", "نسرین 😀"), ("long", "word " * 60), ("long label " * 9, "x")])
        paper.paragraph("", bold=True)
        assert paper.page_no() > 3
        assert paper.bytes().startswith(b"%PDF")
    assert is_rtl("۱۲ سلام", False)
    assert not is_rtl("12 hello", True)
    assert not is_rtl("+98 900 000", True)
    assert is_rtl("…", True)


def test_codes_are_told_in_words(alpha, person, life, add):
    with inside(alpha):
        scale = scales_in_use()[0]
        item = scale.items[0]
        rated = record_assessment(
            client=person, scale=scale, rater="client", answers={item["key"]: 2}, on=timezone.localdate(), by=THEMSELVES
        )
        rated.answers["gone"] = 1
        words = takeouts.in_words(rated, rated._meta.get_field("answers"))
        assert words == f"{item['text']}: 3/{item['steps']}"
        consent = life.consent
        assert takeouts.in_words(consent, consent._meta.get_field("scopes")).startswith("Name, age and sex, ")
        assert takeouts.in_words(consent, consent._meta.get_field("language")) == "Serbian"
        Client.objects.filter(pk=person.pk).update(languages=["sq"], vulnerabilities=["debt"])
        person.refresh_from_db()
        assert takeouts.in_words(person, person._meta.get_field("languages")) == "Albanian"
        assert takeouts.in_words(person, person._meta.get_field("vulnerabilities")) == "In debt"
        experience = person.experiences.get()
        assert takeouts.in_words(experience, experience._meta.get_field("is_current")) == "No"
        experience.is_current, experience.from_year = True, 2001
        assert takeouts.in_words(experience, experience._meta.get_field("is_current")) == "Yes"
        assert takeouts.in_words(experience, experience._meta.get_field("from_year")) == "2001"


def test_files_and_values_have_names_that_people_read(alpha):
    document = Document(title="../../etc: pass?", content_type="image/png")
    assert takeouts._file_name(7, document) == "007 _.._etc_ pass_.png"
    assert takeouts._file_name(1, Document(title=" . ", content_type="x/y")) == "001 document"
    assert takeouts._flat([["phone", "1"], ["place", "2"]]) == "phone: 1\nplace: 2"
    assert takeouts._flat({"a": [{"b": 1}], "c": ["x", "y"]}) == "a: b: 1\nc: x, y"
    assert takeouts.role_of(None) is None


def test_it_is_made_in_the_background_by_those_who_may(alpha, person, life, manager, worker, tasks):
    assert worker.browser.get(f"/clients/{person.pk}/takeout/").status_code == 403
    assert manager.browser.get(f"/clients/{person.pk}/takeout/").status_code == 200
    with tasks():
        answer = manager.browser.post(f"/clients/{person.pk}/takeout/")
    with inside(alpha):
        job = Job.objects.get()
        assert (job.kind, job.state, job.done, job.total) == (JobKind.TAKEOUT, JobState.DONE, 3, 3)
        assert answer["Location"] == f"/jobs/{job.pk}/"
        assert Entry.objects.filter(action="client.taken_out", about_id=person.pk).exists()
        erase_client(client=person, reason="asked", by=_seat(manager))
        assert not Job.objects.exists()


def _seat(who):
    return Seat(who.user.pk, who.membership.pk, Role.MANAGER, who.user.name)


def test_a_copy_of_somebody_who_is_gone_fails_in_words(alpha, person, seat):
    with inside(alpha):
        job = Job(kind=JobKind.TAKEOUT, ask={"client": str(person.pk)}, expires_at=timezone.now())
        assert takeouts.may_fetch(job, seat)
        erase_client(client=person, reason="asked", by=seat)
        assert not takeouts.may_fetch(job, seat)
        with pytest.raises(jobs.JobBroken):
            takeouts.run(job, seat)


# --- erasure -----------------------------------------------------------------------------------------------------
def contents(ref):
    """Everything in every table of the organisation's schema, as text."""
    found = {}
    with inside(ref), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [ref.short_name])
        for (table,) in cursor.fetchall():
            if table in ("django_migrations", "audit_link"):  # nothing of people: names of migrations, hashes
                continue
            cursor.execute(f"SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM \"{ref.short_name}\".\"{table}\" t")
            found[table] = cursor.fetchone()[0]
    return found


def places(ref, words):
    encoded = {word.encode().hex() for word in words}  # bytea columns are shown in hexadecimal
    return {
        (table, word)
        for table, text in contents(ref).items()
        for word in (*words, *encoded)
        if word.casefold() in text.casefold()
    }


def test_after_erasure_no_table_holds_the_person(alpha, beta, person, life, theirs, seat, tasks):
    with inside(alpha):
        assert Client.objects.filter(merged_into=person).exists()
    theirs_before = contents(beta)
    assert {table for table, _word in places(alpha, WORDS)} >= {"caseloads_client", "caseloads_experience"}
    file_name = life.document.file
    with tasks(), inside(alpha):
        assert default_storage.exists(file_name)
        with connection.cursor() as cursor:
            done = erase_client(client=person, reason="asked", by=seat)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert places(alpha, WORDS) == set()
    assert contents(beta) == theirs_before
    with inside(alpha):
        assert not default_storage.exists(file_name)
        assert done.removed["caseloads.client"] == 2
        assert done.kept["audit.entry"] > 0
        assert Draft.objects.count() == 0
        assert Entry.objects.filter(action="client.erased", about_id=person.pk).count() == 1
        assert Entry.objects.filter(action="client.added", about_id=person.pk).exists()


def test_what_the_person_counted_for_goes_on_counting(alpha, person, life, seat, add):
    with inside(alpha):
        before = figures_of(life.programme)
        assert before == before | {"enrolled": 1, "positive_exits": 1, "work": 1, "held_6": 1, "small_wins": 1}
        erase_client(client=person, reason="retention", by=seat)
        assert figures_of(life.programme) == before
        assert dict(KeptFigure.objects.values_list("measure", "number")) == {
            measure: number for measure, number in before.items() if number
        }


def test_nobody_is_erased_while_they_take_part(alpha, person, case, consent, seat):
    with inside(alpha):
        assert "Close the case first" in preview(person).obstacles[0]
        with pytest.raises(NotErased):
            erase_client(client=person, reason="asked", by=seat)
        withdraw_consent(consent=consent, how="spoken", by=seat)
        Case.objects.update(closed_on=timezone.localdate())
        erase_client(client=person, reason="asked", by=seat)
        assert not Client.objects.exists()


def test_what_others_say_stands_against_it(alpha, person, seat, monkeypatch):
    monkeypatch.setattr(erasing, "_obstacles", [])
    erasing.register_obstacle(lambda keys: "Wait." if person.pk in keys else "")
    erasing.register_obstacle(lambda keys: "")
    with inside(alpha):
        assert preview(person).obstacles == ("Wait.",)
    again = erasing._obstacles[0]
    erasing.register_obstacle(again)
    assert len(erasing._obstacles) == 2


def test_the_same_person_who_asks_again_can_be_told(alpha, beta, person, life, seat, theirs):
    with inside(alpha):
        erase_client(client=person, reason="asked", by=seat)
        assert erasures_of("zamfirija", "KOVRDZIC", 1987).count() == 1
        assert erasures_of("Zamfirija", "Kovrdžić", date(1987, 3, 1)).count() == 1
        assert erasures_of("Zamfirija", "Kovrdžić", 1988).count() == 0
        mine = Erasure.objects.get().reference
    with inside(beta):
        erase_client(client=theirs.client, reason="asked", by=theirs.seat)
        assert Erasure.objects.get().reference != mine


def test_the_page_shows_what_goes_and_asks_for_the_name(alpha, person, life, manager, worker):
    address = f"/clients/{person.pk}/erase/"
    assert worker.browser.get(address).status_code == 403
    page = manager.browser.get(address).content.decode()
    assert "First step" in page
    assert "drafts" in page
    wrong = manager.browser.post(address, {"reason": "asked", "name": "Somebody Else"}).content.decode()
    assert "not the name" in wrong
    with inside(alpha):
        Case.objects.update(closed_on=None)
    refusal = manager.browser.post(address, {"reason": "asked", "name": "zamfirija kovrdzic"})
    assert "Close the case first" in refusal.content.decode()
    with inside(alpha):
        Case.objects.update(closed_on=timezone.localdate())
    assert manager.browser.post(address, {"reason": "asked", "name": "zamfirija kovrdzic"}).status_code == 302
    with inside(alpha):
        assert not Client.objects.exists()
    page = manager.browser.post(
        "/erasures/", {"given_name": "Zamfirija", "family_name": "Kovrdžić", "birth_year": "1987"}
    ).content.decode()
    assert "The person asked for it" in page
    none = manager.browser.post("/erasures/", {"given_name": "Q", "family_name": "X"}).content.decode()
    assert "Nobody of this name" in none
    assert manager.browser.get("/erasures/").status_code == 200


# --- retention ---------------------------------------------------------------------------------------------------
LONG_AGO = timezone.localdate() - timedelta(days=2000)


def past(client, seat):
    """Somebody whose case ended long ago."""
    life = whole_life(client, seat)
    Case.objects.filter(client=client).update(opened_on=LONG_AGO, closed_on=LONG_AGO + timedelta(days=9))
    return life


def test_a_rule_counts_months_back_from_today():
    rule = RetentionRule(months=13)
    assert cutoff_of(rule, date(2026, 3, 31)) == date(2025, 2, 28)
    assert cutoff_of(RetentionRule(months=3), date(2026, 3, 31)) == date(2025, 12, 31)


def test_rules_are_set_changed_and_taken_away(alpha, seat):
    with inside(alpha):
        rule = set_rule(scope="closed", months=24, seen_version=0, by=seat)
        assert set_rule(scope="closed", months=24, seen_version=1, by=seat).version == 1
        assert set_rule(scope="closed", months=36, seen_version=1, by=seat).version == 2
        with pytest.raises(EditedMeanwhile):
            set_rule(scope="closed", months=48, seen_version=1, by=seat)
        assert set_rule(scope="closed", months=None, by=seat) is None
        assert set_rule(scope="closed", months=None, by=seat) is None
        assert rule.scope == "closed"
        assert not RetentionRule.objects.exists()


@pytest.mark.parametrize(
    ("scope", "people", "rows"), [("closed", 1, 0), ("never_enrolled", 1, 0), ("documents", 1, 1), ("journal", 1, 1)]
)
def test_what_a_rule_would_remove(alpha, beta, person, seat, theirs, add, scope, people, rows):
    with inside(alpha):
        past(person, seat)
        whole_life(add(given_name="Lately"), seat)
        whole_life(add(given_name="Now"), seat, closed=False)
        old = add(given_name="Old")
        Client.objects.filter(pk=old.pk).update(changed_at=timezone.now() - timedelta(days=2000))
        add(given_name="New")
        before = timezone.localdate() - timedelta(days=365)
        assert retention.amount(scope, before) == Amount(people, rows)


@pytest.mark.parametrize("scope", RetentionScope)
def test_what_was_shown_is_removed_in_the_background(alpha, person, seat, add, manager, tasks, scope):
    with inside(alpha):
        past(person, seat)
        old = add(given_name="Old")
        Client.objects.filter(pk=old.pk).update(changed_at=timezone.now() - timedelta(days=2000))
        set_rule(scope=scope, months=12, by=seat)
    address = f"/retention/{scope}/"
    page = manager.browser.get(address)
    seen = page.context["seen"]
    assert ("Zamfirija" in page.content.decode()) == (scope != "never_enrolled")
    with inside(alpha):
        assert Client.objects.filter(pk__in=[person.pk, old.pk]).count() == 2
    assert manager.browser.post(address, seen).status_code == 200
    with tasks():
        assert manager.browser.post(address, {**seen, "sure": "on"}).status_code == 302
    with inside(alpha):
        job = Job.objects.get(kind=JobKind.RETENTION)
        assert (job.state, job.told) == (JobState.DONE, {"removed": 1, "passed_over": 0})
        left = {
            "closed": not Client.objects.filter(pk=person.pk).exists(),
            "never_enrolled": not Client.objects.filter(pk=old.pk).exists(),
            "documents": not Document.objects.exists(),
            "journal": not JournalEntry.objects.exists(),
        }
        assert left[scope]
        assert Client.objects.filter(pk__in=[person.pk, old.pk]).exists()
        assert retention.amount(scope, cutoff_of(RetentionRule.objects.get())).is_nothing


def test_nothing_is_removed_that_was_not_in_the_preview(alpha, person, seat, add):
    with inside(alpha):
        before = timezone.localdate() - timedelta(days=400)
        with pytest.raises(Refused, match="period was changed"):
            start_retention(scope="closed", before=before, seen=Amount(1, 0), by=seat)
        set_rule(scope="closed", months=12, by=seat)
        with pytest.raises(Refused, match="nothing to remove"):
            start_retention(scope="closed", before=before, seen=Amount(1, 0), by=seat)
        past(person, seat)
        with pytest.raises(Refused, match="More has come"):
            start_retention(scope="closed", before=before, seen=Amount(0, 0), by=seat)
        with pytest.raises(Refused, match="period was changed"):
            start_retention(scope="closed", before=timezone.localdate(), seen=Amount(1, 0), by=seat)


def test_people_who_came_back_or_wait_for_something_are_passed_over(alpha, person, seat, add, monkeypatch):
    with inside(alpha):
        past(person, seat)
        second = add(given_name="Second")
        past(second, seat)
        job = _running(seat)

        def removed(key, by):
            Case.objects.exclude(client=key).update(closed_on=None)
            raise NotErased("no")

        monkeypatch.setattr(retention, "_person", removed)
        monkeypatch.setitem(retention._REMOVERS, "closed", removed)
        retention.run(job, seat)
        assert job.told == {"removed": 0, "passed_over": 1}


def test_parts_that_have_a_history_lose_it_too(alpha, person, seat):
    with inside(alpha):
        assert walk.history_of(Client, {person.pk}).exists()
        retention._forget(Client, [person.pk], person.pk, seat)
        assert not walk.history_of(Client, {person.pk}).exists()


def _running(seat):
    return Job.objects.create(
        kind=JobKind.RETENTION,
        state=JobState.RUNNING,
        ask={"scope": "closed", "before": timezone.localdate().isoformat()},
        owner_id=seat.membership_id,
        expires_at=timezone.now() + timedelta(hours=1),
    )


def test_the_settings_page(alpha, manager, worker):
    assert worker.browser.get("/retention/").status_code == 403
    assert "Kept without an end" in manager.browser.get("/retention/").content.decode()
    manager.browser.post("/retention/", {"scope": "closed", "months": "24", "seen_version": "0"})
    page = manager.browser.get("/retention/").content.decode()
    assert "Today this removes nothing" in page
    lost = manager.browser.post("/retention/", {"scope": "closed", "months": "36", "seen_version": "0"}, follow=True)
    assert "Somebody else has changed this" in lost.content.decode()
    wrong = manager.browser.post("/retention/", {"scope": "closed", "months": "9999", "seen_version": "1"})
    assert "9999" in wrong.content.decode()
    assert manager.browser.post("/retention/", {"scope": "nonsense"}).status_code == 200
    assert manager.browser.get("/retention/journal/").status_code == 404
    assert "Nothing to remove" in manager.browser.get("/retention/closed/").content.decode()


def test_managers_are_reminded_in_the_first_week(alpha, manager, person, seat):
    with inside(alpha):
        past(person, seat)
        set_rule(scope="closed", months=12, by=seat)
    month = timezone.now().replace(day=1) + timedelta(days=62)
    for day, shown in ((3, True), (20, False)):
        with time_machine.travel(month.replace(day=day), tick=False):
            manager.browser.force_login(manager.user)
            assert ("Kept long enough" in manager.browser.get("/").content.decode()) is shown


def test_previews_cost_the_same_for_many(alpha, manager, seat, add):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            manager.browser.get("/retention/never_enrolled/")
        return len(caught)

    with inside(alpha):
        set_rule(scope="never_enrolled", months=12, by=seat)
    counts = []
    manager.browser.get("/")  # so that the caches of both are alike
    for wanted in (1, 2):
        for _number in range(wanted):
            client = add(given_name="Old")
            with inside(alpha):
                Client.objects.filter(pk=client.pk).update(changed_at=timezone.now() - timedelta(days=2000))
        counts.append(queries())
    assert counts[0] == counts[1]
