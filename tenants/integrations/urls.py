from django.urls import path

from tenants.integrations import views

urlpatterns = [
    path("settings/webhooks/", views.webhooks, name="webhooks"),
    path("settings/webhooks/add/", views.webhook_add, name="webhook-add"),
    path("settings/webhooks/<uuid:pk>/", views.webhook, name="webhook"),
    path("settings/webhooks/<uuid:pk>/edit/", views.webhook_edit, name="webhook-edit"),
    path("settings/webhooks/<uuid:pk>/secret/", views.webhook_secret, name="webhook-secret"),
    path("settings/webhooks/<uuid:pk>/remove/", views.webhook_remove, name="webhook-remove"),
    path("settings/webhooks/<uuid:pk>/pause/", views.webhook_do, {"what": "pause"}, name="webhook-pause"),
    path("settings/webhooks/<uuid:pk>/resume/", views.webhook_do, {"what": "resume"}, name="webhook-resume"),
    path("settings/webhooks/<uuid:pk>/test/", views.webhook_do, {"what": "test"}, name="webhook-test"),
    path("settings/webhooks/<uuid:pk>/undelivered/", views.undelivered, name="webhook-undelivered"),
    path("settings/webhooks/<uuid:pk>/undelivered/again/", views.again, name="webhook-again"),
    path("settings/webhooks/<uuid:pk>/undelivered/<uuid:delivery>/again/", views.again, name="webhook-again-one"),
]
