"""What somebody follows: pages, programmes, target groups, dimensions; and whether the weekly e-mail tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.core import signing
from django.db import transaction
from django.utils import timezone

from knowledge_base.access import Reader
from knowledge_base.enums import TopicKind
from knowledge_base.models import Digest, Entry, Follow, Lesson

MOST_PROGRAMMES: Final = 60
SALT: Final = "knowledge.digest"


def follows_of(user_id: int) -> Any:
    return Follow.objects.filter(user=user_id)


def programmes_for(reader: Reader) -> list[str]:
    """Those of the lessons that the reader may read."""
    named = Lesson.objects.readable(by=reader).exclude(programme="").order_by("programme")
    return list(named.values_list("programme", flat=True).distinct()[:MOST_PROGRAMMES])


def follow_page(*, page_id: int, on: bool, by: Reader) -> None:
    if on:
        with transaction.atomic():
            Follow.objects.get_or_create(user_id=by.user_id, kind=TopicKind.PAGE, value="", page_id=page_id)
            _begin(by)
    else:
        follows_of(by.user_id).filter(kind=TopicKind.PAGE, page=page_id).delete()


def follow_topics(*, topics: Mapping[str, Iterable[str]], weekly: bool, by: Reader) -> None:
    """These and no others of each kind; pages stay as they are."""
    with transaction.atomic():
        _begin(by)
        for kind, wanted in topics.items():
            values = set(wanted)
            own = follows_of(by.user_id).filter(kind=kind)
            own.exclude(value__in=values).delete()
            new = values.difference(own.values_list("value", flat=True))
            Follow.objects.bulk_create(Follow(user_id=by.user_id, kind=kind, value=value) for value in sorted(new))
        own = Digest.objects.filter(user=by.user_id)
        if weekly:  # whoever wants it again is not told of all that was in between
            own.filter(is_on=False).update(told_until=timezone.now())
        own.update(is_on=weekly)


def follow_topic(*, kind: str, value: str, by: Reader) -> None:
    """One more of a kind."""
    with transaction.atomic():
        _begin(by)
        Follow.objects.get_or_create(user_id=by.user_id, kind=kind, value=value, page=None)


def _begin(by: Reader) -> None:
    """Whoever follows something for the first time gets the weekly e-mail, from now on. Its row is held until the end
    of the transaction, so that two windows do not write at once.
    """
    Digest.objects.get_or_create(user_id=by.user_id)
    Digest.objects.select_for_update().get(user=by.user_id)


def wants_digest(user_id: int) -> bool:
    """Also somebody who has never chosen, once there is something to follow."""
    return not Digest.objects.filter(user=user_id, is_on=False).exists()


def pages_followed(reader: Reader) -> Any:
    """Rows of followed pages that the reader may still read."""
    pages = follows_of(reader.user_id).filter(kind=TopicKind.PAGE).values("page")
    rows = Entry.objects.readable(by=reader).filter(unit=None, page__in=pages)
    return rows.defer("words", "title_words", "text")


def link_token(digest: Digest) -> str:
    """For the link that ends the e-mail without a sign-in."""
    return signing.dumps(str(digest.pk), salt=SALT)


def digest_of(token: str) -> Digest:
    """Raises Digest.DoesNotExist."""
    try:
        return Digest.objects.get(pk=signing.loads(token, salt=SALT))
    except signing.BadSignature as error:
        raise Digest.DoesNotExist from error


def stop(digest: Digest) -> None:
    Digest.objects.filter(pk=digest.pk).update(is_on=False)
