"""The demo's translations: a lesson in Persian, and an article whose original has changed since."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction

from knowledge_base.domain.translating import Typed, begin, publish, save_parts
from knowledge_base.models import Article, Lesson, Translation
from knowledge_base.segments import segments_of

LESSON: Final = "free-to-leave"
IN_PERSIAN: Final = {
    "title": "آزاد برای رفتن، و از همین رو ماندگار",
    "summary": (
        "دیگر غیبت‌ها را به اداره‌ای که کمک‌هزینه می‌دهد گزارش نکردیم و به همه گفتیم هر وقت بخواهند "
        "می‌توانند بروند. افراد کمتری رفتند."
    ),
    "context": (
        "برنامهٔ فعال‌سازی ما روی کاغذ داوطلبانه است. در عمل، ادارهٔ کار آن را طوری پیشنهاد کرده بود که "
        "به دستور می‌مانست، و ما یک سال هر ماه فهرست غیبت‌ها را برای اداره می‌فرستادیم. مردم با پالتو سر "
        "جلسه می‌نشستند. در ماه اول شانزده نفر از بیست‌وچهار نفر در گروه ساکت ماندند. کسی در راهرو از "
        "یکی از ما پرسید آیا آنچه به راهنما می‌گوید «آنجا هم نوشته می‌شود»."
    ),
    "tried": (
        "سه ماه با اداره گفت‌وگو کردیم و توافق کردیم: آمدن و رفتن هیچ اثری بر کمک‌هزینه ندارد و اداره از "
        "ما فقط چیزی را می‌شنود که خود فرد خوانده باشد. در نخستین جلسه کارتی می‌دهیم: «من اینجا هستم چون "
        "خودم می‌خواهم. می‌توانم بی‌آنکه دلیلی بگویم بروم. می‌توانم برگردم.» پشت کارت نوشته است چه چیزی "
        "به چه کسی گفته می‌شود. ماهی یک بار از هر کس به‌جد می‌پرسیم که آیا می‌خواهد ادامه دهد."
    ),
    "happened": (
        "از بیست‌وپنج نفر بعدی، شش نفر در دو ماه اول رفتند؛ پیش‌تر تا این زمان یازده نفر از بیست‌وچهار "
        "نفر رفته بودند. دو نفر از آن شش نفر تابستان برگشتند، یکی همراه خواهرش. در هفتهٔ دوم پالتوها "
        "آویزان شد. در گفت‌وگوها چیزهایی زودتر پیش آمد که برای کار تعیین‌کننده است: بدهی، اعتیاد، مردی "
        "خشن در خانه. برای اداره این یک آزمایش بود؛ نگران سوءاستفاده بودند و یک مورد پیدا کردند که با یک "
        "تماس حل شد."
    ),
    "why": (
        "کسی که نمی‌تواند برود، نمی‌تواند تصمیم به ماندن هم بگیرد. کارت هر صبح را به یک انتخاب تبدیل "
        "کرد. پرسش ماهانه ما را هم وادار کرد: باید ارزش آمدن می‌داشتیم. وقتی روشن شد که یادداشت‌ها جایی "
        "نمی‌روند، گفت‌وگوها توانست دربارهٔ مانع واقعی باشد. اداره هم چیزی به دست آورد: گزارش‌های "
        "کوتاه‌تری که راست بود. گمان می‌کنیم پشت صادقانهٔ کارت همان‌قدر مؤثر بود که روی زیبای آن."
    ),
    "next_time": (
        "پیش از گروه اول، کتبی و با نام کسانی که پشت باجه کار می‌کنند با اداره قرار بگذارید؛ به یکی از "
        "آنان نگفته بودند و او با این همه کسی را به قطع کمک‌هزینه تهدید کرد. راهنماها را هم آماده "
        "می‌کردیم: دو نفر از ما در ماه‌های اول هر رفتنی را به خود می‌گرفتند. اکنون گفت‌وگویی کوتاه بخشی "
        "از آن است، بی‌آنکه بخواهیم کسی را قانع کنیم: «چه چیزی اینجا خوب بود؟ چه کم بود؟ می‌توانیم سه "
        "ماه دیگر زنگ بزنیم؟» بیشترشان بله می‌گویند."
    ),
    "programme": "فعال‌سازی اجتماعی",
    "place": "شهری نزدیک مرز",
    "cost": "هیچ",
    "evidence": "از خود افراد پرسیدیم",
    "evidence_detail": (
        "دو گروه پشت سر هم، بیست‌وچهار و بیست‌وپنج نفر. اینکه چرا ماندند را از پرسیدن از چهارده نفرشان می‌دانیم."
    ),
}
ARTICLE: Final = "angize-pish-az-maharat"
# In the order of its parts.
IN_ENGLISH: Final = (
    "Motivation first, skill second",
    "In our first two courses we began the vocational training on day one and lost half of the group. In the third we "
    "changed the order.",
    "What we did",
    "The first two weeks were about the people themselves: self-confidence, saying no, the plan of a day, the money of "
    "a household. Nobody sat at a machine. Each came once with the family, so that everybody knew where this road "
    "leads.",
    "What happened",
    "Of sixteen people fourteen finished, and nine began an apprenticeship with a master. The masters said that the "
    "difference was not in the hands but in asking questions.",
    "What did not work",
    "Groups of more than ten. In a large group, those who are always silent stayed silent.",
    "Before vocational training, set aside at least eight meetings for motivation and social skills, and invite the "
    "families as well.",
)
CHANGE: Final = ("دست‌کم هشت جلسه", "دست‌کم ده جلسه")  # in the original, after it was translated


@transaction.atomic
def load() -> None:
    """What is there already stays as it is. With the network's rights."""
    lesson = Lesson.objects.filter(slug=LESSON, locale__language_code="en").first()
    if lesson is not None and not Translation.objects.filter(source=lesson.pk).exists():
        _translate(lesson, "fa", IN_PERSIAN)
    article = Article.objects.filter(slug=ARTICLE).first()
    if article is not None and not Translation.objects.filter(source=article.pk).exists():
        keys = [segment.key for segment in segments_of(article)]
        _translate(article, "en", dict(zip(keys, IN_ENGLISH, strict=True)))
        article.body = [
            block | {"value": block["value"].replace(*CHANGE)} if block["type"] == "advice" else block
            for block in article.body.raw_data
        ]
        article.save_revision().publish()


def _translate(source: Any, language: str, texts: dict[str, str]) -> None:
    translation = begin(source=source, language=language, by=None)
    digests = {segment.key: segment.digest for segment in segments_of(source)}
    save_parts(
        translation=translation, typed=[Typed(key, text, 0, digests[key]) for key, text in texts.items()], by=None
    )
    publish(translation=translation, by=None)
