"""What of the knowledge base is an organisation's own: what it sent, and what it told of curricula that it teaches."""

from tenants.organisations.leaving.own_rows import OwnRows

OWN = "own.organisation_id = %(organisation)s"
_SENT = f"own.submission_id IN (SELECT own.id FROM knowledge_base_submission AS own WHERE {OWN})"

# None of it loads elsewhere: it hangs on pages that the network publishes.
OWN_ROWS = (
    OwnRows("knowledge_base_adoption", OWN, loads=False),
    OwnRows("knowledge_base_evidence", OWN, loads=False),
    OwnRows("knowledge_base_submission", OWN, loads=False),
    OwnRows("knowledge_base_submittedtext", _SENT, loads=False),
)
NOT_OWN = {
    "knowledge_base_lesson": "published, and the network's since",
    "knowledge_base_practice": "published, and the network's since",
    "knowledge_base_signature": "stands under what the network published",
    "knowledge_base_readinglist": "of the person who keeps it",
    "knowledge_base_remark": "part of a public page",
    "knowledge_base_review": "about somebody else's text",
    "knowledge_base_used": "part of a public page",
}
