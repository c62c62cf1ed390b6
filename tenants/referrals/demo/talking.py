"""What both sides of the demo's referrals write and send to each other, and a partner that answers by links."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

from halka.authorization.roles import Role, Seat
from halka.common.uploads import NewFile
from network_registry.exchange.enums import Service, State
from tenants.organisations.isolation import inside
from tenants.organisations.models import Colleague, Organisation
from tenants.referrals.demo.shapes import DemoAct, DemoReferral
from tenants.referrals.demo.walking import walk
from tenants.referrals.domain import answering, enclosing, links, messages
from tenants.referrals.enums import LinkPurpose
from tenants.referrals.models import AnswerLink, Referral

Deliver = Callable[[UUID], None]

TALKED: Final = DemoReferral(
    sender="prvikorak",
    client="Suzana Mitić",
    target="peyvand",
    service=Service.TRAINING,
    need="Kako se tka tepih na razboju: kurs na daljinu, polako i uz puno slika.",
    area="Valjevo",
    days=4,
    state=State.OPENED,
    acts=(DemoAct("open", "narges", 3),),
)
# Who writes (a handle, or nobody: the sender's responsible colleague), in which language, what.
TALK: Final = (
    ("narges", "fa", "از ماه آینده دوره‌ای مجازی داریم، هفته‌ای دو جلسه. آیا دار قالی در خانه هست؟"),
    ("", "sr", "Ima mali razboj od bake. Engleski razume, govori malo; slike su joj najvažnije."),
    ("narges", "fa", "خوب است. تا یکشنبه با مربی هماهنگ می‌کنم و پاسخ می‌دهم."),
)
# To the partner without accounts: one waits for its answer, one is taken on.
WAITS: Final = DemoReferral(
    sender="pogum",
    client="Miha Grm",
    target="korenine",
    service=Service.PRACTICE,
    need="Dan na teden v delavnici, sprva z nekom ob sebi.",
    area="Prevalje",
    days=1,
    state=State.SENT,
    scopes=("identity", "contact", "documents"),
)
TAKEN_ON: Final = DemoReferral(
    sender="pogum",
    client="Franc Jamnik",
    target="korenine",
    service=Service.PRACTICE,
    need="Mirna delavnica, kjer lahko popravlja stole sede.",
    area="Mežica",
    days=2,
    state=State.SENT,
    scopes=("identity", "contact", "documents"),
)
ANSWERED_BY: Final = "Mira Kolar"
PAPER: Final = (
    "Priporočilo",
    "Franc Jamnik je v naši delavnici popravil šestindvajset stolov. Dela natančno in mirno, najraje dopoldne.\n",
)


def load(deliver: Deliver) -> None:
    walk(TALKED, deliver)
    _talk(deliver)
    for referral in (WAITS, TAKEN_ON):
        walk(referral, deliver)
    _answer_by_link(deliver)


def _talk(deliver: Deliver) -> None:
    for handle, language, text in TALK:
        with _at(TALKED.target if handle else TALKED.sender, TALKED, handle) as (referral, seat):
            messages.write_message(referral=referral, text=text, language=language, by=seat)
        deliver(referral.envelope_id)


def _answer_by_link(deliver: Deliver) -> None:
    """The workshop takes somebody on; then the sender sends a letter, and the workshop writes back."""
    with _at(TAKEN_ON.target, TAKEN_ON) as (referral, _nobody):
        link = _link(referral, LinkPurpose.ANSWER)
        with links.acting(link, name=ANSWERED_BY) as holder:
            answering.open_referral(referral=link.referral, by=holder)
            answering.accept_referral(
                referral=link.referral, assignee=None, note="Pridite v ponedeljek ob devetih.", by=holder
            )
    deliver(referral.envelope_id)
    title, text = PAPER
    with _at(TAKEN_ON.sender, TAKEN_ON) as (referral, seat):
        file = NewFile(title, [text.encode()], "text/plain")
        enclosing.enclose_file(referral=referral, file=file, by=seat)
        messages.write_message(referral=referral, text="Prinesel bo svoje orodje.", language="sl", by=seat)
    deliver(referral.envelope_id)
    with _at(TAKEN_ON.target, TAKEN_ON) as (referral, _nobody):
        link = _link(referral, LinkPurpose.TOLD)
        with links.acting(link, name=ANSWERED_BY) as holder:
            messages.write_message(referral=link.referral, text="Odlično, miza ga čaka.", language="sl", by=holder)
    deliver(referral.envelope_id)


def _link(referral: Referral, purpose: LinkPurpose) -> AnswerLink:
    found = AnswerLink.objects.live().filter(referral=referral, purpose=purpose)
    return found.select_related("referral__envelope").get()


@contextmanager
def _at(short_name: str, demo: DemoReferral, handle: str = "") -> Iterator[tuple[Referral, Seat]]:
    """Inside of one side: its copy, and the seat of whoever has the handle, or is responsible."""
    with inside(Organisation.objects.get(schema_name=short_name).ref()):
        copies = Referral.objects.select_related("envelope", "client").filter(envelope__service=demo.service)
        between = {"envelope__sender__schema_name": demo.sender, "envelope__target__schema_name": demo.target}
        referral = copies.filter(**between).latest("id")
        chosen = {"email__startswith": f"{handle}@"} if handle else {"pk": referral.owner_id}
        colleague = Colleague.objects.filter(**chosen).first()
        seat = Seat(0, None, None, "")
        if colleague is not None:
            seat = Seat(colleague.user_id, colleague.pk, Role(colleague.role), colleague.name)
        yield referral, seat
