"""Working groups, in the workspaces of their member organisations."""

from django.urls import path

from network_registry.working_groups.views import (
    agenda,
    decisions,
    documents,
    feeds,
    founding,
    meetings,
    minutes,
    people,
    rooms,
)

GROUP = "working-groups/<uuid:pk>/"
MEETING = f"{GROUP}meetings/<uuid:meeting>/"
POINT = f"{MEETING}points/<uuid:point>/"

urlpatterns = [
    path("working-groups/", rooms.groups, name="wg-list"),
    path("working-groups/calendar/", feeds.feed_settings, name="wg-feed-settings"),
    path("working-groups/calendar/<str:token>.ics", feeds.feed, name="wg-feed"),
    path("working-groups/founded/", founding.founded, name="wg-founded"),
    path("working-groups/founded/add/", founding.found, name="wg-found"),
    path("working-groups/founded/<uuid:pk>/", founding.change, name="wg-change"),
    path("working-groups/founded/<uuid:pk>/close/", founding.close, name="wg-close"),
    path(GROUP, rooms.room, name="wg-room"),
    path(f"{GROUP}people/", people.people, name="wg-people"),
    path(f"{GROUP}people/<uuid:seat>/end/", people.end, name="wg-person-end"),
    path(f"{GROUP}people/<uuid:seat>/convene/", people.convene, name="wg-person-convene"),
    path(f"{GROUP}meetings/", meetings.meetings, name="wg-meetings"),
    path(f"{GROUP}meetings/call/", meetings.call, name="wg-meeting-call"),
    path(MEETING, meetings.meeting, name="wg-meeting"),
    path(f"{MEETING}change/", meetings.change, name="wg-meeting-change"),
    path(f"{MEETING}invite/", meetings.invite, name="wg-meeting-invite"),
    path(f"{MEETING}cancel/", meetings.cancel, name="wg-meeting-cancel"),
    path(f"{MEETING}answer/", meetings.answer, name="wg-meeting-answer"),
    path(f"{MEETING}attendance/", minutes.attendance, name="wg-attendance"),
    path(f"{MEETING}approve/", minutes.approve, name="wg-approve"),
    path(f"{MEETING}note/", minutes.note, name="wg-note"),
    path(f"{MEETING}points/add/", agenda.add, name="wg-point-add"),
    path(f"{POINT}change/", agenda.change, name="wg-point-change"),
    path(f"{POINT}move/", agenda.move, name="wg-point-move"),
    path(f"{POINT}decide/", agenda.decide, name="wg-point-decide"),
    path(f"{POINT}remove/", agenda.remove, name="wg-point-remove"),
    path(f"{POINT}minutes/", minutes.write, name="wg-minutes"),
    path(f"{POINT}decision/", decisions.decide, name="wg-decide"),
    path(f"{GROUP}decisions/", decisions.decisions, name="wg-decisions"),
    path(f"{GROUP}decisions/<uuid:decision>/", decisions.decision, name="wg-decision"),
    path(f"{GROUP}decisions/<uuid:decision>/remove/", decisions.remove, name="wg-decision-remove"),
    path(f"{GROUP}documents/", documents.documents, name="wg-documents"),
    path(f"{GROUP}documents/add/", documents.add, name="wg-document-add"),
    path(f"{GROUP}documents/<uuid:document>/", documents.document, name="wg-document"),
    path(f"{GROUP}documents/<uuid:document>/<int:number>/", documents.version, name="wg-document-version"),
    path(f"{GROUP}documents/<uuid:document>/remove/", documents.remove, name="wg-document-remove"),
]
