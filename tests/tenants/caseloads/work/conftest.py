"""Background work that a test says what it does."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from halka.authorization.roles import Permission
from tenants.caseloads.domain import jobs
from tenants.caseloads.enums.work import JobKind


@pytest.fixture
def doing():
    """`with doing(run, …):` the export does that, and is restored afterwards."""

    @contextmanager
    def change(run, permission=Permission.DATA_EXPORT, **options):
        before = dict(jobs._works)
        jobs.register(JobKind.EXPORT, run, permission, **options)
        try:
            yield
        finally:
            jobs._works.clear()
            jobs._works.update(before)

    return change
