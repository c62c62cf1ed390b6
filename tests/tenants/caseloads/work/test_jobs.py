"""Work in the background: whose it is, who does it, what comes out, and what happens when a worker dies."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from halka.audit.models import Entry
from halka.authorization.roles import Permission, Role
from halka.common.errors import Refused
from halka.common.sealing import files
from tenants.caseloads.domain import jobs
from tenants.caseloads.enums.work import JobKind, JobState
from tenants.caseloads.models import Job
from tenants.caseloads.tasks.jobs import look_after_jobs, run_job
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership


def hello(job, seat):
    jobs.progress(job, done=1, total=2)
    jobs.finish(job, result=[b"hel", b"lo"], result_name="hello.txt", told={"rows": 2})


def started(ref, seat, **options):
    with inside(ref):
        return jobs.start_job(kind=JobKind.EXPORT, ask={"a": 1}, by=seat, **options)


def saved(ref, job):
    with inside(ref):
        return Job.objects.get(pk=job.pk)


def actions(ref):
    with inside(ref):
        return list(Entry.objects.order_by("at", "id").values_list("action", flat=True))


def kept_files(ref):
    return [path for path in Path(settings.MEDIA_ROOT, "organisations", str(ref.id)).rglob("*") if path.is_file()]


def test_work_is_done_by_a_worker_and_its_result_sealed(alpha, seat_in, doing, tasks):
    seat = seat_in(alpha)
    with doing(hello):
        with tasks():
            job = started(alpha, seat)
        job = saved(alpha, job)
        assert (job.state, job.done, job.total, job.told, job.turn) == (JobState.DONE, 1, 2, {"rows": 2}, 1)
        with inside(alpha):
            assert b"".join(jobs.fetch(job=job, by=seat)) == b"hello"
            assert b"hello" not in Path(files.default_storage.path(job.result)).read_bytes()
    assert actions(alpha) == ["job.begun", "job.fetched"]


def test_what_it_was_asked_and_its_file_wait_sealed(alpha, seat_in, doing):
    def read(job, seat):
        text = b"".join(files.read(row=job, column="file", name=job.file))
        jobs.finish(job, told={"length": len(text), "asked": job.ask["a"]})

    with doing(read):
        job = started(alpha, seat_in(alpha), file=[b"12345"], file_name="people.csv")
        assert run_job("alpha", str(job.pk)) is True
    job = saved(alpha, job)
    assert (job.told, job.file_name, job.result) == ({"length": 5, "asked": 1}, "people.csv", "")


def test_nobody_begins_what_their_role_does_not_allow(alpha, seat_in, doing):
    with doing(hello), pytest.raises(PermissionDenied):
        started(alpha, seat_in(alpha, Role.VIEWER))
    with inside(alpha):
        assert not Job.objects.exists()


def test_a_file_does_not_stay_where_the_job_could_not_be_saved(alpha, seat_in, doing, monkeypatch):
    def refuse(**options):
        raise RuntimeError

    before = kept_files(alpha)
    monkeypatch.setattr(jobs, "record", refuse)
    with doing(hello):
        for file in ([b"x"], None):
            with pytest.raises(RuntimeError):
                started(alpha, seat_in(alpha), file=file)
    assert kept_files(alpha) == before


@pytest.mark.parametrize("change", [{"role": Role.VIEWER}, {"ended_at": timezone.now()}])
def test_rights_are_asked_again_when_it_runs(alpha, seat_in, doing, change):
    seat, ran = seat_in(alpha), []
    with doing(lambda job, seat: ran.append(job)):
        job = started(alpha, seat)
        Membership.objects.filter(pk=seat.membership_id).update(**change)
        assert run_job("alpha", str(job.pk)) is True
    job = saved(alpha, job)
    assert (job.state, ran) == (JobState.FAILED, [])
    assert "does not allow this any more" in job.told["reason"]
    assert actions(alpha) == ["job.begun", "job.refused"]


def test_rights_are_asked_again_when_it_is_fetched(alpha, seat_in, doing):
    seat = seat_in(alpha)
    allowed = [True]
    with doing(hello, may_fetch=lambda job, seat: allowed[0]):
        job = started(alpha, seat)
        run_job("alpha", str(job.pk))
        allowed[0] = False
        with inside(alpha), pytest.raises(PermissionDenied):
            jobs.fetch(job=saved(alpha, job), by=seat)
    assert actions(alpha)[-1] == "job.refused"


def test_the_owner_reads_why_it_was_refused_and_nobody_reads_why_it_broke(alpha, seat_in, doing):
    def refuse(job, seat):
        raise jobs.JobBroken("The sheet is empty.")

    def crash(job, seat):
        raise ZeroDivisionError("a secret of ours")

    seat = seat_in(alpha)
    for work, reason in ((refuse, "The sheet is empty."), (crash, "")):
        with doing(work):
            job = started(alpha, seat)
            run_job("alpha", str(job.pk))
        job = saved(alpha, job)
        assert (job.state, job.told) == (JobState.FAILED, {"reason": reason})


def test_fail_ends_it_with_words(alpha, seat_in, doing):
    with doing(lambda job, seat: jobs.fail(job, "No.")):
        job = started(alpha, seat_in(alpha))
        run_job("alpha", str(job.pk))
    assert saved(alpha, job).told == {"reason": "No."}


def test_a_job_is_done_once(alpha, seat_in, doing):
    ran = []

    def count(job, seat):
        ran.append(job.pk)
        assert run_job("alpha", str(job.pk)) is False  # delivered a second time, while a worker is at it
        hello(job, seat)

    with doing(count):
        job = started(alpha, seat_in(alpha))
        run_job("alpha", str(job.pk))
        assert run_job("alpha", str(job.pk)) is False
    assert len(ran) == 1


def silent(ref, job, **values):
    long_ago = timezone.now() - 2 * jobs.SILENCE
    with inside(ref):
        Job.objects.filter(pk=job.pk).update(**{"beat_at": long_ago, "created_at": long_ago, **values})


def test_a_dead_workers_job_is_taken_up_and_the_dead_one_may_not_write_any_more(alpha, seat_in, doing):
    ghosts = []

    def die(job, seat):
        ghosts.append(job)
        jobs.progress(job, done=1, total=2)  # and nothing more is heard of it

    seat = seat_in(alpha)
    with doing(die):
        job = started(alpha, seat)
        run_job("alpha", str(job.pk))
        assert run_job("alpha", str(job.pk)) is False  # perhaps it lives
    silent(alpha, job)
    with doing(hello):
        assert run_job("alpha", str(job.pk)) is True
        with inside(alpha):
            for act in (
                lambda: jobs.progress(ghosts[0], done=2),
                lambda: jobs.finish(ghosts[0], result=[b"ghost"], result_name="ghost.txt"),
                lambda: jobs.finish(ghosts[0]),
            ):
                with pytest.raises(jobs.JobTakenOver):
                    act()
            jobs.fail(ghosts[0], "ghost")
            assert b"".join(jobs.fetch(job=saved(alpha, job), by=seat)) == b"hello"
    assert saved(alpha, job).turn == 2


def test_a_worker_whose_job_was_taken_over_ends_quietly(alpha, seat_in, doing):
    def late(job, seat):
        Job.objects.filter(pk=job.pk).update(turn=9)
        jobs.progress(job, done=1)

    with doing(late):
        job = started(alpha, seat_in(alpha))
        assert run_job("alpha", str(job.pk)) is False


def test_what_kills_every_worker_is_given_up(alpha, seat_in, doing):
    with doing(hello):
        job = started(alpha, seat_in(alpha))
        silent(alpha, job, turn=jobs.TURNS, state=JobState.RUNNING)
        assert run_job("alpha", str(job.pk)) is False
    assert saved(alpha, job).state == JobState.FAILED


def test_its_owner_takes_it_up_again(alpha, seat_in, doing, tasks):
    seat = seat_in(alpha)
    with doing(hello):
        job = started(alpha, seat)
        with inside(alpha), pytest.raises(Refused):
            jobs.resume(job=job, by=seat)
        silent(alpha, job, state=JobState.RUNNING)
        with tasks(), inside(alpha):
            assert jobs.resume(job=job, by=seat).state == JobState.WAITING
        assert saved(alpha, job).state == JobState.DONE
        with inside(alpha):
            Job.objects.filter(pk=job.pk).update(state=JobState.FAILED)
            jobs.resume(job=job, by=seat)
    assert saved(alpha, job).state == JobState.WAITING


def test_a_draft_waits_until_it_is_begun(alpha, seat_in, doing, tasks):
    seat = seat_in(alpha)

    def first(job, seat):
        if job.ask["part"] == 1:
            jobs.back_to_draft(job, result=[b"looked"], result_name="first.txt", told={"rows": 1})
        else:
            jobs.finish(job, result=[b"done"], result_name="second.txt")

    with doing(first):
        with tasks():
            job = started(alpha, seat, draft=True)
        assert saved(alpha, job).state == JobState.DRAFT
        assert run_job("alpha", str(job.pk)) is False
        for part, state, name in ((1, JobState.DRAFT, "first.txt"), (2, JobState.DONE, "second.txt")):
            before = saved(alpha, job).result
            with tasks(), inside(alpha):
                jobs.begin(job=job, ask={"part": part}, by=seat)
            job = saved(alpha, job)
            assert (job.state, job.result_name) == (state, name)
            if before:
                with inside(alpha):
                    assert not Path(files.default_storage.path(before)).exists()
        with inside(alpha), pytest.raises(Refused):
            jobs.begin(job=job, ask={}, by=seat)


def test_what_is_over_is_removed_with_its_files(alpha, beta, seat_in, doing, tasks):
    with doing(hello):
        job = started(alpha, seat_in(alpha), file=[b"x"])
        run_job("alpha", str(job.pk))
        other = started(beta, seat_in(beta))
        run_job("beta", str(other.pk))
    job = saved(alpha, job)
    assert timezone.now() + timedelta(hours=23) < job.expires_at < timezone.now() + timedelta(hours=25)
    with inside(alpha):
        paths = [Path(files.default_storage.path(name)) for name in (job.file, job.result)]
        Job.objects.update(expires_at=timezone.now())
    assert all(path.exists() for path in paths)
    with tasks():
        look_after_jobs()
    with inside(alpha):
        assert not Job.objects.exists()
    assert not any(path.exists() for path in paths)
    with inside(beta):
        assert Job.objects.get().result


def test_what_nobody_is_at_is_sent_again(alpha, seat_in, doing, tasks):
    with doing(hello):
        jobs_ = [started(alpha, seat_in(alpha)) for _ in range(3)]
        silent(alpha, jobs_[0])
        silent(alpha, jobs_[1], state=JobState.RUNNING)
        with tasks():
            look_after_jobs()
    assert [saved(alpha, job).state for job in jobs_] == [JobState.DONE, JobState.DONE, JobState.WAITING]


def test_an_organisation_that_is_being_migrated_is_passed_over(alpha, monkeypatch):
    from tenants.caseloads.tasks import jobs as task
    from tenants.organisations.isolation import OrganisationUnavailable

    def shut(ref):
        raise OrganisationUnavailable

    monkeypatch.setattr(task, "inside", shut)
    assert look_after_jobs() == 0


# --- pages ----------------------------------------------------------------------------------------------------
@pytest.fixture
def browser(worker):
    return worker.browser


def seat_of(worker):
    from halka.authorization.roles import Seat

    return Seat(worker.user.pk, worker.membership.pk, Role.CASEWORKER, worker.user.name)


def test_the_owner_watches_and_fetches(worker, doing):
    with doing(hello, words=lambda job: [f"{job.told['rows']} rows"]):
        job = started(worker.ref, seat_of(worker))
        page = worker.browser.get(f"/jobs/{job.pk}/").content.decode()
        assert 'hx-trigger="every 2s"' in page
        assert "Look how far it is" in page
        with inside(worker.ref):
            Job.objects.update(state=JobState.RUNNING, done=1, total=4)
        part = worker.browser.get(f"/jobs/{job.pk}/", headers={"hx-request": "true"}).content.decode()
        assert "1 of 4" in part
        assert "<html" not in part
        with inside(worker.ref):
            Job.objects.update(state=JobState.WAITING)
        run_job("alpha", str(job.pk))
        page = worker.browser.get(f"/jobs/{job.pk}/").content.decode()
        assert "2 rows" in page
        assert "hx-trigger" not in page
        response = worker.browser.get(f"/jobs/{job.pk}/file/")
        assert b"".join(response.streaming_content) == b"hello"
        assert response["Content-Disposition"] == "attachment; filename*=UTF-8''hello.txt"
        assert response["Content-Type"] == "text/plain"
        assert "no-store" in response["Cache-Control"]
        assert "hello.txt" in worker.browser.get("/jobs/").content.decode()


def test_nobody_else_knows_of_it(worker, alpha, beta, member, client_of, doing):
    with doing(hello):
        job = started(worker.ref, seat_of(worker))
        run_job("alpha", str(job.pk))
        others = [client_of(member(alpha, Role.MANAGER), alpha), client_of(member(beta, Role.MANAGER), beta)]
        for other in others:
            for page in ("", "file/"):
                assert other.get(f"/jobs/{job.pk}/{page}").status_code == 404
            for page in ("again/", "remove/"):
                assert other.post(f"/jobs/{job.pk}/{page}").status_code == 404
            assert "Nothing is going on" in other.get("/jobs/").content.decode()
    assert saved(alpha, job).state == JobState.DONE


def test_a_role_that_was_changed_fetches_nothing(worker, doing):
    with doing(hello):
        job = started(worker.ref, seat_of(worker))
        run_job("alpha", str(job.pk))
        Membership.objects.filter(pk=worker.membership.pk).update(role=Role.MENTOR)
        assert worker.browser.get(f"/jobs/{job.pk}/file/").status_code == 403


def test_a_file_that_is_gone_is_said_to_be_gone(worker, doing):
    with doing(lambda job, seat: jobs.finish(job)):
        job = started(worker.ref, seat_of(worker))
        run_job("alpha", str(job.pk))
        page = worker.browser.get(f"/jobs/{job.pk}/file/", follow=True)
        assert "not kept any more" in page.content.decode()
        with inside(worker.ref):
            Job.objects.update(result="sealed/00/00", result_name="x.csv")
        assert "not kept any more" in worker.browser.get(f"/jobs/{job.pk}/file/", follow=True).content.decode()
        with inside(worker.ref):
            Job.objects.update(expires_at=timezone.now())
        assert worker.browser.get(f"/jobs/{job.pk}/").status_code == 404


def test_a_job_that_stands_still_says_so_and_is_started_again(worker, doing, tasks):
    with doing(hello):
        job = started(worker.ref, seat_of(worker))
        assert "under way already" in worker.browser.post(f"/jobs/{job.pk}/again/", follow=True).content.decode()
        silent(worker.ref, job)
        page = worker.browser.get(f"/jobs/{job.pk}/").content.decode()
        assert "Nobody is working on this" in page
        assert "hx-trigger" not in page
        assert "Stands still" in worker.browser.get("/jobs/").content.decode()
        with tasks():
            worker.browser.post(f"/jobs/{job.pk}/again/")
    assert saved(worker.ref, job).state == JobState.DONE


def test_failures_are_told(worker, doing):
    with doing(hello):
        job = started(worker.ref, seat_of(worker))
        for told, words in (({"reason": "Too long."}, "Too long."), ({"reason": ""}, "on our side")):
            with inside(worker.ref):
                Job.objects.update(state=JobState.FAILED, told=told)
            assert words in worker.browser.get(f"/jobs/{job.pk}/").content.decode()


def test_a_draft_leads_to_where_it_goes_on(worker, doing):
    with doing(hello, page="job-file"):
        job = started(worker.ref, seat_of(worker), draft=True)
        address = f"/jobs/{job.pk}/file/"
        assert f'href="{address}"' in worker.browser.get(f"/jobs/{job.pk}/").content.decode()
        part = worker.browser.get(f"/jobs/{job.pk}/", headers={"hx-request": "true"})
        assert part["HX-Redirect"] == address


def test_removing_stops_it(worker, doing, tasks):
    def stopped(job, seat):
        jobs.discard(job=job, by=seat)
        jobs.progress(job, done=1)

    with doing(stopped):
        job = started(worker.ref, seat_of(worker), file=[b"x"])
        with tasks():
            assert run_job("alpha", str(job.pk)) is False
        job = started(worker.ref, seat_of(worker))
        assert "It is removed" in worker.browser.post(f"/jobs/{job.pk}/remove/", follow=True).content.decode()
    with inside(worker.ref):
        assert not Job.objects.exists()


def test_support_has_no_jobs(alpha, seat_in):
    from halka.authorization.roles import Seat

    support = Seat(1, None, None, "Support", support_grant_id=alpha.id)
    with inside(alpha), pytest.raises(PermissionDenied):
        jobs.start_job(kind=JobKind.EXPORT, ask={}, by=support)
    assert not support.can(Permission.DATA_EXPORT)


def test_support_opens_no_jobs_page_of_anybody(alpha, doing, seat_in):
    from types import SimpleNamespace

    from django.http import Http404

    from halka.authorization.roles import Seat
    from tenants.caseloads.views.jobs import own_job

    support = Seat(1, None, None, "Support", support_grant_id=alpha.id)
    with doing(hello):
        job = started(alpha, seat_in(alpha))
    with inside(alpha), pytest.raises(Http404):
        own_job(SimpleNamespace(seat=support), job.pk)
