"""What e-mails say about mergers of organisations: that something happened, naming organisations and nobody else."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Words:
    """Both with %(absorbed)s and %(remaining)s."""

    subject: str | Promise
    sentence: str | Promise


# State, or what else happened -> what is said to the managers of both.
WORDS: dict[str, Words] = {
    "proposed": Words(
        _("A merger is proposed: %(absorbed)s and %(remaining)s"),
        _(
            "The network's secretariat proposes that %(absorbed)s becomes part of %(remaining)s. Look at what would "
            "come along, and agree or decline."
        ),
    ),
    "agreed": Words(
        _("Both agree to the merger of %(absorbed)s and %(remaining)s"),
        _("Managers of both have agreed. The secretariat says when it begins; from then on %(absorbed)s reads only."),
    ),
    "declined": Words(
        _("The merger of %(absorbed)s and %(remaining)s is declined"),
        _("One of both has declined. Nothing changes for anybody."),
    ),
    "withdrawn": Words(
        _("The merger of %(absorbed)s and %(remaining)s is withdrawn"),
        _("The secretariat has taken it back. Nothing changes for anybody."),
    ),
    "merged": Words(
        _("%(absorbed)s is part of %(remaining)s now"),
        _(
            "All records, people and services are in %(remaining)s. For 30 days the secretariat can undo this; then "
            "the old workspace of %(absorbed)s is erased."
        ),
    ),
    "failed": Words(
        _("The merger of %(absorbed)s and %(remaining)s could not be carried out"),
        _("Everything is where it was before. The page of the merger says why."),
    ),
    "undone": Words(
        _("The merger of %(absorbed)s and %(remaining)s is undone"),
        _("Records, people and services of %(absorbed)s are back in its own workspace, as they were."),
    ),
    "stays": Words(
        _("The merger of %(absorbed)s and %(remaining)s stays"),
        _("It was to be undone. The page of the merger says why that was not possible."),
    ),
}
WELCOME = Words(
    _("You work in %(remaining)s now"),
    _("%(absorbed)s has become part of %(remaining)s. Sign in there as before; your clients are there."),
)
