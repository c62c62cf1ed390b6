from django.urls import path

from tenants.learning.views import curricula, plans, standard, units

urlpatterns = [
    path("learning/", curricula.learning, name="learning"),
    path("learning/adopt/<uuid:pk>/", curricula.adopt, name="curriculum-adopt"),
    path("learning/<uuid:pk>/", curricula.curriculum, name="adopted"),
    path("learning/<uuid:pk>/arrange/", curricula.arrange, name="adopted-arrange"),
    path("learning/<uuid:pk>/end/", curricula.end, name="adopted-end"),
    path("learning/<uuid:pk>/differences/", standard.differences, name="adopted-differences"),
    path("learning/<uuid:pk>/standard/", standard.news, name="adopted-news"),
    path("learning/<uuid:pk>/standard/choose/", standard.choosing, name="adopted-choose"),
    path("learning/<uuid:pk>/decided/", standard.decided, name="adopted-decided"),
    path("learning/<uuid:pk>/modules/add/", units.module_add, name="learning-module-add"),
    path("learning/modules/<uuid:pk>/edit/", units.module_edit, name="learning-module-edit"),
    path("learning/modules/<uuid:pk>/add/", units.unit_add, name="learning-unit-add"),
    path("learning/units/<uuid:pk>/", units.unit_page, name="learning-unit"),
    path("learning/units/<uuid:pk>/edit/", units.unit_edit, name="learning-unit-edit"),
    path("learning/units/<uuid:pk>/sheet/", units.sheet, name="learning-sheet"),
    path("me/learning/", plans.me_learning, name="me-learning"),
    path("clients/<uuid:pk>/learning/", plans.client_learning, name="client-learning"),
    path("clients/<uuid:pk>/learning/assemble/", plans.assemble, name="learning-plan-assemble"),
    path("clients/<uuid:pk>/learning/add/", plans.add, name="learning-plan-add"),
    path("clients/<uuid:pk>/learning/arrange/", plans.arrange, name="learning-plan-arrange"),
    path("clients/<uuid:pk>/learning/progress/", plans.progress, name="learning-plan-progress"),
    path("clients/<uuid:pk>/learning/print/", plans.print_plan, name="learning-plan-print"),
    path("clients/<uuid:pk>/learning/<uuid:planned>/note/", plans.note, name="learning-plan-note"),
]
