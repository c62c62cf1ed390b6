"""Incidents are written by the secretariat; the page that tells of them runs with the network's rights."""

from tenants.organisations.walls.grants import Grant

GRANTS = (
    Grant(
        "status_incident",
        select=("*",),
        insert=("*",),
        update=("part", "gravity", "titles", "started_at", "ended_at", "version"),
        secretariat=True,
    ),
    Grant("status_incidentupdate", select=("*",), insert=("*",), secretariat=True),
)
