"""Articles of the demo network, in our own words. Plainly fictional people; the lessons are meant."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.db import transaction

from knowledge_base import demo_translations
from knowledge_base.content_files import CONTENT, EXAMPLES
from knowledge_base.domain.loading import load_knowledge
from knowledge_base.enums import Audience
from knowledge_base.models import Article, KnowledgeIndex


@dataclass(frozen=True)
class Piece:
    """An article to be. `body` is a tuple of (kind of block, value)."""

    slug: str
    language: str
    title: str
    introduction: str
    audience: Audience
    body: tuple[tuple[str, object], ...]


PIECES = (
    Piece(
        "when-only-the-keenest-came",
        "en",
        "When only the keenest came",
        "We invited forty people to a job-search course and eleven finished it. What we changed was not the course but "
        "everything around it.",
        Audience.PUBLIC,
        (
            ("heading", "What we tried"),
            (
                "text",
                "<p>A four-week course: letters, interviews, computers. We put up posters, wrote to everybody on our "
                "list and began at nine in the morning in the town library. Forty people put their names down. "
                "Twenty-six came on the first day, eleven on the last.</p>",
            ),
            ("heading", "What happened"),
            (
                "text",
                "<p>We asked those who had left, one by one, on the telephone. Hardly anybody mentioned the course. "
                "They told us about:</p><ul><li>the bus, which arrives at twenty to ten;</li><li>children who come "
                "home at noon;</li><li>the fear of being the slowest at the computer, in front of others;</li><li>not "
                "knowing what it was for: “Nobody has called me back in six years.”</li></ul>",
            ),
            (
                "quote",
                {"text": "I did not stop because it was hard. I stopped because I did not see me at the end of it.",
                 "who": "A participant"},
            ),
            ("heading", "What we do now"),
            (
                "text",
                "<p>Before any course there are two meetings with a mentor, alone. They are about what the person is "
                "good at and what a good week would look like, and they end with one small thing to do. The course "
                "begins at ten, in groups of eight, and one place in each group is for somebody who has done it "
                "before. Of the last twenty-four, nineteen finished.</p>",
            ),
            (
                "advice",
                "Ask those who left before you change what is taught. Motivation comes first, the timetable second, "
                "skill third.",
            ),
        ),
    ),
    Piece(
        "first-week-at-work",
        "en",
        "The first week at work: a checklist for mentors",
        "Most placements that fail, fail in the first ten days. This is what we do in that time, day by day.",
        Audience.MEMBERS,
        (
            (
                "text",
                "<ol><li><b>The day before.</b> Go the way together, at the hour it will be gone. Who is rung when the "
                "bus does not come?</li><li><b>Day one, evening.</b> Five minutes on the telephone. Ask who was "
                "kind, not how it went.</li><li><b>Day three.</b> Speak with the employer’s person alone: one thing "
                "that is good, one thing to change.</li><li><b>End of the week.</b> All three at one table. The new "
                "colleague speaks first.</li></ol>",
            ),
            (
                "advice",
                "Agree with the employer on one person, by name, whom the newcomer may ask anything. Not the boss.",
            ),
            (
                "text",
                "<p>What did not work for us: a daily form. Mentors filled it in on Friday for the whole week, and "
                "employers stopped answering. A call takes less time and tells more.</p>",
            ),
        ),
    ),
    Piece(
        "angize-pish-az-maharat",
        "fa",
        "اول انگیزه، بعد مهارت",
        "در دو دورهٔ نخست، آموزش حرفه‌ای را از روز اول شروع کردیم و نیمی از گروه را از دست دادیم. در دورهٔ سوم ترتیب را "
        "عوض کردیم.",
        Audience.PUBLIC,
        (
            ("heading", "چه کردیم"),
            (
                "text",
                "<p>دو هفتهٔ اول فقط به خود افراد پرداختیم: اعتماد به نفس، نه گفتن، برنامهٔ یک روز، و خرج و دخل خانه. "
                "هیچ‌کس پشت دستگاه ننشست. هر نفر یک بار با خانواده‌اش آمد تا همه بدانند این راه به کجا می‌رسد.</p>",
            ),
            ("heading", "چه شد"),
            (
                "text",
                "<p>از شانزده نفر، چهارده نفر دوره را تمام کردند و نه نفر کارآموزی نزد استادکار را شروع کردند. "
                "استادکارها گفتند تفاوت در دست‌ها نیست، در سؤال پرسیدن است.</p>",
            ),
            ("heading", "چه نتیجه نداد"),
            (
                "text",
                "<p>گروه‌های بیش از ده نفر. در گروه بزرگ، همان‌ها که همیشه ساکت‌اند ساکت ماندند.</p>",
            ),
            (
                "advice",
                "پیش از آموزش حرفه‌ای دست‌کم هشت جلسه برای انگیزه و مهارت‌های اجتماعی کنار بگذارید و خانواده را هم "
                "دعوت کنید.",
            ),
        ),
    ),
)  # fmt: skip


def load() -> int:
    """Publishes those articles that are not there yet, the texts that come with the software, and invented examples of
    what members learn; returns how many were made. With the network's rights.
    """
    made = sum(load_knowledge(root=root, by=None).counts["made"] for root in (EXAMPLES, CONTENT))
    for piece in PIECES:
        with transaction.atomic():
            index = KnowledgeIndex.objects.get(locale__language_code=piece.language)
            if index.get_children().filter(slug=piece.slug).exists():
                continue
            article = Article(
                slug=piece.slug,
                title=piece.title,
                introduction=piece.introduction,
                audience=piece.audience,
                locale=index.locale,
                body=json.dumps([{"type": kind, "value": value} for kind, value in piece.body]),
            )
            index.add_child(instance=article)
            article.save_revision().publish()
            made += 1
    demo_translations.load()
    return made
