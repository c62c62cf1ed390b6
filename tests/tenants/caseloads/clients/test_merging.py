"""Two records of one person become one, and two again: what moves, what is refused, what comes back."""

import random
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.errors import EditedMeanwhile
from tenants.caseloads.domain.clients import ClientDetails, add_client, assign_client, change_client, details_of
from tenants.caseloads.domain.merging import (
    Kept,
    MergeImpossible,
    UnmergeImpossible,
    ids_of,
    merge_clients,
    merges_of,
    unmerge,
    what_moves,
)
from tenants.caseloads.domain.restriction import restrict_client
from tenants.caseloads.forms.merging import MergeForm
from tenants.caseloads.models import (
    Case,
    Client,
    Consent,
    Document,
    Experience,
    JournalEntry,
    Merge,
    PersonalLink,
    Programme,
    Task,
)
from tenants.caseloads.views import merging as views
from tenants.organisations.isolation import inside
from tests.factories.caseloads import ClientFactory

TODAY = date(2026, 3, 1)


@pytest.fixture
def seat(alpha, seat_in):
    seat = seat_in(alpha)
    with inside(alpha):
        yield seat


def programme(name="Sewing"):
    return Programme.objects.get_or_create(name=name, defaults={"starts_on": TODAY})[0]


def consent_of(client):
    return Consent.objects.create(
        client=client, purpose="enrolment", scopes=[], how_given="signed", language="sq", expires_on=date(2030, 1, 1)
    )


def case_of(client, name="Sewing", closed_on=None):
    return Case.objects.create(
        client=client, programme=programme(name), consent=consent_of(client), opened_on=TODAY, closed_on=closed_on
    )


def entry_of(client, text="Came by.", **fields):
    return JournalEntry.objects.create(client=client, text=text, author_name="Somebody", **fields)


def merged(kept, absorbed, by, details=None, assigned_to=None):
    kept, absorbed = Client.objects.get(pk=kept.pk), Client.objects.get(pk=absorbed.pk)
    result = Kept(details or details_of(kept), assigned_to)
    versions = kept.version, absorbed.version
    return merge_clients(keep=kept, absorb=absorbed, result=result, seen_versions=versions, by=by)


def now(client):
    return Client.objects.get(pk=client.pk)


# --- merging ---------------------------------------------------------------------------------------------
def test_everything_goes_over_and_the_absorbed_record_is_out_of_sight(seat):
    kept, absorbed = ClientFactory(), ClientFactory(given_name="Twice", last_contact_on=TODAY)
    entry = entry_of(absorbed, "Secret")
    Task.objects.create(client=absorbed, title="Call", due_on=TODAY)
    Experience.objects.create(client=absorbed, kind="job", title="Baker")
    case = case_of(absorbed)
    assert {moving.number for moving in what_moves(absorbed)} == {1}
    assert len(what_moves(absorbed)) == 5
    merge = merged(kept, absorbed, seat)
    assert now(absorbed).merged_into_id == kept.pk
    assert now(kept).last_contact_on == TODAY
    assert JournalEntry.objects.get().client_id == kept.pk
    assert JournalEntry.objects.get().text == "Secret"
    assert Case.objects.get().client_id == Consent.objects.get().client_id == kept.pk
    assert merge.moved["caseloads.journalentry.client"] == [str(entry.pk)]
    assert merge.moved["caseloads.case.client"] == [str(case.pk)]
    assert not Client.objects.present().search("twice").exists()
    assert not Client.objects.similar_to("Twice").exists()
    assert ids_of(kept) == [kept.pk, absorbed.pk]


def test_the_kept_record_has_the_chosen_values(seat):
    kept, absorbed = ClientFactory(given_name="Ana"), ClientFactory(reference="F-7")
    details = replace(details_of(kept), reference="F-7", family_name="Chosen", health="Asthma")
    merged(kept, absorbed, seat, details, assigned_to=seat.membership_id)
    saved = now(kept)
    assert details_of(saved) == details
    assert (saved.assigned_to_id, saved.version, saved.search_key) == (seat.membership_id, 2, " ana chosen")
    assert now(absorbed).reference == "F-7"


