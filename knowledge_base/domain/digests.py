"""The e-mail of the week: what is new of what somebody follows, and what they may read when it goes out.

Claimed, sent, noted, each committed by itself. A claim lapses: what a run had in hand that was killed, the next one
takes up again, on whichever day of the week. What is noted as sent is never sent again. Killed between the mail
server's yes and the note, an e-mail goes out a second time, with the same Message-ID, by which mailboxes know it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.utils import timezone, translation

from halka.common.addresses import network_url, origin
from halka.common.calendars import calendar_in_use
from knowledge_base.access import Reader, reader_for
from knowledge_base.domain.following import follows_of, link_token, pages_followed
from knowledge_base.enums import Kind, TopicKind
from knowledge_base.models import Digest, Entry, Lesson, Remark

AT_ONCE: Final = 200
MOST: Final = 30  # of a kind, in one e-mail
CLAIM: Final = timedelta(minutes=30)  # how long one e-mail may take at most
log = logging.getLogger("halka.knowledge")


@dataclass(frozen=True)
class News:
    """New pages, followed pages that were changed, and followed pages beneath which somebody asked or answered."""

    new: list[Entry]
    changed: list[Entry]
    talked: list[tuple[Entry, int]]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.talked)


def send_due() -> int:
    """To everybody who was not told this week; how many e-mails went out. Running it again goes on where it stopped."""
    now, sent = timezone.now(), 0
    week = now.strftime("%G-W%V")
    monday = (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    waiting = Digest.objects.filter(is_on=True, told_until__lt=monday).exclude(week=week).order_by("pk")
    last = UUID(int=0)
    while keys := list(waiting.filter(pk__gt=last).values_list("pk", flat=True)[:AT_ONCE]):
        for pk in keys:
            try:
                sent += _send(pk, week, now)
            except Exception:
                log.exception("A weekly e-mail could not be sent; a later run tries again.")
        last = keys[-1]
    return sent


def _send(pk: UUID, week: str, now: datetime) -> bool:
    claimed = timezone.now()
    free = Q(claimed_at=None) | Q(claimed_at__lte=claimed - CLAIM)
    if not Digest.objects.filter(free, pk=pk, is_on=True).exclude(week=week).update(claimed_at=claimed):
        return False  # somebody else sends it now, or has sent it, or it was ended
    digest = Digest.objects.select_related("user").get(pk=pk)
    reader = reader_for(digest.user)
    news = news_for(reader, language=digest.user.language, since=digest.told_until, until=now)
    done: dict[str, Any] = {"week": week, "claimed_at": None, "told_until": now}
    if not news or not reader.is_member:
        Digest.objects.filter(pk=pk).update(**done)
        return False
    message_of(digest, news, week=week).send()
    Digest.objects.filter(pk=pk).update(**done, sent_at=now)
    return True


def news_for(reader: Reader, *, language: str, since: datetime, until: datetime) -> News:
    """Six queries at most, whatever is followed. What is in the reader's language comes first."""
    topics: dict[str, list[str]] = {}
    for kind, value in follows_of(reader.user_id).exclude(kind=TopicKind.PAGE).values_list("kind", "value"):
        topics.setdefault(kind, []).append(value)
    pages = {entry.page_id: entry for entry in pages_followed(reader).select_related("page")}
    window = {"published_at__gt": since, "published_at__lte": until}
    rows = Entry.objects.readable(by=reader).filter(_about(topics, pages.values()), unit=None, **window)
    new = list(rows.defer("words", "title_words", "text").order_by("-published_at", "-id")[:MOST])
    changed = [
        entry
        for entry in pages.values()
        if since < entry.page.last_published_at <= until and entry.published_at <= since
    ]
    talks = Remark.objects.shown().filter(
        Q(question=None) | Q(question__hidden_at=None), page__in=pages, said_at__gt=since, said_at__lte=until
    )
    counts = talks.exclude(writer=reader.user_id).order_by().values_list("page").annotate(Count("pk"))
    return News(
        new=sorted(new, key=lambda entry: entry.language != language),
        changed=sorted(changed, key=lambda entry: (entry.language != language, entry.title))[:MOST],
        talked=sorted(((pages[pk], count) for pk, count in counts), key=lambda pair: pair[0].title)[:MOST],
    )


def _about(topics: dict[str, list[str]], pages: Any) -> Q:
    """Of a topic, or a lesson that belongs to a curriculum that is followed."""
    keys = [key for entry in pages if entry.kind == Kind.CURRICULUM for key in entry.keys]
    lessons = Lesson.objects.filter(programme__in=topics.get(TopicKind.PROGRAMME, []))
    return (
        Q(dimensions__overlap=topics.get(TopicKind.DIMENSION, []))
        | Q(target_group__in=topics.get(TopicKind.GROUP, []))
        | Q(page__in=lessons.values("pk"))
        | Q(kind=Kind.LESSON, keys__overlap=keys)
    )


def message_of(digest: Digest, news: News, *, week: str) -> EmailMultiAlternatives:
    """In the reader's language and calendar, with nothing in it about the reader."""
    stop = network_url("stop-digest", link_token(digest))
    with translation.override(digest.user.language), calendar_in_use(digest.user.calendar):
        context = {
            "news": news,
            "origin": origin(),
            "stop": stop,
            "following": network_url("following"),
            "language": digest.user.language,
            "is_rtl": translation.get_language_bidi(),
        }
        subject = " ".join(render_to_string("knowledge_base/mail/digest_subject.txt", context).split())
        text = render_to_string("knowledge_base/mail/digest.txt", context)
        html = render_to_string("knowledge_base/mail/digest.html", context)
    headers = {
        "Message-ID": f"<{digest.pk}.{week}@{urlsplit(origin()).hostname}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    message = EmailMultiAlternatives(subject, text, to=[digest.user.email], headers=headers)
    message.attach_alternative(html, "text/html")
    return message
