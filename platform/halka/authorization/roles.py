"""Who may do what: one table of data, shown to people on a page and in docs/generated/roles.md."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    MANAGER = "manager", _("Manager")
    SUPERVISOR = "supervisor", _("Supervisor")
    CASEWORKER = "caseworker", _("Caseworker")
    MENTOR = "mentor", _("Mentor or facilitator")
    VOLUNTEER = "volunteer", _("Volunteer")
    VIEWER = "viewer", _("Viewer")
    AUDITOR = "auditor", _("Auditor")
    SECRETARIAT = "secretariat", _("Network secretariat")
    EDITOR = "editor", _("Knowledge editor")
    PROVINCIAL = "provincial", _("Provincial officer")


class Permission(TextChoices):
    TODAY_VIEW = "today.view", _("See the day's work")
    CLIENT_VIEW = "client.view", _("Read the clients one works with")
    CLIENT_LOOKUP = "client.lookup", _("Find any client by name, and read those nobody is responsible for")
    CLIENT_EDIT = "client.edit", _("Add and change clients")
    JOURNAL_WRITE = "journal.write", _("Write in the journal")
    CASE_SUPERVISE = "case.supervise", _("Read all clients, share out the work, check emergency access")
    PROGRAMME_MANAGE = "programme.manage", _("Set up programmes, scales and lists")
    RIGHTS_MANAGE = "rights.manage", _("Hand out, erase and set how long records are kept")
    DATA_IMPORT = "data.import", _("Import clients from a sheet")
    DATA_EXPORT = "data.export", _("Export lists of clients")
    LEARNING_VIEW = "learning.view", _("See what is taught here: curricula and units")
    LEARNING_ADAPT = "learning.adapt", _("Adopt curricula and rewrite them")
    REFERRAL_VIEW = "referral.view", _("Read referrals")
    REFERRAL_SEND = "referral.send", _("Send referrals")
    REFERRAL_ANSWER = "referral.answer", _("Open, accept and decline referrals")
    RECORD_MOVE = "record.move", _("Ask to move whole records to other organisations")
    RECORD_RECEIVE = "record.receive", _("Take on whole records from other organisations, and see all moves")
    DISCLOSURE_VIEW = "disclosure.view", _("Read what was told with a referral: names and details")
    DIRECTORY_VIEW = "directory.view", _("Search the network's services")
    CAPACITY_CONFIRM = "capacity.confirm", _("Say how many places are free and how long people wait")
    EVENT_VIEW = "event.view", _("Follow what happens to referrals")
    WEBHOOK_MANAGE = "webhook.manage", _("Choose where other software is told of events")
    MEMBER_VIEW = "member.view", _("See colleagues and their roles")
    MEMBER_MANAGE = "member.manage", _("Invite people, change roles, end memberships")
    ORGANISATION_MANAGE = "organisation.manage", _("Change the organisation's settings")
    SUPPORT_GRANT = "support.grant", _("Let network support in for a limited time")
    AUDIT_VIEW = "audit.view", _("Read who changed and who looked at what")
    NETWORK_VIEW = "network.view", _("See the network's organisations")
    NETWORK_MANAGE = "network.manage", _("Suspend and resume organisations")
    MEMBERSHIP_REVIEW = "membership.review", _("Read applications to join, and decide them")
    KNOWLEDGE_EDIT = "knowledge.edit", _("Edit the knowledge base")
    KNOWLEDGE_WRITE = "knowledge.write", _("Write down what was learned, for the network")
    KNOWLEDGE_RELEASE = "knowledge.release", _("Let what was learned leave the organisation")
    KNOWLEDGE_REVIEW = "knowledge.review", _("Read other organisations’ texts before they are published")


class Scope(TextChoices):
    """What a manager lets an organisation's own software do; the words stand beside the boxes they tick."""

    REFERRALS_READ = "referrals:read", _("Read referrals, without names")
    REFERRALS_WRITE = "referrals:write", _("Send and answer referrals")
    DISCLOSURES_READ = "disclosures:read", _("Read the names and details that were told with referrals")
    DIRECTORY_READ = "directory:read", _("Search the network's services")
    SERVICES_WRITE = "services:write", _("Say how many places are free and how long people wait")
    CLIENTS_READ = "clients:read", _("Read all your clients and their cases")
    CLIENTS_WRITE = "clients:write", _("Add and change clients and cases")
    EVENTS_READ = "events:read", _("Follow events, by asking for them")
    WEBHOOKS_WRITE = "webhooks:write", _("Choose where events are sent")


