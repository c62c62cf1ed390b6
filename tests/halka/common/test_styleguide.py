from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory, override_settings

from halka.common import errors
from halka.common.calendars import Calendar, active_calendar

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "fa"])
@override_settings(DEMO=True)
def test_style_guide_draws_every_component(client: Client, language: str) -> None:
    page = client.get("/-/styleguide", headers={"accept-language": language}, HTTP_HOST="halka.localhost")
    assert page.status_code == 200
    assert f'lang="{language}"' in page.text


@override_settings(DEMO=False, DEBUG=False)
def test_style_guide_is_not_there_where_people_work(client: Client) -> None:
    assert client.get("/-/styleguide", HTTP_HOST="halka.localhost").status_code == 404


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (errors.bad_request, 400),
        (errors.not_allowed, 403),
        (errors.csrf_failure, 403),
        (errors.not_found, 404),
        (errors.our_fault, 500),
        (errors.unavailable, 503),
    ],
)
def test_error_pages_need_nothing(view: Callable, status: int, django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(0):
        page = view(RequestFactory().get("/x"))
    assert page.status_code == status
    assert "<h1>" in page.text


@override_settings(DEMO=True)
def test_a_calendar_ends_with_its_request(client: Client) -> None:
    client.cookies["halka_calendar"] = "jalali"
    assert 'data-day="jalali"' in client.get("/-/styleguide", HTTP_HOST="halka.localhost").text
    assert active_calendar() is Calendar.GREGORIAN
