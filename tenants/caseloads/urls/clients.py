"""Addresses of a client's record."""

from django.urls import path

from tenants.caseloads.views import clients, experiences, merging, vulnerabilities

urlpatterns = [
    path("clients/add/", clients.client_add, name="client-add"),
    path("clients/similar/", clients.client_similar, name="client-similar"),
    path("clients/<uuid:pk>/", clients.client, name="client"),
    path("clients/<uuid:pk>/edit/", clients.client_edit, name="client-edit"),
    path("clients/<uuid:pk>/assign/", clients.client_assign, name="client-assign"),
    path("clients/<uuid:pk>/number/", clients.client_number, name="client-number"),
    path("clients/<uuid:pk>/experience/add/", experiences.experience_add, name="experience-add"),
    path("clients/<uuid:pk>/experience/<uuid:line>/", experiences.experience_change, name="experience-change"),
    path("clients/<uuid:pk>/experience/<uuid:line>/remove/", experiences.experience_remove, name="experience-remove"),
    path("clients/<uuid:pk>/merge/", merging.merge_choose, name="merge-choose"),
    path("clients/<uuid:pk>/merge/<uuid:other>/", merging.merge, name="merge"),
    path("clients/<uuid:pk>/unmerge/<uuid:merge>/", merging.merge_undo, name="merge-undo"),
    path("settings/lists/", vulnerabilities.vulnerabilities, name="vulnerabilities"),
]
