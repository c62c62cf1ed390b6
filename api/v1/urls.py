"""Version 1 of the API, on each organisation's own host."""

from django.urls import path, re_path

from api.v1.cases import views as cases
from api.v1.clients import views as clients
from api.v1.colleagues.views import ColleaguesView
from api.v1.docs import docs
from api.v1.events.views import EventsView
from api.v1.knowledge import views as knowledge
from api.v1.me.views import MeView
from api.v1.nothing import NothingView
from api.v1.referrals import documents, messages, verbs
from api.v1.referrals import views as referrals
from api.v1.schema import SchemaView
from api.v1.services import views as services
from api.v1.webhooks import views as webhooks

urlpatterns = [
    path("me/", MeView.as_view(), name="api-me"),
    path("colleagues/", ColleaguesView.as_view(), name="api-colleagues"),
    path("clients/", clients.ClientsView.as_view(), name="api-clients"),
    path("clients/<uuid:pk>/", clients.ClientView.as_view(), name="api-client"),
    path("services/", services.ServicesView.as_view(), name="api-services"),
    path("services/<uuid:pk>/", services.ServiceView.as_view(), name="api-service"),
    path("offers/<uuid:pk>/", services.OfferView.as_view(), name="api-offer"),
    path("programmes/", cases.ProgrammesView.as_view(), name="api-programmes"),
    path("cases/", cases.CasesView.as_view(), name="api-cases"),
    path("cases/<uuid:pk>/", cases.CaseView.as_view(), name="api-case"),
    path("cases/<uuid:pk>/close/", cases.CloseView.as_view(), name="api-case-close"),
    path("referrals/", referrals.ReferralsView.as_view(), name="api-referrals"),
    path("referrals/<uuid:pk>/", referrals.ReferralView.as_view(), name="api-referral"),
    path("referrals/<uuid:pk>/disclosure/", referrals.DisclosureView.as_view(), name="api-referral-disclosure"),
    path("referrals/<uuid:pk>/send/", referrals.SendView.as_view(), name="api-referral-send"),
    path("referrals/<uuid:pk>/redirect/", referrals.RedirectView.as_view(), name="api-referral-redirect"),
    path("referrals/<uuid:pk>/client/", referrals.TakeOnView.as_view(), name="api-referral-client"),
    path("referrals/<uuid:pk>/settle/", referrals.SettleView.as_view(), name="api-referral-settle"),
    path("referrals/<uuid:pk>/messages/", messages.MessagesView.as_view(), name="api-referral-messages"),
    path("referrals/<uuid:pk>/messages/read/", messages.ReadView.as_view(), name="api-referral-messages-read"),
    path("referrals/<uuid:pk>/documents/", documents.DocumentsView.as_view(), name="api-referral-documents"),
    path(
        "referrals/<uuid:pk>/documents/<uuid:document>/",
        documents.DocumentView.as_view(),
        name="api-referral-document",
    ),
    path(
        "referrals/<uuid:pk>/documents/<uuid:document>/content/",
        documents.ContentView.as_view(),
        name="api-referral-document-content",
    ),
    path(
        "referrals/<uuid:pk>/documents/<uuid:document>/take-back/",
        documents.TakeBackView.as_view(),
        name="api-referral-document-take-back",
    ),
    *verbs.urls(),
    path("knowledge/lessons/", knowledge.LessonsView.as_view(), name="api-lessons"),
    path("knowledge/lessons/<int:pk>/", knowledge.LessonView.as_view(), name="api-lesson"),
    path("knowledge/practices/", knowledge.PracticesView.as_view(), name="api-practices"),
    path("knowledge/practices/<int:pk>/", knowledge.PracticeView.as_view(), name="api-practice"),
    path("knowledge/curricula/", knowledge.CurriculaView.as_view(), name="api-curricula"),
    path("knowledge/curricula/<int:pk>/", knowledge.CurriculumView.as_view(), name="api-curriculum"),
    path("knowledge/curricula/<int:pk>/versions/<int:number>/", knowledge.VersionView.as_view(), name="api-version"),
    path("knowledge/changes/", knowledge.ChangesView.as_view(), name="api-knowledge-changes"),
    path("events/", EventsView.as_view(), name="api-events"),
    path("webhooks/", webhooks.WebhooksView.as_view(), name="api-webhooks"),
    path("webhooks/<uuid:pk>/", webhooks.WebhookView.as_view(), name="api-webhook"),
    path("webhooks/<uuid:pk>/pause/", webhooks.PauseView.as_view(), name="api-webhook-pause"),
    path("webhooks/<uuid:pk>/resume/", webhooks.ResumeView.as_view(), name="api-webhook-resume"),
    path("webhooks/<uuid:pk>/secret/", webhooks.SecretView.as_view(), name="api-webhook-secret"),
    path("webhooks/<uuid:pk>/test/", webhooks.TestView.as_view(), name="api-webhook-test"),
    path("webhooks/<uuid:pk>/attempts/", webhooks.AttemptsView.as_view(), name="api-webhook-attempts"),
    path("webhooks/<uuid:pk>/undelivered/", webhooks.UndeliveredView.as_view(), name="api-webhook-undelivered"),
    path("webhooks/<uuid:pk>/redeliver/", webhooks.RedeliverView.as_view(), name="api-webhook-redeliver"),
    path("docs/", docs, name="api-docs"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    re_path("", NothingView.as_view(), name="api-nothing"),
]