@dataclass(frozen=True)
class RoleRow:
    """A row of the table: what the role is for, what it may do, and whether it belongs to the network."""

    description: str | Promise
    permissions: frozenset[Permission]
    network: bool = False


_READ = frozenset(
    {Permission.TODAY_VIEW, Permission.CLIENT_VIEW, Permission.CLIENT_LOOKUP, Permission.LEARNING_VIEW,
     Permission.REFERRAL_VIEW, Permission.DISCLOSURE_VIEW, Permission.DIRECTORY_VIEW, Permission.EVENT_VIEW,
     Permission.MEMBER_VIEW}
)  # fmt: skip
_WORK = _READ | {
    Permission.CLIENT_EDIT, Permission.JOURNAL_WRITE, Permission.REFERRAL_SEND, Permission.REFERRAL_ANSWER,
    Permission.CAPACITY_CONFIRM, Permission.KNOWLEDGE_WRITE,
}  # fmt: skip
_LEAD = _WORK | {
    Permission.CASE_SUPERVISE, Permission.LEARNING_ADAPT, Permission.PROGRAMME_MANAGE, Permission.DATA_IMPORT,
    Permission.DATA_EXPORT, Permission.AUDIT_VIEW, Permission.KNOWLEDGE_REVIEW, Permission.RECORD_MOVE,
    Permission.RECORD_RECEIVE,
}  # fmt: skip
_RUN = frozenset(
    {Permission.TODAY_VIEW, Permission.MEMBER_VIEW, Permission.MEMBER_MANAGE, Permission.ORGANISATION_MANAGE,
     Permission.SUPPORT_GRANT, Permission.AUDIT_VIEW, Permission.DIRECTORY_VIEW, Permission.EVENT_VIEW,
     Permission.WEBHOOK_MANAGE}
)  # fmt: skip

ROLES: dict[Role, RoleRow] = {
    Role.MANAGER: RoleRow(
        _("Runs the organisation: people, settings and all daily work."),
        _LEAD | _RUN | {Permission.RIGHTS_MANAGE, Permission.KNOWLEDGE_RELEASE},
    ),
    Role.SUPERVISOR: RoleRow(_("Leads caseworkers and mentors, and checks how records are used."), _LEAD),
    Role.CASEWORKER: RoleRow(
        _("Works with clients and with referrals in both directions, and exports lists."),
        _WORK | {Permission.DATA_EXPORT, Permission.RECORD_MOVE},
    ),
    Role.MENTOR: RoleRow(
        _("Works with clients and with referrals in both directions, and chooses and adapts what is taught."),
        _WORK | {Permission.LEARNING_ADAPT},
    ),
    Role.VOLUNTEER: RoleRow(
        _("Helps the people whose team they are on: reads their records and writes in their journals."),
        frozenset(
            {
                Permission.TODAY_VIEW,
                Permission.CLIENT_VIEW,
                Permission.JOURNAL_WRITE,
                Permission.MEMBER_VIEW,
                Permission.KNOWLEDGE_WRITE,
            }
        ),
    ),
    Role.VIEWER: RoleRow(_("Reads the clients they are let in on and referrals, and changes nothing."), _READ),
    Role.AUDITOR: RoleRow(
        _("Checks who did what, without reading clients."),
        frozenset({Permission.TODAY_VIEW, Permission.MEMBER_VIEW, Permission.AUDIT_VIEW}),
    ),
    Role.SECRETARIAT: RoleRow(
        _("Looks after the network's members. Has no way into their private data."),
        _RUN
        | {
            Permission.NETWORK_VIEW,
            Permission.NETWORK_MANAGE,
            Permission.MEMBERSHIP_REVIEW,
            Permission.KNOWLEDGE_EDIT,
        },
        network=True,
    ),
    Role.EDITOR: RoleRow(
        _("Writes and publishes what the network has learned."),
        frozenset(
            {
                Permission.TODAY_VIEW,
                Permission.MEMBER_VIEW,
                Permission.NETWORK_VIEW,
                Permission.KNOWLEDGE_EDIT,
            }
        ),
        network=True,
    ),
    Role.PROVINCIAL: RoleRow(
        _("Looks after the organisations of one province."),
        _RUN | {Permission.NETWORK_VIEW, Permission.MEMBERSHIP_REVIEW},
        network=True,
    ),
}

