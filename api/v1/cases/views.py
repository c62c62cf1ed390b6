"""Cases: who takes part in which programme, and how it ended."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from api.conditional import State, answer, hold
from api.description import describe
from api.errors import INVALID_FIELDS, MERGED, REFUSED
from api.paging import PageQuery, page_of
from api.v1.cases.serializers import (
    CaseRowSerializer,
    CaseSerializer,
    CasesQuery,
    CasesSerializer,
    CloseSerializer,
    EnrolSerializer,
    ProgrammeRowSerializer,
    ProgrammesSerializer,
)
from api.views import ApiView, valid
from halka.audit.domain import record_list
from halka.authorization.roles import Permission
from tenants.caseloads.access import case_for, client_for, require_care
from tenants.caseloads.domain import cases as verbs
from tenants.caseloads.domain.consents import enrolment_consent
from tenants.caseloads.errors import ConsentNotValid
from tenants.caseloads.models import Case, Client, Programme
from tenants.organisations.access import require


def state_of(case: Case) -> State:
    return (case.pk, case.version)


class ProgrammesView(ApiView):
    """Programmes that take people now."""

    @describe(
        "programmes_list", query=PageQuery, answer=ProgrammesSerializer, permission=Permission.CLIENT_VIEW,
        problems=(INVALID_FIELDS,),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        require(request, Permission.CLIENT_VIEW)
        query = valid(PageQuery(data=request.query_params))
        return Response(page_of(request, Programme.objects.running(), ProgrammeRowSerializer, query))


class CasesView(ApiView):
    """Cases of clients whose records the caller may open, the newest first."""

    @describe(
        "cases_list", query=CasesQuery, answer=CasesSerializer, permission=Permission.CLIENT_VIEW,
        problems=(INVALID_FIELDS,),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        seat = require(request, Permission.CLIENT_VIEW)
        query = valid(CasesQuery(data=request.query_params))
        cases = _with_all(Case.objects.filter(client__in=Client.objects.reachable_by(seat)))
        filters = {name: query[name] for name in ("client", "programme") if name in query}
        cases = cases.filter(**filters)
        if query["open"] is not None:
            cases = cases.filter(closed_on__isnull=query["open"])
        page = page_of(request, cases, CaseRowSerializer, query)
        record_list(action="case.listed", count=len(page["results"]), filters=filters, by=seat)
        return Response(page)

    @describe(
        "cases_enrol", body=EnrolSerializer, answer=CaseSerializer, permission=Permission.CLIENT_EDIT, status=201,
        etag=True, problems=(INVALID_FIELDS, MERGED, REFUSED),
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """The person joins the programme. It rests on the consent to take part that colleagues have written down: where
        there is none that counts, it is refused."""
        seat = require(request, Permission.CLIENT_EDIT)
        asked = valid(EnrolSerializer(data=request.data))
        client = client_for(request._request, asked["client"], Permission.CLIENT_EDIT)
        require_care(client, seat)
        consent = enrolment_consent(client)
        if consent is None:
            raise ConsentNotValid(_("There is no valid consent of this person to take part. Ask for one first."))
        case = verbs.enrol(
            client=client, programme=asked["programme"], consent=consent, opened_on=asked.get("opened_on"), by=seat
        )
        return _answer(request, case.pk, status=201, location=reverse("api-case", args=[case.pk]))


class CaseView(ApiView):
    """One case. Reading it is written into the organisation's audit."""

    @describe("cases_read", answer=CaseSerializer, permission=Permission.CLIENT_VIEW, etag=True)
    def get(self, request: Request, pk: UUID) -> Response:
        case_for(request._request, pk, Permission.CLIENT_VIEW)
        return _answer(request, pk)


class CloseView(ApiView):
    """The case has ended. After a positive exit colleagues are asked at 1, 3, 6 and 12 months what held."""

    @describe(
        "cases_close", body=CloseSerializer, answer=CaseSerializer, permission=Permission.CLIENT_EDIT, etag=True,
        problems=(INVALID_FIELDS, REFUSED),
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        case_for(request._request, pk, Permission.CLIENT_EDIT)
        case = hold(request, Case.objects.filter(pk=pk), state_of)
        asked = CloseSerializer(data=request.data, context={"case": case})
        kind = valid(asked)["exit"]
        verbs.close_case(case=case, kind=kind, on=asked.day, by=request.seat)
        return _answer(request, pk)


def _with_all(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_related("client", "programme", "exit")


def _answer(request: Request, pk: UUID, *, status: int = 200, location: str = "") -> Response:
    """The case as it is now."""
    case = _with_all(Case.objects.all()).get(pk=pk)
    data = CaseSerializer(case, context={"request": request}).data
    return answer(request, data, state=state_of(case), status=status, location=location)
