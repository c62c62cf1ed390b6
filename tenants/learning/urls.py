from django.urls import path

from tenants.learning.views import curricula, standard, units

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
]