def test_both_records_say_that_they_were_merged(seat):
    kept, absorbed = ClientFactory(), ClientFactory()
    merge = merged(kept, absorbed, seat)
    unmerge(merge=merge, by=seat)
    told = Entry.objects.order_by("at", "id").values_list("action", "about_id", "detail")
    assert list(told) == [
        ("client.merged", kept.pk, {"absorbed": str(absorbed.pk)}),
        ("client.absorbed", absorbed.pk, {"kept": str(kept.pk)}),
        ("client.unmerged", kept.pk, {"absorbed": str(absorbed.pk)}),
        ("client.restored", absorbed.pk, {"kept": str(kept.pk)}),
    ]


def test_the_persons_link_stays_with_the_record_it_was_made_for(seat):
    kept, absorbed = ClientFactory(), ClientFactory()
    until = timezone.now() + timedelta(days=1)
    PersonalLink.objects.create(client=absorbed, token_hash="a", code_hash="b", language="sq", expires_at=until)
    merged(kept, absorbed, seat)
    assert PersonalLink.objects.get().client_id == absorbed.pk


def test_a_case_of_one_programme_open_in_both_stands_in_the_way(seat):
    kept, absorbed = ClientFactory(), ClientFactory()
    case_of(kept)
    mine = case_of(absorbed)
    with pytest.raises(MergeImpossible, match="“Sewing”"):
        merged(kept, absorbed, seat)
    assert now(absorbed).merged_into_id is None
    mine.closed_on = TODAY
    mine.save()
    merged(kept, absorbed, seat)
    assert Case.objects.filter(client=kept).count() == 2


def test_what_the_database_does_not_let_happen_is_told_in_words(seat):
    ClientFactory(reference="F-7")
    kept, absorbed = ClientFactory(), ClientFactory()
    with pytest.raises(MergeImpossible, match="Another client has this file number"):
        merged(kept, absorbed, seat, ClientDetails(given_name="Ana", reference="F-7"))
    with pytest.raises(MergeImpossible, match="Give at least one name"):
        merged(kept, absorbed, seat, ClientDetails())
    assert now(absorbed).merged_into_id is None


def test_other_troubles_of_the_database_are_not_hidden(seat, monkeypatch):
    kept, absorbed = ClientFactory(), ClientFactory()
    monkeypatch.setattr(Client._meta, "constraints", [])
    with pytest.raises(MergeImpossible, match="cannot be there twice"):
        merged(kept, absorbed, seat, ClientDetails())


def test_a_record_is_not_merged_with_itself_nor_twice(seat):
    kept, absorbed, third = ClientFactory(), ClientFactory(), ClientFactory()
    with pytest.raises(MergeImpossible, match="two different"):
        merged(kept, kept, seat)
    merged(kept, absorbed, seat)
    with pytest.raises(MergeImpossible, match="merged meanwhile"):
        merged(third, absorbed, seat)


@pytest.mark.parametrize("which", [0, 1])
def test_a_restricted_record_is_not_merged(seat, which):
    pair = ClientFactory(), ClientFactory()
    restrict_client(client=pair[which], by=seat)
    with pytest.raises(MergeImpossible, match="is restricted: a consent"):
        merged(*pair, seat)
    assert not Merge.objects.exists()


@pytest.mark.parametrize("versions", [(1, 2), (2, 1)])
def test_a_record_that_changed_meanwhile_is_looked_at_again(seat, versions):
    kept, absorbed = ClientFactory(), ClientFactory()
    with pytest.raises(EditedMeanwhile):
        merge_clients(keep=kept, absorb=absorbed, result=Kept(details_of(kept), None), seen_versions=versions, by=seat)


