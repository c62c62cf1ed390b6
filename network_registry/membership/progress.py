"""How far the making of a workspace is, for the pages that show it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from network_registry.membership.enums import ApplicationState, StepState
from network_registry.membership.models import Application, Opening, OpeningStep


@dataclass(frozen=True)
class Progress:
    opening: Opening
    steps: list[OpeningStep]

    @property
    def done(self) -> int:
        return sum(step.state == StepState.DONE for step in self.steps)

    @property
    def is_finished(self) -> bool:
        return self.opening.finished_at is not None

    @property
    def stands_still(self) -> bool:
        """Nobody is at it, and it is not tried again by itself."""
        return not self.is_finished and self.opening.due_at is None


def progress_of(application: Application) -> Progress | None:
    """None before there is a licence."""
    if application.state_now not in (ApplicationState.LICENSED, ApplicationState.OPENED):
        return None
    opening = Opening.objects.filter(application=application).first()
    return Progress(opening, list(opening.steps.all())) if opening else None


def until_done(response: HttpResponse, is_done: bool) -> HttpResponse:
    """The part of a page that asks for itself; once it is done the whole page is loaded anew, which says more."""
    if is_done:
        response["HX-Refresh"] = "true"
    return response
