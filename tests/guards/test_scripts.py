"""The prepared scripts make what the migrations make: same versions, same catalogue, same rows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tenants.organisations.domain.provisioning import prepare_spare
from tenants.organisations.isolation import as_owner
from tenants.organisations.management.commands import write_schema_scripts
from tenants.organisations.walls import ddl, scripts
from tenants.organisations.walls.versions import expected_shared_version, expected_version

ADVICE = "`manage.py write_schema_scripts` writes both scripts anew."


def body(script: Path) -> str:
    return script.read_text().partition("\n")[2]


def test_the_scripts_are_on_the_codes_version() -> None:
    assert scripts.script_version(scripts.SHARED) == expected_shared_version(), ADVICE
    assert scripts.script_version(scripts.PRIVATE) == expected_version(), ADVICE


def test_a_schema_made_by_the_script_is_what_the_script_says(committing: None) -> None:
    spare = prepare_spare()
    try:
        made = scripts.dump(spare.schema_name, data=True)
    finally:
        with as_owner():
            ddl.drop_organisation(spare.db_role, spare.schema_name)
            spare.delete()
    assert made.replace(spare.schema_name, scripts.PLACEHOLDER) == body(scripts.PRIVATE)


def alike(script: str) -> str:
    """Migrations draw some keys at random."""
    return re.sub(r"'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'", "'key'", script)


@pytest.mark.slow
def test_the_scripts_make_what_the_migrations_make(committing: None) -> None:
    """Real migrations take a minute or two, so what `write_schema_scripts` wrote from these very files is believed."""
    if scripts.DIGEST.read_text().strip() == write_schema_scripts.digest():
        return
    shared, private = write_schema_scripts.dumps_of_real_migrations()
    assert alike(shared) == alike(body(scripts.SHARED)), ADVICE
    assert alike(private) == alike(body(scripts.PRIVATE)), ADVICE
    pytest.fail(f"They do, and were not made from these files. {ADVICE}")
