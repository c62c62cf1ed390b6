"""What all views of the API have in common, and how a resource is written.

A resource is a folder `api/v1/<resource>/` with `serializers.py` and `views.py`, and rows in `api/v1/urls.py`::

    class ThingView(ApiView):
        '''One thing.'''  # the operation's description

        @describe("things_read", answer=ThingSerializer, permission=Permission.THING_VIEW, etag=True)
        def get(self, request, pk):
            thing = thing_for(request, pk, Permission.THING_VIEW)      # the first line is access, the pages' own
            return answer(request, ThingSerializer(thing, context={"request": request}).data, state=state_of(thing))

        @describe("things_change", body=…, answer=…, permission=Permission.THING_EDIT, etag=True)
        def patch(self, request, pk):
            thing = thing_for(request, pk, Permission.THING_EDIT)
            hold(request, Thing.objects.filter(pk=thing.pk), state_of)  # locks it; 412, 428 (api.conditional)
            values = valid(ChangeSerializer(data=request.data))          # 422 with fields
            change_thing(thing=thing, **values, by=request.seat)         # the verb that the pages call
            …

- `state_of(thing)` is a tuple that is another one after each change; it makes the ETag.
- Whatever changes something runs in one transaction, opened here: verb, audit, events, ETag's check and the answer kept
  for an Idempotency-Key are saved together or not at all. Refuse by raising; a response is a success. Each exception
  has its row in `api.errors`.
- `request.seat` is a person's or software's; `seat.can(Permission.…)` answers for both. Software has no membership
  (`seat.membership_id` is None) and no account.
- A list takes `PageQuery` and answers `page_of` (api.paging).
- `describe` writes the operation into the OpenAPI file with scopes, headers and problems; `make openapi`, commit it.
- A row in PERMISSIONS of tests/guards/exemptions.py says which permission each route asks for: people of every role
  and software of every scope are then walked over it.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from django.db import transaction
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.idempotency import once
from api.limits import SAFE_METHODS
from tenants.organisations.isolation import all_or_nothing


class ApiView(APIView):
    http_method_names = ("get", "head", "post", "put", "patch", "delete")

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """REST framework asks for the handler right after this: what changes something is found wrapped."""
        super().initial(request, *args, **kwargs)
        name = (request.method or "").lower()
        handler = getattr(self, name, None)
        if request.method not in SAFE_METHODS and handler is not None:
            setattr(self, name, partial(self._change, handler))

    def transaction(self) -> AbstractContextManager[None]:
        """Of a change."""
        return transaction.atomic()

    def _change(self, handler: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        with self.transaction():
            if request.method == "POST":
                return once(request, handler, *args, **kwargs)
            return handler(request, *args, **kwargs)

    def finalize_response(self, request: Any, response: Response, *args: Any, **kwargs: Any) -> Response:
        """No browser and no proxy keeps what was answered; callers are told what they have left."""
        response.headers.setdefault("Cache-Control", "no-store")
        if usage := getattr(request, "api_usage", None):
            usage.tell(response)
        return super().finalize_response(request, response, *args, **kwargs)


class AllOrNothingView(ApiView):
    """For verbs that catch nothing to go on: what they raise fails the whole request, without savepoints."""

    def transaction(self) -> AbstractContextManager[None]:
        return all_or_nothing()


def valid(serializer: Any) -> dict[str, Any]:
    """The checked data; raises ValidationError."""
    serializer.is_valid(raise_exception=True)
    data: dict[str, Any] = serializer.validated_data
    return data
