from django.urls import path

from tenants.contributions.views import texts, writing

urlpatterns = [
    path("learned/", texts.learned, name="learned"),
    path("learned/write/", writing.begin, name="learned-begin"),
    path("learned/<uuid:pk>/", texts.text, name="learned-text"),
    path("learned/<uuid:pk>/write/<slug:key>/", writing.step, name="learned-step"),
    path("learned/<uuid:pk>/check/", texts.checked, name="learned-check"),
    path("learned/<uuid:pk>/offer/", texts.offer, name="learned-offer"),
    path("learned/<uuid:pk>/take-up/", texts.take_up, name="learned-take-up"),
    path("learned/<uuid:pk>/send-back/", texts.send_back, name="learned-send-back"),
    path("learned/<uuid:pk>/release/", texts.release, name="learned-release"),
    path("learned/<uuid:pk>/take-back/", texts.withdraw, name="learned-take-back"),
]
