"""Imports: what a sheet says, mistakes in words, who is here already, the same sheet again, and a worker that dies."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.sealing import files
from tenants.caseloads import sheet_fields
from tenants.caseloads.domain import imports, jobs
from tenants.caseloads.enums.work import JobState
from tenants.caseloads.models import Case, Client, ColumnMapping, Consent, Job, Programme
from tenants.caseloads.tasks.jobs import run_job
from tenants.organisations.isolation import inside
from tenants.organisations.models import Colleague

SOON = (timezone.localdate() + timedelta(days=200)).isoformat()


def csv_of(*lines):
    return "\n".join(lines).encode()


def xlsx_of(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
def manager(alpha, seat_in):
    return seat_in(alpha, Role.MANAGER)


@pytest.fixture
def bring(alpha, manager):
    """`bring(content, sure=…, by_name=…)`: the whole way of a sheet; the job as it ended."""

    def go(content, *, sure="update", by_name="fill", mapping=None, ref=alpha, by=manager):
        with inside(ref):
            job = imports.bring_sheet(content=content, name="people.csv", by=by)
            job = imports.check_sheet(job=job, mapping=mapping or imports.mapping_of(job), by=by)
            jobs.run(job.pk)
            job = Job.objects.get(pk=job.pk)
            assert job.state == JobState.DRAFT, job.told
            go.checked, go.findings = job.told, list(imports.findings(job))
            job = imports.take_sheet(job=job, sure=sure, by_name=by_name, by=by)
            jobs.run(job.pk)
            return Job.objects.get(pk=job.pk)

    return go


def people(ref):
    with inside(ref):
        return sorted(str(client) for client in Client.objects.all())


def only(ref):
    with inside(ref):
        return Client.objects.get()


def refused(ref, job):
    with inside(ref):
        content = b"".join(files.read(row=job, column="result", name=job.result))
    return [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]


def test_everything_a_row_can_hold(alpha, manager, bring):
    with inside(alpha):
        Programme.objects.create(name="First step", starts_on=date(2020, 1, 1))
        email = Colleague.objects.get(pk=manager.membership_id).email
    job = bring(
        xlsx_of(
            ["First name", "Surname", "Nickname", "Birth", "Gender", "File no", "JMBG", "Tel", "E-mail", "Town",
             "Language", "Also speaks", "Education", "Strengths", "Interests", "Vulnerability", "Health", "Notes",
             "Mentor", "Program", "Joined on", "Consent", "Consent until", "Witness"],
            ["Ana", "Kos", "Anči", date(1990, 2, 3), "ž", "A-1", "0302990505012", "+386 40 123 456", "ANA@example.org",
             "Ljubljana", "slovenščina", "sr, en", "Vocational school", "Patient", "Gardens", "In debt; No secure home",
             "Asthma", "Two\nlines", email, "first step", date(2024, 5, 1), "spoken", date.fromisoformat(SOON), "Eva"],
        )
    )  # fmt: skip
    assert job.state == JobState.DONE
    client = only(alpha)
    with inside(alpha):
        assert (client.given_name, client.family_name, client.other_names) == ("Ana", "Kos", "Anči")
        assert (client.born_on, client.birth_year, client.sex) == (date(1990, 2, 3), None, "female")
        assert (client.reference, client.national_number, client.phone) == ("A-1", "0302990505012", "+386 40 123 456")
        assert (client.email, client.place, client.language) == ("ana@example.org", "Ljubljana", "sl")
        assert (client.languages, client.education) == (["en", "sr"], "vocational")
        assert client.vulnerabilities == ["debt", "homeless"]
        case = Case.objects.get()
        assert (case.client_id, case.opened_on, case.consent.witness) == (client.pk, date(2024, 5, 1), "Eva")
        assert client.health == "Asthma"
        assert client.assigned_to_id == manager.membership_id


def told(job):
    return {key: value for key, value in job.told.items() if value and key != "taken"}


def test_an_unknown_hardship_is_a_mistake(alpha, bring):
    job = bring(csv_of("Name,Vulnerability", "Ana Kos,dancing"))
    assert people(alpha) == []
    assert told(job) == {"refused": 1}
    assert refused(alpha, job) == [
        ["Name", "Vulnerability", "Why it was refused"],
        ["Ana Kos", "dancing", "Vulnerability: “dancing” is not in your list of what makes it hard."],
    ]


def test_the_same_sheet_again_changes_nothing(alpha, beta, bring):
    with inside(beta):
        Client.objects.create(given_name="Ana", family_name="Kos", reference="1", search_key=" ana kos", sort_key="x")
    with inside(alpha):
        Programme.objects.create(name="Step", starts_on=date(2020, 1, 1))
    sheet = csv_of(
        "Name,File number,National number,Birth,Programme,Joined on,Consent,Consent until",
        f"Ana Kos,1,,,Step,2024-01-01,signed,{SOON}",
        "Berta Novak,,0101990500123,1990-01-01,,,,",
        "Cveta Žnidar,,,1361/05/02,,,,",
        "Dora,,,1980,,,,",
        "Ema,,,,,,,",
    )
    first = bring(sheet)
    assert told(first) == {"added": 5, "enrolled": 1}
    with inside(alpha):
        before = list(Client.objects.order_by("id").values())
        entries = Entry.objects.filter(action__startswith="client.").exclude(action="client.imported").count()
        assert entries == 5
    again = bring(sheet)
    assert told(again) == {"same": 5}
    assert bring.checked["sure"] == 2
    assert bring.checked["by_name"] == 3
    with inside(alpha):
        assert list(Client.objects.order_by("id").values()) == before
        assert Entry.objects.filter(action__in=["client.added", "client.changed"]).count() == 5
        assert (Case.objects.count(), Consent.objects.count()) == (1, 1)
    with inside(beta):
        assert Client.objects.count() == 1


@pytest.mark.parametrize(
    ("policy", "place", "phone", "numbers"),
    [
        ("update", "Bled", "040 111 222", {"changed": 1}),
        ("fill", "Kranj", "040 111 222", {"changed": 1}),
        ("skip", "Kranj", "", {"left": 1}),
    ],
)
def test_what_happens_to_those_who_are_here(alpha, bring, policy, place, phone, numbers):
    bring(csv_of("Name,File number,Place", "Ana Kos,1,Kranj"))
    job = bring(csv_of("Name,File number,Place,Phone", "Ana Kos,1,Bled,040 111 222"), sure=policy)
    client = only(alpha)
    assert (client.place, client.phone) == (place, phone)
    assert told(job) == numbers
    assert bring.findings == [{"row": 2, "problems": [], "known": "sure", "client": str(client.pk)}]


def test_a_changed_record_is_found_by_its_new_name_and_keeps_what_is_sealed(alpha, bring):
    bring(csv_of("Name,File number,Health,National number", "Ana Kos,1,Asthma,0101990500123"))
    bring(csv_of("Name,File number", "Ana Novak,1"))
    with inside(alpha):
        client = Client.objects.search("novak").get()
        assert (client.version, client.health, client.national_number) == (2, "Asthma", "0101990500123")
        assert not Client.objects.search("kos").exists()
        entry = Entry.objects.get(action="client.changed")
        assert (entry.about_id, entry.detail) == (client.pk, {"fields": ["family_name"]})


def test_who_is_responsible_changes_hands_with_an_entry(alpha, manager, bring, seat_in):
    other = seat_in(alpha)
    with inside(alpha):
        emails = {row.pk: row.email for row in Colleague.objects.all()}
    bring(csv_of("Name,Responsible", f"Ana Kos,{emails[manager.membership_id]}"))
    sheet = csv_of("Name,Responsible", f"Ana Kos,{emails[other.membership_id]}")
    assert told(bring(sheet)) == {"same": 1}
    assert told(bring(sheet, by_name="update")) == {"changed": 1}
    assert only(alpha).assigned_to_id == other.membership_id
    with inside(alpha):
        entry = Entry.objects.get(action="client.assigned")
        assert entry.detail == {"from": str(manager.membership_id), "to": str(other.membership_id)}


def test_a_day_takes_the_place_of_a_year_and_never_the_other_way_round(alpha, bring):
    def born():
        return only(alpha).born_on, only(alpha).birth_year

    year, day = (csv_of("Name,File number,Birth", f"Ana Kos,1,{birth}") for birth in ("1990", "1990-02-03"))
    bring(year)
    assert told(bring(day, sure="fill")) == {"same": 1}
    assert born() == (None, 1990)
    assert told(bring(day)) == {"changed": 1}
    assert born() == (date(1990, 2, 3), None)
    assert told(bring(year)) == {"same": 1}
    assert born() == (date(1990, 2, 3), None)


def test_people_who_agreed_to_the_same_have_the_same_wording(alpha, bring):
    with inside(alpha):
        Programme.objects.create(name="One", starts_on=date(2020, 1, 1), consent_wording="We agree.")
    head = "Name,Programme,Joined on,Consent,Consent until"
    job = bring(csv_of(head, *(f"{name} Kos,One,2024-01-01,signed,{SOON}" for name in ("Ana", "Berta"))))
    with inside(alpha):
        (wording,) = set(Consent.objects.values_list("wording", flat=True))
        assert "We agree." in wording
    assert imports.words(job) == ["2 people were added.", "2 joined a programme."]


def test_numbers_that_belong_to_two_people_are_refused(alpha, bring):
    bring(csv_of("Name,File number,National number", "Ana Kos,1,", "Berta Novak,,0101990500123"))
    job = bring(csv_of("Name,File number,National number", "Ana Kos,1,0101990500123"))
    assert "another's" in refused(alpha, job)[1][-1]
    assert "another's" in bring.findings[0]["problems"][0][1]
    assert told(job) == {"refused": 1}


def test_a_name_means_nothing_where_the_numbers_differ(alpha, bring):
    bring(csv_of("Name,File number", "Ana Kos,1"))
    assert told(bring(csv_of("Name,File number", "Ana Kos,2"))) == {"added": 1}


def test_marks_and_scripts_do_not_part_people(alpha, bring):
    bring(csv_of("Name,Birth", "Đorđe Šešelj,1990-01-01"))
    assert told(bring(csv_of("Name,Birth", "Ђорђе Шешељ,01.01.1990", "Djordje Seselj,1990"))) == {"same": 1, "added": 1}


def test_a_person_twice_in_a_sheet_is_one_person(alpha, bring):
    job = bring(csv_of("Name,Birth,Phone", "Ana Kos,1990,", "Ana Kos,1990,040 111 222", "Ana Kos,1991,"))
    assert people(alpha) == ["Ana Kos", "Ana Kos"]
    assert refused(alpha, job)[1][-1] == "This is the same person as in row 2, by number, or by name and birth."


def test_two_programmes_of_one_person_are_two_rows(alpha, bring):
    with inside(alpha):
        for name in ("One", "Two"):
            Programme.objects.create(name=name, starts_on=date(2020, 1, 1))
    head = "Name,File number,Programme,Joined on,Consent,Consent until"
    job = bring(csv_of(head, *(f"Ana Kos,1,{name},2024-01-01,signed,{SOON}" for name in ("One", "Two", "One"))))
    assert told(job) == {"added": 1, "enrolled": 2}
    with inside(alpha):
        assert Case.objects.filter(client=only(alpha)).count() == 2
        assert set(Consent.objects.values_list("purpose", "how_given")) == {("enrolment", "signed")}
        assert Entry.objects.filter(action="case.opened", about_id=only(alpha).pk).count() == 2


def test_a_closed_case_is_not_opened_again_by_the_same_sheet(alpha, bring):
    with inside(alpha):
        Programme.objects.create(name="One", starts_on=date(2020, 1, 1))
    head = "Name,File number,Programme,Joined on,Consent,Consent until"
    sheet = csv_of(head, f"Ana Kos,1,One,2024-01-01,signed,{SOON}")
    bring(sheet)
    with inside(alpha):
        Case.objects.update(closed_on=date(2024, 6, 1))
    assert told(bring(sheet)) == {"same": 1}
    later = csv_of(head, f"Ana Kos,1,One,2025-01-01,signed,{SOON}")
    assert told(bring(later)) == {"same": 1, "enrolled": 1}
    with inside(alpha):
        assert sorted(Case.objects.values_list("number", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("Ana Kos,Elsewhere,2024-01-01,signed,SOON,", "no running programme"),
        ("Ana Kos,One,,signed,SOON,", "Say when the person joined"),
        ("Ana Kos,One,2150-01-01,signed,SOON,", "not come yet"),
        ("Ana Kos,One,2024-01-01,,SOON,", "say how it was given"),
        ("Ana Kos,One,2024-01-01,waved,SOON,", "not one of the choices"),
        ("Ana Kos,One,2024-01-01,spoken,SOON,", "needs a witness"),
        ("Ana Kos,One,2024-01-01,signed,,", "say until when"),
        ("Ana Kos,One,2024-01-01,signed,2020-01-01,", "has ended"),
        ("Ana Kos,,2024-01-01,,,", "no programme that this consent or day"),
    ],
)
def test_nobody_joins_without_a_consent(alpha, bring, cells, words):
    with inside(alpha):
        Programme.objects.create(name="One", starts_on=date(2020, 1, 1))
    head = "Name,Programme,Joined on,Consent,Consent until,Witness"
    job = bring(csv_of(head, cells.replace("SOON", SOON)))
    assert people(alpha) == []
    assert words in refused(alpha, job)[1][-1]


@pytest.mark.parametrize(
    ("heading", "cell", "words"),
    [
        ("Birth", "yesterday", "not a date"),
        ("Birth", "2150-01-01", "not come yet"),
        ("Birth", "1850-01-01", "Check the year"),
        ("Birth", "1800", "four digits"),
        ("Year of birth", "90", "four digits"),
        ("Sex", "maybe", "not one of the choices"),
        ("E-mail", "ana", "no e-mail address"),
        ("Phone", "x", "no phone number"),
        ("Place", "x" * 121, "too long"),
        ("Responsible", "stranger@example.org", "No colleague"),
        ("Language", "Klingon", "not one of the choices"),
    ],
)
def test_mistakes_are_told_in_words_with_row_and_column(alpha, bring, heading, cell, words):
    job = bring(csv_of(f"Name,{heading}", f"Ana Kos,{cell}", "Berta Novak,"))
    assert people(alpha) == ["Berta Novak"]
    assert told(job) == {"added": 1, "refused": 1}
    assert bring.checked["refused"] == 1
    (found,) = bring.findings
    assert found["row"] == 2
    assert found["problems"][0][0] == 1
    assert words in found["problems"][0][1]
    assert refused(alpha, job)[1][-1].startswith(f"{heading}: ")


def test_names_are_needed_and_have_their_limits(alpha, bring):
    job = bring(csv_of("Given name,Family name,Place", ",,Bled", f"{'x' * 101},,Bled"))
    reasons = [row[-1] for row in refused(alpha, job)[1:]]
    assert reasons[0] == "Given name: There is no name."
    assert "too long" in reasons[1]
    assert "no name" not in reasons[1]
    job = bring(csv_of("Name", "x" * 101 + " Kos"))
    assert "too long" in refused(alpha, job)[1][-1]


def test_years_and_days_that_disagree_are_refused(alpha, bring):
    head = "Name,Birth,Year of birth"
    job = bring(csv_of(head, "Ana Kos,1990-01-01,1991", "Berta Novak,1990-01-01,1990", "Cveta,,۱۳۶۱"))
    assert "another year" in refused(alpha, job)[1][-1]
    with inside(alpha):
        assert set(Client.objects.values_list("given_name", "born_on", "birth_year")) == {
            ("Berta", date(1990, 1, 1), None), ("Cveta", None, 1982),
        }  # fmt: skip


@pytest.mark.parametrize(
    "cell", ["۱۳۶۱/۵/۲", "1361-05-02", "13610502", "2/5/1361", "24.7.1982", "19820724", "1982-07-24 00:00:00"]
)
def test_days_of_both_calendars_and_all_digits(alpha, bring, cell):
    bring(csv_of("Name,Birth", f"Ana Kos,{cell}"))
    assert only(alpha).born_on == date(1982, 7, 24)


@pytest.mark.parametrize("cell", [30156, 19820724, date(1361, 5, 2)])
def test_days_that_a_spreadsheet_keeps_as_numbers(alpha, bring, cell):
    bring(
        xlsx_of(["Name", "Birth"], ["Ana Kos", cell])
        if not isinstance(cell, date)
        else csv_of("Name,Birth", f"Ana Kos,{cell}")
    )
    assert only(alpha).born_on == date(1982, 7, 24)


def test_a_day_of_the_other_calendar_that_a_spreadsheet_took_for_one_of_its_own():
    assert sheet_fields._moved(date(1361, 5, 2)) == date(1982, 7, 24)


def test_numbers_that_are_no_days_are_refused(alpha, bring):
    job = bring(xlsx_of(["Name", "Birth"], ["Ana Kos", 123456]))
    assert "not a date" in refused(alpha, job)[1][-1] or "Check the year" in refused(alpha, job)[1][-1]


def test_numbers_that_were_rounded_are_refused(alpha, bring):
    job = bring(xlsx_of(["Name", "National number"], ["Ana Kos", 1.5], ["Berta Novak", 12345]))
    assert "rounded" in refused(alpha, job)[1][-1]
    with inside(alpha):
        assert only(alpha).national_number == "12345"


def test_a_mended_sheet_of_refused_rows_is_taken(alpha, bring):
    job = bring(csv_of("Name,E-mail", "Ana Kos,wrong", "Berta Novak,b@example.org"))
    rows = refused(alpha, job)
    rows[1][1] = "ana@example.org"
    again = bring(xlsx_of(*rows))
    assert told(again) == {"added": 1}
    assert people(alpha) == ["Ana Kos", "Berta Novak"]


def test_columns_are_remembered_for_the_same_headings(alpha, manager, bring):
    sheet = csv_of("Person,Where", "Ana Kos,Bled")
    with inside(alpha):
        job = imports.bring_sheet(content=sheet, name="x.csv", by=manager)
        assert imports.mapping_of(job) == {0: "whole_name"}
    bring(sheet, mapping={0: "whole_name", 1: "place"})
    with inside(alpha):
        job = imports.bring_sheet(content=csv_of("person, WHERE ", "Berta,Kranj"), name="x.csv", by=manager)
        assert imports.mapping_of(job) == {0: "whole_name", 1: "place"}
        assert ColumnMapping.objects.count() == 1


@pytest.mark.parametrize(
    ("headings", "keys"),
    [
        (
            "Ime;Prezime;Datum rođenja;Pol;Telefon;Mesto;JMBG",
            "given_name family_name born_on sex phone place national_number",
        ),
        ("Ime;Priimek;Datum rojstva;Spol;Kraj;EMŠO", "given_name family_name born_on sex place national_number"),
        ("Emri;Mbiemri;Datëlindja;Gjinia;Vendi;Telefoni", "given_name family_name born_on sex place phone"),
        ("Vardas;Pavardė;Gimimo data;Lytis;Asmens kodas", "given_name family_name born_on sex national_number"),
        ("نام;نام خانوادگی;تاریخ تولد;جنسیت;کد ملی;تلفن", "given_name family_name born_on sex national_number phone"),
        ("First name;Last name;Something;Date of birth;DOB", "given_name family_name  born_on "),
    ],
)
def test_headings_are_guessed_in_six_languages(alpha, manager, headings, keys):
    with inside(alpha):
        job = imports.bring_sheet(content=csv_of(headings, "x"), name="x.csv", by=manager)
        found = imports.mapping_of(job)
    assert [found.get(column, "") for column in range(headings.count(";") + 1)] == keys.split(" ")


def test_what_was_cut_short_goes_on_and_doubles_nobody(alpha, manager, bring, monkeypatch):
    monkeypatch.setattr(imports, "AT_ONCE", 2)
    sheet = csv_of("Name,E-mail", *(f"Person{n} Kos,{'wrong' if n == 0 else ''}" for n in range(7)))
    real, calls = imports.take_over, []

    def dies(**options):
        calls.append(options)
        if len(calls) == 3:
            raise jobs.JobTakenOver  # as far as this worker is concerned, all is over
        return real(**options)

    with inside(alpha):
        job = imports.bring_sheet(content=sheet, name="x.csv", by=manager)
        job = imports.check_sheet(job=job, mapping=imports.mapping_of(job), by=manager)
        jobs.run(job.pk)
        job = imports.take_sheet(job=Job.objects.get(pk=job.pk), sure="update", by_name="fill", by=manager)
        monkeypatch.setattr(imports, "take_over", dies)
        jobs.run(job.pk)
        assert (Job.objects.get(pk=job.pk).done, Client.objects.count()) == (4, 3)
        Job.objects.filter(pk=job.pk).update(beat_at=timezone.now() - 2 * jobs.SILENCE)
        monkeypatch.setattr(imports, "take_over", real)
        jobs.run(job.pk)
        job = Job.objects.get(pk=job.pk)
        assert Client.objects.count() == 6
        assert Entry.objects.filter(action="client.added").count() == 6
    assert told(job) == {"added": 6, "refused": 1}
    assert len(refused(alpha, job)) == 2


def test_queries_do_not_grow_with_the_rows(bring):
    counts = []
    bring(csv_of("Name,File number", "Ana Kos,1"))  # columns are remembered from now on
    for number in (10, 300):
        sheet = csv_of("Name,File number", *(f"P{n} K{number},{number}-{n}" for n in range(number)))
        with CaptureQueriesContext(connection) as queries:
            bring(sheet)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_sheet_that_is_gone_or_empty_is_said_so(alpha, manager, bring):
    assert told(bring(csv_of("Name", ""))) == {}
    with inside(alpha):
        job = imports.bring_sheet(content=csv_of("Name", "Ana"), name="x.csv", by=manager)
        imports.check_sheet(job=job, mapping={0: "whole_name"}, by=manager)
        files.remove(job.file)
        jobs.run(job.pk)
        job = Job.objects.get(pk=job.pk)
    assert (job.state, bool(job.told["reason"])) == (JobState.FAILED, True)


# --- pages ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def browser(alpha, member, client_of):
    return client_of(member(alpha, Role.MANAGER), alpha)


def upload(browser, content, name="people.csv"):
    return browser.post("/clients/import/", {"sheet": SimpleUploadedFile(name, content)})


def test_the_whole_way_on_pages(alpha, browser, tasks):
    assert "/clients/import/" in browser.get("/clients/").content.decode()
    assert browser.get("/clients/import/").status_code == 200
    answer = upload(browser, csv_of("Name,Town,E-mail", "Ana Kos,Bled,", "Berta Novak,Kranj,wrong"))
    page = browser.get(answer["Location"]).content.decode()
    assert "Bled · Kranj" in page
    columns = {"column-0": "whole_name", "column-1": "place", "column-2": "email"}
    with tasks():
        answer = browser.post(answer["Location"], columns)
    page = browser.get(answer["Location"], follow=True).content.decode()
    assert "Go on" in page
    check = f"/clients/import/{answer['Location'].split('/')[-2]}/check/"
    page = browser.get(check).content.decode()
    assert "This is no e-mail address." in page
    with tasks():
        answer = browser.post(check, {"sure": "update", "by_name": "fill"})
    page = browser.get(answer["Location"]).content.decode()
    assert "1 person was added." in page
    assert "1 row was refused." in page
    assert "people - refused.xlsx" in page
    assert people(alpha) == ["Ana Kos"]
    for address in (check, check.removesuffix("check/")):
        assert browser.get(address)["Location"] == answer["Location"]


def test_duplicates_are_shown_with_their_records(alpha, browser, tasks, bring):
    bring(csv_of("Name,Birth", "Ana Kos,1990"))
    answer = upload(browser, csv_of("Name,Birth", "Ana Kos,1990"))
    with tasks():
        browser.post(answer["Location"], {"column-0": "whole_name", "column-1": "born_on"})
    page = browser.get(answer["Location"] + "check/").content.decode()
    assert f"/clients/{only(alpha).pk}/" in page
    assert "same name and birth" in page


def test_many_mistakes_come_in_pages(browser, tasks, monkeypatch):
    from tenants.caseloads.views import imports as views

    monkeypatch.setattr(views, "PROBLEMS", 2)
    answer = upload(browser, csv_of("Name,E-mail", *(f"P{n},wrong" for n in range(3))))
    with tasks():
        browser.post(answer["Location"], {"column-0": "whole_name", "column-1": "email"})
    first = browser.get(answer["Location"] + "check/")
    assert [row["number"] for row in first.context["rows"]] == [2, 3]
    assert "No row can be taken over" in first.content.decode()
    second = browser.get(answer["Location"] + "check/" + first.context["next_url"])
    assert [row["number"] for row in second.context["rows"]] == [4]
    assert second.context["previous_url"].endswith("/check/")


def test_mistakes_on_the_pages_are_told_and_nothing_is_lost(browser):
    assert "The file is empty." in upload(browser, b"").content.decode()
    answer = upload(browser, csv_of("Name,Other,Town", "Ana,x,Bled"))
    page = browser.post(answer["Location"], {"column-0": "", "column-1": "place", "column-2": "place"}).content.decode()
    assert "Choose which column holds the names." in page
    assert "Two columns cannot be the same." in page
    assert browser.get(answer["Location"] + "check/")["Location"] == answer["Location"]


def test_big_files_are_refused(browser, monkeypatch):
    from tenants.caseloads.forms import imports as forms

    monkeypatch.setattr(forms, "MAX_BYTES", 3)
    assert "too big" in upload(browser, b"Name\nAna\n").content.decode()


def test_only_those_who_may_import_do(alpha, browser, member, client_of):
    answer = upload(browser, csv_of("Name", "Ana"))
    assert client_of(member(alpha, Role.CASEWORKER), alpha).get("/clients/import/").status_code == 403
    assert client_of(member(alpha, Role.SUPERVISOR), alpha).get(answer["Location"]).status_code == 404


def test_an_export_is_no_import(alpha, browser):
    answer = browser.post("/clients/export/", {"columns": ["place"], "format": "csv"})
    pk = answer["Location"].split("/")[-2]
    assert browser.get(f"/clients/import/{pk}/").status_code == 404
    assert run_job("alpha", pk) is True