# --- taking apart -------------------------------------------------------------------------------------------
def rows():
    """Every row of the private apps as people read it, but for what counts changes and tells of merges."""
    found = {}
    for label in ("caseloads", "referrals"):
        for model in apps.get_app_config(label).get_models():
            if model is Merge or hasattr(model, "pgh_tracked_model"):
                continue
            skipped = {"version", "changed_at", "changed_by_id"} if model is Client else set()
            names = [field.attname for field in model._meta.concrete_fields if field.attname not in skipped]
            found[model._meta.label] = {
                row.pk: {name: getattr(row, name) for name in names} for row in model.objects.all()
            }
    return found


def some_client(chance, number):
    born = chance.choice([{}, {"birth_year": 1990}, {"born_on": date(1991, 5, 1)}])
    words = ["", "Sews", "خیاطی", "Шије"]
    return add_client(
        details=ClientDetails(
            given_name=chance.choice(["Ana", "Милица", "زهرا"]),
            other_names=chance.choice(words),
            reference=chance.choice(["", f"F-{number}"]),
            national_number=chance.choice(["", "0101990450007"]),
            languages=chance.sample(["sq", "mk", "tr"], chance.randint(0, 3)),
            vulnerabilities=chance.sample(["debt", "carer"], chance.randint(0, 2)),
            strengths=chance.choice(words),
            health=chance.choice(words),
            note=chance.choice(words),
            **born,
        ),
        by=chance.seat,
    )


def some_rows(chance, client, number):
    cases = [case_of(client, f"Programme {number}{each}") for each in range(chance.randint(0, 2))]
    for _ in range(chance.randint(0, 3)):
        entry = entry_of(client, chance.choice(["a", "ب"]), case=chance.choice([None, *cases]))
        Task.objects.create(client=client, title="Call", due_on=TODAY, entry=chance.choice([None, entry]))
        Document.objects.create(client=client, title="Paper", file="x", content_type="text/plain", size=1, entry=entry)


@pytest.mark.parametrize("number", range(8))
def test_merging_and_taking_apart_leaves_every_row_as_it_was(seat, number):
    chance = random.Random(number)
    chance.seat = seat
    kept, absorbed = some_client(chance, 1), some_client(chance, 2)
    some_rows(chance, kept, 1)
    some_rows(chance, absorbed, 2)
    before = rows()
    form = MergeForm(now(kept), now(absorbed), {"this_version": 1, "other_version": 1})
    chosen = {name: chance.choice(form.fields[name].choices)[0] for name in form.asked}
    form = MergeForm(now(kept), now(absorbed), {"this_version": 1, "other_version": 1, **chosen})
    assert form.is_valid(), form.errors
    merge = merge_clients(keep=kept, absorb=absorbed, result=form.result(), seen_versions=form.seen_versions(), by=seat)
    assert rows() != before
    unmerge(merge=merge, by=seat)
    assert rows() == before
    assert now(kept).version == 3


def test_what_was_added_later_goes_with_what_it_hangs_on(seat):
    kept, absorbed = ClientFactory(), ClientFactory()
    case = case_of(absorbed)
    merge = merged(kept, absorbed, seat)
    later = entry_of(now(kept), case=case)
    task = Task.objects.create(client=kept, title="Call", due_on=TODAY, entry=later)
    own = entry_of(now(kept))
    unmerge(merge=merge, by=seat)
    assert JournalEntry.objects.get(pk=later.pk).client_id == absorbed.pk
    assert Task.objects.get(pk=task.pk).client_id == absorbed.pk
    assert JournalEntry.objects.get(pk=own.pk).client_id == kept.pk


