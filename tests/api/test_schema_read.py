from __future__ import annotations

from pathlib import Path

import yaml
from django.conf import settings
from django.core.management import call_command
from django.test import Client

COMMITTED = Path(settings.ROOT) / "docs" / "generated" / "openapi.yaml"


def test_the_committed_description_is_the_codes(tmp_path: Path) -> None:
    fresh = tmp_path / "openapi.yaml"
    call_command("spectacular", file=str(fresh), validate=True, fail_on_warn=True)
    assert fresh.read_text() == COMMITTED.read_text(), "run `make openapi` and read the change"


def test_members_read_it(at_target: Client) -> None:
    response = at_target.get("/api/v1/schema/")
    assert response.status_code == 200
    served = yaml.safe_load(response.content)
    assert served["openapi"] == "3.1.1"
    assert served["paths"].keys() == yaml.safe_load(COMMITTED.read_text())["paths"].keys()
