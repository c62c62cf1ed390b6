"""What the demo's readers keep, say, ask and follow: a little of each, through the verbs. The people are invented."""

from __future__ import annotations

import json
from typing import Final
from uuid import UUID

from django.db import transaction

from halka.accounts.models import User
from knowledge_base.access import Reader, reader_for
from knowledge_base.domain import following, groups, lists, remarks, votes
from knowledge_base.enums import Audience, TopicKind
from knowledge_base.models import Article, Entry, KnowledgeIndex, Remark
from tenants.organisations.models import Organisation, WorkingGroup

LOAN, FEAST, BAKERY = "the-loan-came-before-the-customer", "a-feast-and-no-jobs", "the-quiet-hour-at-the-bakery"
PERSIAN: Final = "angize-pish-az-maharat"
EDITOR: Final = "niko"
GROUP, GROUP_PAGE = "Loans that help", "questions-before-a-loan"
GROUP_OF: Final = ("mentors", "pogum", "peyvand")
GROUP_ABOUT: Final = "What has to be there before a loan is given, and who asks for it."
GROUP_TEXT: Final = (
    "<p>A draft of the group, to be tried until summer. Each of us asks these five before a loan, and notes which one "
    "was hard to answer.</p><ol><li>Who buys it, and who has bought it already?</li><li>What is left of ten sales "
    "when everything is paid?</li><li>What happens in a month without a sale?</li><li>Who at home knows of it, and "
    "agrees?</li><li>What would you do with half of the money?</li></ol>"
)
# Name of the list, and the note on its first page.
MEETING: Final = (
    "For the team meeting",
    "Read the part “Next time” aloud, then ask who has seen the same.",
)
PERSIAN_MEETING: Final = (
    "برای جلسهٔ گروه",
    "بخش «چه نتیجه نداد» را با هم بخوانیم و بپرسیم چه کسی همین را دیده است.",
)
# Who answers, after the question: handle, whether the organisation is named, text.
TALK: Final = (
    (LOAN, "blerim@mentors", True, "How long did you keep the notebook before somebody asked for the loan?", (
        ("tina@pogum", True, "Six weeks. Before the fourth week nobody wanted to speak about money at all.", True),
        ("vesna@prvikorak", False, "With us it was ten sales, however long they took. Two people stopped, which was "
         "cheaper than a loan.", False),
    )),
    (FEAST, "mojca@pogum", False, "Did the employers come again after the feast?", ()),
    (PERSIAN, "amir@peyvand", True, "خانواده‌ها را در کدام هفته دعوت کردید؟", (
        ("narges@peyvand", True, "در هفتهٔ دوم؛ پیش از آن، افراد هنوز آمادهٔ حرف زدن دربارهٔ خانه نبودند.", True),
    )),
)  # fmt: skip


def load(email_domain: str, secretariat: str) -> None:
    """With the network's rights, when the demo's people and texts are there, and the secretariat of this short name."""
    people = {
        user.email.removesuffix(f".{email_domain}"): reader_for(user)
        for user in User.objects.filter(email__endswith=f".{email_domain}")
    }
    pages = {entry.path.strip("/"): entry for entry in Entry.objects.filter(unit=None)}
    _form_group(people[f"{EDITOR}@{secretariat}"])
    for slug, asker, signed, text, answers in TALK:
        by = people[asker]
        question = remarks.ask(page_id=pages[slug].page_id, text=text, signed_by=_signature(by, signed), by=by)
        for handle, answer_signed, said, is_marked in answers:
            other = people[handle]
            answer = remarks.answer(question=question, text=said, signed_by=_signature(other, answer_signed), by=other)
            if is_marked:
                remarks.mark(answer=answer, on=True, by=by)
    _vote(people, [pages[slug] for slug in (LOAN, BAKERY, PERSIAN)])
    _keep(people["blerim@mentors"], *MEETING, [pages[slug] for slug in (LOAN, BAKERY, FEAST)])
    _keep(people["narges@peyvand"], *PERSIAN_MEETING, [pages[PERSIAN], pages[LOAN]])


def remove(organisations: list[Organisation]) -> None:
    """What people of these organisations asked and answered, and the group with its page; the rest goes with their
    accounts.
    """
    Remark.objects.filter(writer__memberships__organisation__in=organisations).delete()
    for page in Article.objects.filter(group__name=GROUP):
        page.delete()
    WorkingGroup.objects.filter(name=GROUP).delete()


def _signature(by: Reader, signed: bool) -> UUID | None:
    return by.organisations[0].id if signed else None


def _vote(people: dict[str, Reader], entries: list[Entry]) -> None:
    handles = ("blerim@mentors", "tina@pogum", "vesna@prvikorak", "narges@peyvand")
    for number, entry in enumerate(entries):
        for handle in handles[number:]:
            votes.say_useful(page_id=entry.page_id, on=True, by=people[handle])
        for handle in handles[number + 1 :]:
            by = people[handle]
            votes.say_used(page_id=entry.page_id, organisation_id=by.organisations[0].id, on=True, by=by)


def _keep(by: Reader, name: str, note: str, entries: list[Entry]) -> None:
    made = lists.begin_list(name=name, by=by)
    for entry in entries:
        lists.keep(entry=entry, list_id=made.pk, by=by)
    first = made.items.order_by("position")[0]
    lists.write_note(item=first, text=note, by=by)
    lists.change_list(reading_list=made, name=made.name, shared_with=by.organisations[0].id, by=by)
    following.follow_topics(topics={TopicKind.DIMENSION: ["economic"]}, weekly=True, by=by)
    following.follow_page(page_id=entries[0].page_id, on=True, by=by)


def _form_group(by: Reader) -> None:
    members = Organisation.objects.filter(schema_name__in=GROUP_OF).values_list("pk", flat=True)
    group = groups.save_group(name=GROUP, about=GROUP_ABOUT, organisations=list(members), by=by)
    index = KnowledgeIndex.objects.get(locale__language_code="en")
    with transaction.atomic():
        page = Article(
            slug=GROUP_PAGE,
            title="Five questions before a loan",
            introduction="What the group has agreed to ask before anybody signs for a loan.",
            audience=Audience.GROUP,
            group=group,
            locale=index.locale,
            body=json.dumps([{"type": "text", "value": GROUP_TEXT}]),
        )
        index.add_child(instance=page)
        page.save_revision().publish()