def test_what_was_changed_later_stays_changed(seat, seat_in, alpha):
    kept, absorbed = ClientFactory(given_name="Ana", birth_year=1990, phone="1"), ClientFactory()
    details = ClientDetails(given_name="Anna", birth_year=1991, phone="2")
    merge = merged(kept, absorbed, seat, details)
    later = replace(details, phone="3", birth_year=None, born_on=date(1991, 5, 1))
    change_client(client=kept, details=later, seen_version=2, by=seat)
    assign_client(client=kept, to=seat.membership_id, by=seat)
    unmerge(merge=merge, by=seat)
    saved = now(kept)
    assert (saved.given_name, saved.phone, saved.born_on, saved.birth_year) == ("Ana", "3", date(1991, 5, 1), None)
    assert saved.assigned_to_id == seat.membership_id


def test_the_responsible_one_comes_back_too(seat):
    kept, absorbed = ClientFactory(assigned_to_id=seat.membership_id), ClientFactory()
    unmerge(merge=merged(kept, absorbed, seat), by=seat)
    assert now(kept).assigned_to_id == seat.membership_id


class TestWhenItCannotBeUndone:
    @pytest.fixture
    def pair(self, seat):
        return ClientFactory(), ClientFactory()

    def test_twice(self, seat, pair):
        merge = merged(*pair, seat)
        unmerge(merge=merge, by=seat)
        with pytest.raises(UnmergeImpossible, match="already"):
            unmerge(merge=merge, by=seat)
        assert merges_of(pair[0]) == []

    def test_after_thirty_days(self, seat, pair):
        with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC)):
            merge = merged(*pair, seat)
            assert merges_of(pair[0]) == [merge]
        with time_machine.travel(datetime(2026, 2, 1, tzinfo=UTC)):
            assert merges_of(pair[0]) == []
            with pytest.raises(UnmergeImpossible, match="30 days"):
                unmerge(merge=merge, by=seat)

    def test_the_later_merge_first(self, seat, pair):
        kept, absorbed = pair
        first = merged(kept, absorbed, seat)
        second = merged(kept, ClientFactory(), seat)
        with pytest.raises(UnmergeImpossible, match="Another record"):
            unmerge(merge=first, by=seat)
        unmerge(merge=second, by=seat)
        unmerge(merge=first, by=seat)

    def test_a_record_that_became_part_of_another(self, seat, pair):
        kept, absorbed = pair
        merge = merged(kept, absorbed, seat)
        other = ClientFactory()
        merged(other, kept, seat)
        assert set(ids_of(other)) == {other.pk, kept.pk, absorbed.pk}
        with pytest.raises(UnmergeImpossible, match="itself merged"):
            unmerge(merge=merge, by=seat)

    def test_what_began_later_on_the_others_consent(self, seat, pair):
        kept, absorbed = pair
        consent = consent_of(absorbed)
        merge = merged(kept, absorbed, seat)
        Case.objects.create(client=now(kept), programme=programme(), consent=consent, opened_on=TODAY)
        with pytest.raises(UnmergeImpossible, match="rests on a consent"):
            unmerge(merge=merge, by=seat)
        assert now(absorbed).merged_into_id == kept.pk

    def test_a_file_number_that_was_given_away(self, seat):
        kept, absorbed = ClientFactory(), ClientFactory(reference="F-7")
        merge = merged(kept, absorbed, seat)
        ClientFactory(reference="F-7")
        with pytest.raises(UnmergeImpossible, match="file number"):
            unmerge(merge=merge, by=seat)