SUPPORT_PERMISSIONS = frozenset(
    {Permission.TODAY_VIEW, Permission.CLIENT_VIEW, Permission.REFERRAL_VIEW, Permission.MEMBER_VIEW}
)


def roles_with(permission: Permission) -> list[Role]:
    return [role for role, row in ROLES.items() if permission in row.permissions]


# Whoever runs an organisation's people is always asked for a second factor, outside of the demo.
DEMANDING_ROLES = frozenset(roles_with(Permission.MEMBER_MANAGE))
# What software may do by scope. Colleagues come with all that name one as responsible.
SCOPES: dict[Scope, frozenset[Permission]] = {
    Scope.REFERRALS_READ: frozenset({Permission.REFERRAL_VIEW, Permission.MEMBER_VIEW}),
    Scope.REFERRALS_WRITE: frozenset(
        {Permission.REFERRAL_VIEW, Permission.REFERRAL_SEND, Permission.REFERRAL_ANSWER, Permission.MEMBER_VIEW}
    ),
    Scope.DISCLOSURES_READ: frozenset({Permission.REFERRAL_VIEW, Permission.DISCLOSURE_VIEW}),
    Scope.DIRECTORY_READ: frozenset({Permission.DIRECTORY_VIEW}),
    Scope.SERVICES_WRITE: frozenset({Permission.DIRECTORY_VIEW, Permission.CAPACITY_CONFIRM}),
    Scope.CLIENTS_READ: frozenset({Permission.CLIENT_VIEW, Permission.MEMBER_VIEW}),
    Scope.CLIENTS_WRITE: frozenset({Permission.CLIENT_VIEW, Permission.CLIENT_EDIT, Permission.MEMBER_VIEW}),
    Scope.EVENTS_READ: frozenset({Permission.EVENT_VIEW}),
    Scope.WEBHOOKS_WRITE: frozenset({Permission.EVENT_VIEW, Permission.WEBHOOK_MANAGE}),
}


@dataclass(frozen=True)
class Seat:
    """Somebody's place in one organisation, as found for the running request.

    `user_id` is the account's, `membership_id` None for network support let in for a limited time. Software has
    neither: a `software_id`, and permissions by its `scopes`. Whoever answers by a link has its `link_id`. A seat with
    nothing of all that is the system's or that of a client on their own page. The last three may do nothing by role.
    """

    user_id: int
    membership_id: UUID | None
    role: Role | None
    name: str
    support_grant_id: UUID | None = None
    software_id: UUID | None = None
    scopes: frozenset[Scope] = frozenset()
    link_id: UUID | None = None

    @property
    def is_support(self) -> bool:
        return self.support_grant_id is not None

    @property
    def is_software(self) -> bool:
        return self.software_id is not None

    @property
    def permissions(self) -> frozenset[Permission]:
        if self.role is not None:
            return ROLES[self.role].permissions
        if self.is_software:
            return frozenset().union(*(SCOPES[scope] for scope in self.scopes))
        return SUPPORT_PERMISSIONS if self.is_support else frozenset()

    def can(self, permission: Permission) -> bool:
        return permission in self.permissions
