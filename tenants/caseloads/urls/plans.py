"""Addresses of plans."""

from django.urls import path

from tenants.caseloads.views import plans

urlpatterns = [
    path("clients/<uuid:pk>/plan/", plans.client_plan, name="client-plan"),
    path("clients/<uuid:pk>/plan/begin/<uuid:case>/", plans.plan_begin, name="plan-begin"),
    path("clients/<uuid:pk>/plan/<uuid:plan>/change/", plans.plan_change, name="plan-change"),
    path("clients/<uuid:pk>/plan/<uuid:plan>/agree/", plans.plan_agree, name="plan-agree"),
    path("clients/<uuid:pk>/plan/<uuid:plan>/again/", plans.plan_again, name="plan-again"),
    path("clients/<uuid:pk>/plan/<uuid:plan>/discard/", plans.plan_discard, name="plan-discard"),
    path("clients/<uuid:pk>/plan/<uuid:plan>/print/", plans.plan_print, name="plan-print"),
    path("clients/<uuid:pk>/plan/<uuid:plan>/goals/", plans.goal_add, name="plan-goal-add"),
    path("clients/<uuid:pk>/goals/<uuid:goal>/", plans.goal_edit, name="plan-goal"),
    path("clients/<uuid:pk>/goals/<uuid:goal>/close/", plans.goal_close, name="plan-goal-close"),
    path("clients/<uuid:pk>/goals/<uuid:goal>/remove/", plans.goal_remove, name="plan-goal-remove"),
    path("clients/<uuid:pk>/steps/<uuid:step>/", plans.step_tick, name="plan-step"),
]