# --- the form -------------------------------------------------------------------------------------------------
class TestTheForm:
    def form(self, this, other, **chosen):
        this, other = ClientFactory(**this), ClientFactory(**other)
        return MergeForm(this, other, {"this_version": 1, "other_version": 1, **chosen} if chosen else None)

    def rows(self, form):
        return {row.name: (row.this, row.other, row.together, row.field.value()) for row in form.rows()}

    def test_only_what_differs_is_asked(self, seat):
        same = {"given_name": "Ana", "family_name": "Kos", "birth_year": 1990, "languages": ["sq"]}
        assert self.rows(self.form(same, same)) == {}

    def test_what_is_known_wins_over_nothing_and_both_where_both_can_stay(self, seat):
        names = {"given_name": "Ana", "family_name": "Kos"}
        this = {**names, "note": "a", "languages": ["sq"], "sex": "female", "national_number": "0101990450007"}
        other = {**names, "note": "b", "languages": ["mk"], "phone": "1", "vulnerabilities": ["debt"]}
        other["assigned_to_id"] = seat.membership_id
        assert self.rows(self.form(this, other)) == {
            "note": ("a", "b", "a\n\nb", "both"),
            "languages": ("Albanian", "Macedonian", "Macedonian, Albanian", "both"),
            "sex": ("Female", "", "", "this"),
            "national_number": ("•••007", "", "", "this"),
            "phone": ("", "1", "", "other"),
            "vulnerabilities": ("", "In debt", "", "other"),
            "assigned_to": ("", seat.name, "", "other"),
        }

    @pytest.mark.parametrize(
        ("this", "other", "likely"),
        [
            ({"birth_year": 1990}, {"born_on": date(1990, 5, 1)}, "other"),
            ({"born_on": date(1990, 5, 1)}, {"birth_year": 1990}, "this"),
            ({}, {"birth_year": 1990}, "other"),
            ({"birth_year": 1990}, {"birth_year": 1991}, "this"),
        ],
    )
    def test_a_day_of_birth_tells_more_than_a_year(self, seat, this, other, likely):
        names = {"given_name": "Ana", "family_name": "Kos"}
        assert self.rows(self.form({**names, **this}, {**names, **other}))["born"][3] == likely

    def test_names_that_would_be_too_long_together_are_chosen_from(self, seat):
        form = self.form({"other_names": "a" * 150}, {"other_names": "b" * 150})
        assert [value for value, _label in form.fields["other_names"].choices] == ["this", "other"]
        form = self.form({"other_names": "Lira"}, {"other_names": "Liri"}, other_names="both", given_name="this",
                         family_name="other")  # fmt: skip
        assert form.is_valid()
        assert form.result().details.other_names == "Lira, Liri"


