"""Records whose history people ask for: what they were before, and who changed them."""

from halka.audit.history import tracked
from halka.common.models import PrivateModel
from tenants.caseloads.models.assessments import Scale
from tenants.caseloads.models.cases import Case, Exit, FollowUp, TeamMember
from tenants.caseloads.models.clients import Client
from tenants.caseloads.models.consents import Consent, RetentionRule
from tenants.caseloads.models.plans import Goal, Plan, Step
from tenants.caseloads.models.programmes import Programme

# Columns that are computed, and `last_contact_on`, which every journal entry moves.
OF_CLIENT = ("search_key", "sort_key", "national_number_index", "last_contact_on", "restricted_at", "held_at",
             "created_at", "version")  # fmt: skip
COUNTED = ("created_at", "version")

TRACKED: tuple[type[PrivateModel], ...] = (
    tracked(exclude=OF_CLIENT)(Client),
    tracked(of="client")(Consent),
    tracked(of="client", exclude=COUNTED)(Case),
    tracked(of="case")(TeamMember),
    tracked(of="case")(Exit),
    tracked(of="exit")(FollowUp),
    tracked(of="case", exclude=COUNTED)(Plan),
    tracked(of="plan")(Goal),
    tracked(of="goal")(Step),
    tracked(exclude=COUNTED)(Programme),
    tracked(exclude=("version",))(Scale),
    tracked(exclude=("version",))(RetentionRule),
)
