"""What an organisation's role reaches of the knowledge base: what is taught, its own rows of adoptions and evidence,
its own texts, and those it was asked to read.

Pages are not reached: the network's host shows them. A reader finds a text by its own reading, and nothing there
says whose it is, unless its organisation signed it.
"""

from tenants.organisations.walls.grants import OWN, Grant

_OWN_SUBMISSION = "EXISTS (SELECT 1 FROM knowledge_base_submission AS own WHERE own.id = submission_id AND {more})"
_OF_OWN = _OWN_SUBMISSION.format(more=f"own.organisation_id {OWN}")
_TO_READ = (
    "EXISTS (SELECT 1 FROM knowledge_base_review AS asked WHERE asked.text_id = knowledge_base_submittedtext.id "
    f"AND asked.reader_id {OWN} AND asked.state <> 'passed_on')"
)
_MAY_SEND = _OWN_SUBMISSION.format(
    more=f"own.organisation_id {OWN} AND own.state IN ('sent', 'returned') AND own.withdrawn_at IS NULL "
    "AND knowledge_base_submittedtext.round = own.round + 1"
)
_OWN_GROUP = (
    "EXISTS (SELECT 1 FROM organisations_workinggroup_organisations AS own "
    f"WHERE own.workinggroup_id = knowledge_base_submission.group_id AND own.organisation_id {OWN})"
)

GRANTS = (
    # Taken back by its own organisation, which cannot say otherwise where it stands.
    Grant(
        "knowledge_base_submission",
        select=("*",),
        insert=("*",),
        update=("withdrawn_at",),
        rows=f"organisation_id {OWN}",
        added_rows=f"organisation_id {OWN} AND state = 'sent' AND round = 0 AND page_id IS NULL AND path = '' "
        f"AND (group_id IS NULL OR {_OWN_GROUP})",
    ),
    Grant(
        "knowledge_base_submittedtext",
        select=("*",),
        insert=("*",),
        rows=f"{_OF_OWN} OR {_TO_READ}",
        written_rows="false",
        added_rows=f"{_MAY_SEND} AND (signed_by_id IS NULL OR signed_by_id {OWN})",
    ),
    # The writer reads what was said when the round is over; readers change their own word until then.
    Grant(
        "knowledge_base_review",
        select=("*",),
        update=("state", "comments", "said", "answered_at"),
        rows=f"(reader_id {OWN} AND state <> 'passed_on') OR (closed_at IS NOT NULL AND {_OF_OWN})",
        written_rows=f"reader_id {OWN} AND closed_at IS NULL AND state <> 'passed_on'",
    ),
    # Views of published versions alone.
    Grant("knowledge_base_publishedcurriculum", select=("*",)),
    Grant("knowledge_base_publishedversion", select=("*",)),
    Grant("knowledge_base_publishedmodule", select=("*",)),
    Grant("knowledge_base_publishedunit", select=("*",)),
    # A view of what is for working groups that the organisation is in.
    Grant("knowledge_base_groupstext", select=("*",)),
    # A view of what every member may read.
    Grant("knowledge_base_memberstext", select=("*",)),
    Grant(
        "knowledge_base_adoption",
        select=("*",),
        insert=("*",),
        update=("version_id",),
        delete=True,
        rows=f"organisation_id {OWN}",
    ),
    Grant(
        "knowledge_base_evidence",
        select=("*",),
        insert=("*",),
        update=("groups", "people", "completed", "rated", "distance", "computed_at"),
        delete=True,
        rows=f"organisation_id {OWN}",
    ),
)