# --- the pages ------------------------------------------------------------------------------------------------
class TestThePages:
    @pytest.fixture
    def pair(self, add):
        return add(given_name="Ana", family_name="Kos", phone="070 123 456"), add(given_name="Anna", family_name="Kos")

    def merge(self, worker, kept, absorbed, **changed):
        address = f"/clients/{kept.pk}/merge/{absorbed.pk}/"
        form = worker.browser.get(address).context["form"]
        sent = {name: form[name].value() for name in form.fields}
        return worker.browser.post(address, {**sent, **changed}, follow=True)

    def test_the_other_record_is_proposed_and_found(self, worker, pair, add):
        kept, absorbed = pair
        zoran = add(given_name="Zoran")
        address = f"/clients/{kept.pk}/merge/"
        text = worker.browser.get(address).content.decode()
        assert f"{address}{absorbed.pk}/" in text
        assert str(zoran.pk) not in text
        assert f"{address}{zoran.pk}/" in worker.browser.get(address, {"q": "zor"}).content.decode()
        assert "Nobody else is found by “nobody”." in worker.browser.get(address, {"q": "nobody"}).content.decode()
        assert "Nobody has a similar name" in worker.browser.get(f"/clients/{zoran.pk}/merge/").content.decode()

    def test_merging_and_undoing(self, worker, pair):
        kept, absorbed = pair
        page = self.merge(worker, kept, absorbed, given_name="other")
        assert "The two records are one now." in page.content.decode()
        assert "The record of Anna Kos was merged into this one" in page.content.decode()
        old = worker.browser.get(f"/clients/{absorbed.pk}/edit/")
        assert old["Location"] == f"/clients/{kept.pk}/edit/"
        with inside(worker.ref):
            merge = Merge.objects.get()
            assert now(kept).given_name == "Anna"
        address = f"/clients/{kept.pk}/unmerge/{merge.pk}/"
        assert "a record of their own again?" in worker.browser.get(address).content.decode()
        page = worker.browser.post(address, follow=True)
        assert "Anna Kos has a record of their own again." in page.content.decode()
        assert worker.browser.get(f"/clients/{absorbed.pk}/").status_code == 200
        again = worker.browser.post(address)
        assert (again.status_code, "This was undone already." in again.content.decode()) == (409, True)

    def test_what_was_sent_to_a_merged_record_is_told_to_be_lost(self, worker, pair):
        kept, absorbed = pair
        self.merge(worker, kept, absorbed)
        page = worker.browser.post(f"/clients/{absorbed.pk}/edit/", {"given_name": "X"}, follow=True)
        assert page.redirect_chain == [(f"/clients/{kept.pk}/", 302)]
        assert "What you sent was not saved." in page.content.decode()
        part = worker.browser.get(f"/clients/{absorbed.pk}/", headers={"hx-request": "true"})
        assert (part.status_code, part["HX-Redirect"]) == (204, f"/clients/{kept.pk}/")

    def test_a_record_that_changed_meanwhile_is_shown_again(self, worker, pair):
        kept, absorbed = pair
        page = self.merge(worker, kept, absorbed, other_version=7)
        assert page.status_code == 409
        assert "changed one of the records" in page.content.decode()

    def test_an_obstacle_is_shown_before_anything_is_sent(self, worker, pair):
        with inside(worker.ref):
            for client in pair:
                case_of(client)
        kept, absorbed = pair
        page = worker.browser.get(f"/clients/{kept.pk}/merge/{absorbed.pk}/")
        assert (page.status_code, "Both records take part in" in page.content.decode()) == (409, True)
        page = self.merge(worker, kept, absorbed)
        assert page.status_code == 409

    def test_an_obstacle_that_comes_at_the_last_moment_is_told(self, worker, pair, monkeypatch):
        with inside(worker.ref):
            for client in pair:
                case_of(client)
        monkeypatch.setattr(views, "obstacle", lambda *records: "")
        page = self.merge(worker, *pair)
        assert (page.status_code, "Both records take part in" in page.content.decode()) == (409, True)

    def test_only_for_those_who_may_open_both(self, worker, pair, add, seat_in):
        colleague = seat_in(worker.ref, Role.MENTOR)
        theirs = add(given_name="Ana", family_name="Kos", assigned_to=colleague.membership_id)
        kept = pair[0]
        text = worker.browser.get(f"/clients/{kept.pk}/merge/").content.decode()
        assert str(theirs.pk) not in text
        for address in (f"/clients/{kept.pk}/merge/{theirs.pk}/", f"/clients/{theirs.pk}/merge/{kept.pk}/"):
            assert worker.browser.post(address).status_code == 403

    def test_nobody_elses_merge_is_undone(self, worker, pair, beta, add):
        self.merge(worker, *pair)
        with inside(worker.ref):
            merge = Merge.objects.get()
        other = add(given_name="Zoran")
        assert worker.browser.post(f"/clients/{other.pk}/unmerge/{merge.pk}/").status_code == 404
        with inside(beta):
            leak = ClientFactory()
        assert worker.browser.get(f"/clients/{pair[0].pk}/merge/{leak.pk}/").status_code == 404


def test_today_forgets_a_merged_record(worker, add):
    kept, absorbed = add(given_name="Ana"), add(given_name="Twice")
    worker.browser.get(f"/clients/{absorbed.pk}/")
    with inside(worker.ref):
        saved = now(absorbed)
        saved.merged_into = now(kept)
        saved.save()
    assert "Twice" not in worker.browser.get("/").content.decode()
    assert asdict(details_of(kept))["given_name"] == "Ana"
