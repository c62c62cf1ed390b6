"""What was written in journals over months: in each organisation's own language, small wins among it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from io import BytesIO
from uuid import UUID

from django.utils import timezone
from PIL import Image, ImageDraw

from halka.authorization.roles import Seat
from halka.common.uploads import NewFile
from tenants.caseloads.domain.documents import add_document
from tenants.caseloads.domain.journal import NewEntry, write_entry
from tenants.caseloads.domain.tasks import NewTask, add_task
from tenants.caseloads.enums.cases import Profession
from tenants.caseloads.enums.journal import Audience, Dimension, EntryKind
from tenants.caseloads.models import Client, JournalEntry, JournalHabit, TeamMember
from tenants.caseloads.policies import seat_of
from tenants.organisations.models import Colleague

K, D, A = EntryKind, Dimension, Audience


@dataclass(frozen=True)
class Line:
    """An entry of the client with that given name, `days` ago."""

    name: str
    days: int
    kind: EntryKind
    text: str
    dimension: str = ""
    audience: str = A.TEAM


@dataclass(frozen=True)
class ToDo:
    """A task of whoever is responsible for the client, due in so many days."""

    name: str
    days: int
    title: str


@dataclass(frozen=True)
class Told:
    """What one organisation's journals hold. `paper` is a document of the first task's client: title and lines."""

    lines: tuple[Line, ...]
    tasks: tuple[ToDo, ...]
    paper: tuple[str, tuple[str, ...]]


TOLD = {
    "mentors": Told(
        lines=(
            Line("Ëndrra", 190, K.VISIT, "Vizitë në shtëpi. Makina e qepjes punon, por vendi është i ngushtë."),
            Line("Ëndrra", 120, K.SMALL_WIN, "Shiti perden e parë jashtë lagjes dhe e caktoi vetë çmimin.", D.ECONOMIC),
            Line("Ëndrra", 44, K.MEETING, "Shkruam planin për punishten: tre faqe, i gjithi me fjalët e saj."),
            Line("Ëndrra", 9, K.EMPLOYER, "Fola me pronarin e lokalit në qendër. Qiraja e parë pas tre muajsh."),
            Line("Ëndrra", 1, K.CALL, "Mori konfirmimin e kursit. Fillon të hënën."),
            Line("Besnik", 150, K.NOT_MET, "Nuk erdhi. Në telefon tha se i dhimbte koka; e lamë për të enjten."),
            Line("Besnik", 96, K.MEETING, "Ushtruam intervistën me rolet e ndërruara. Qeshi për herë të parë."),
            Line("Besnik", 95, K.SMALL_WIN, "Hyri vetë në zyrën e punës dhe pyeti. Unë prita jashtë.", D.PSYCHOLOGICAL),
            Line("Besnik", 27, K.CALL, "E thirrën për provë në depo. Nuk fjeti nga gëzimi."),
            Line("Shqipe", 80, K.MEETING, "Orari paradite, kopshti deri në orën 13. Kërkojmë diçka afër."),
            Line("Shqipe", 33, K.SMALL_WIN, "Solli ëmbëlsira për gjithë grupin dhe tregoi si bëhen.", D.SOCIAL),
            Line("Shqipe", 6, K.MESSAGE, "Dërgova adresat e dy pastiçerive."),
            Line("Teuta", 50, K.INSTITUTION, "Ministria: për njohjen e diplomës mungon përkthimi i vërtetuar."),
            Line("Teuta", 24, K.CALL, "Gjeti përkthyesin. Letrat dorëzohen javën e ardhshme."),
            Line("Fatmir", 30, K.VISIT, "Në servis: njeh çdo pjesë me dorë. Mjeshtri është i kënaqur."),
            Line(
                "Fatmir", 4, K.SMALL_WIN, "Mjeshtri i dha çelësin e servisit. “Askush s'më ka besuar kështu.”", D.SOCIAL
            ),
            Line("Agron", 13, K.MEETING, "Heshti gjatë. Në fund foli për biçikletat e gjyshit."),
            Line("Agron", 6, K.SMALL_WIN, "Përshëndeti i pari. Buzëqeshi.", D.PSYCHOLOGICAL),
            Line("Agron", 2, K.GROUP, "Në grup ndreqi zinxhirin e biçikletës së Linditës."),
            Line("Agron", 5, K.NOTE, "Frika nga dështimi vjen nga shkolla. Ngadalë, pa vlerësime.", "", A.PROFESSION),
            Line("Xhevat", 60, K.MEETING, "Kërkesë e hapur me kushtin: e thotë vetë të kaluarën e tij."),
            Line("Xhevat", 2, K.SMALL_WIN, "Erdhi vetë dhe me orar, tri ditë radhazi.", D.PSYCHOLOGICAL),
            Line("Љупчо", 40, K.CALL, "Се јави автошколата: лиценцата чини 6.000 денари."),
            Line("Марија", 20, K.VISIT, "Првиот ден кај старата госпоѓа. „Се смееше со мене“, рече."),
        ),
        tasks=(
            ToDo("Ëndrra", 0, "Të pyes pronarin për kontratën e qirasë"),
            ToDo("Besnik", -2, "Të thërras depon: si shkoi prova"),
            ToDo("Agron", 1, "Ta prezantoj te mjeshtri i biçikletave"),
            ToDo("Teuta", 6, "Të dorëzojmë letrat e diplomës"),
            ToDo("Xhevat", 0, "Të shkruaj rekomandimin"),
        ),
        paper=("Certifikata e kursit të rrobaqepësisë", ("CERTIFIKATË", "Ëndrra Çelaj", "Rrobaqepësi, 120 orë")),
    ),
    "prvikorak": Told(
        lines=(
            Line("Đorđe", 110, K.MEETING, "Prvi put je rekao šta ga je otpisalo iz škole. Nije bilo znanje."),
            Line("Đorđe", 70, K.EMPLOYER, "Majstor iz Divčibara: „Ako dolazi u sedam, zadržaću ga.“"),
            Line("Đorđe", 40, K.SMALL_WIN, "Pet dana zaredom na vreme, budilnik je sam kupio.", D.PSYCHOLOGICAL),
            Line("Đorđe", 1, K.CALL, "Javio se sa terena. Prvi put je sam zamenio bojler."),
            Line("Dragana", 95, K.GROUP, "Radionica: tražila je da govori poslednja. Govorila je najduže."),
            Line("Dragana", 94, K.SMALL_WIN, "Govorila pred grupom i niko je nije prekinuo.", D.SOCIAL),
            Line("Dragana", 3, K.MEETING, "Test za blagajnicu: bez greške. Ide na razgovor u petak."),
            Line("Anita", 60, K.INSTITUTION, "Vrtić potvrdio mesto za mlađe dete od prvog."),
            Line("Anita", 7, K.VISIT, "Kod kuće. Raspored za praksu stoji na frižideru, ona ga je napravila."),
            Line("Željko", 55, K.NOT_MET, "Nije stigao, put je bio zavejan. Čuli smo se uveče."),
            Line("Željko", 20, K.SMALL_WIN, "Popravio bicikl iz donacije i sada vozi i komšiju.", D.SOCIAL),
            Line("Željko", 5, K.CALL, "Praksa u mlekari, tri kilometra od kuće. Počinje u ponedeljak."),
            Line("Ljubica", 31, K.MEETING, "Poseta gerontološkom centru. Dve bake su je odmah zavolele."),
            Line("Ljubica", 2, K.MESSAGE, "Poslala sliku sertifikata prve pomoći."),
            Line("Jovan", 12, K.SMALL_WIN, "Ceo mesec bez izostanka. Sam je to primetio.", D.PSYCHOLOGICAL),
            Line(
                "Jovan",
                9,
                K.NOTE,
                "O bratu ne govoriti pred grupom. Treba mu poverenje, ne saveti.",
                "",
                A.PROFESSIONALS,
            ),
            Line("Jovan", 0, K.CALL, "Sutra upis u večernju školu, idemo zajedno."),
            Line("Emina", 25, K.EMPLOYER, "Salon „Nijansa“: mentorka je strpljiva, tri meseca je premalo."),
            Line("Nemanja", 22, K.MEETING, "Objašnjen svaki poen na rang-listi. Žalbu ne piše, razume."),
            Line("Саша", 18, K.SMALL_WIN, "Однео стрип у штампарију и оставио свој број.", D.ECONOMIC),
        ),
        tasks=(
            ToDo("Đorđe", -1, "Pitati majstora za ugovor posle prakse"),
            ToDo("Jovan", 1, "Zajedno na upis u večernju školu"),
            ToDo("Dragana", 0, "Proći još jednom razgovor za blagajnicu"),
            ToDo("Nemanja", 5, "Javiti za sledeći krug praksi"),
        ),
        paper=("Diploma vodoinstalatera", ("DIPLOMA", "Đorđe Šainović", "vodoinstalater, III stepen")),
    ),
    "kaimai": Told(
        lines=(
            Line("Žydrūnė", 160, K.GROUP, "Prie kompiuterio sėdėjo paltu, pasiruošusi išeiti. Liko iki galo."),
            Line("Žydrūnė", 100, K.SMALL_WIN, "Pati išsiuntė laišką anūkei ir gavo atsakymą.", D.SOCIAL),
            Line("Žydrūnė", 37, K.MEETING, "Mokosi užpildyti prašymą internetu. Klaida jos nebegąsdina."),
            Line("Žydrūnė", 1, K.CALL, "Paklausė, ar gali padėti naujokei. Žinoma."),
            Line("Vytautas", 140, K.VISIT, "Dirbtuvėje viskas savo vietoje. Rodė, ką sutaisė šią žiemą."),
            Line(
                "Vytautas", 60, K.EMPLOYER, "Bendrovė ieško žmogaus dviem dienoms per savaitę. Susitikimas penktadienį."
            ),
            Line("Vytautas", 6, K.CALL, "Darbdavys skambino pats: „Auksinės rankos.“"),
            Line("Algirdas", 110, K.NOT_MET, "Durų neatidarė. Palikau raštelį ir obuolių."),
            Line("Algirdas", 82, K.SMALL_WIN, "Atėjo į centrą. Pasakė labas. Nusišypsojo.", D.PSYCHOLOGICAL),
            Line("Algirdas", 30, K.GROUP, "Juokavo, o visi juokėsi."),
            Line("Algirdas", 3, K.VISIT, "Namuose pirmą kartą užtraukta ne užuolaida, o daina."),
            Line("Irena", 70, K.MEETING, "E. sąskaitų kursas baigtas. Gyvenimo aprašymas dviem kalbomis."),
            Line("Irena", 8, K.EMPLOYER, "Ūkininkų sąjungai reikia buhalterės pusei etato."),
            Line(
                "Stasys",
                40,
                K.SMALL_WIN,
                "Nufotografavo medų ir pardavė šešis stiklainius nepažįstamam žmogui.",
                D.ECONOMIC,
            ),
            Line("Stasys", 2, K.MESSAGE, "Atsiuntė puslapio nuotraukas. Gražiau nei parduotuvėje."),
            Line("Jonas", 5, K.CALL, "Veš tris žmones antradienį ir ketvirtadienį."),
            Line("Ona", 50, K.NOTE, "Vengia grupės ne dėl klausos. Kalbėjomės apie netektį.", "", A.PROFESSION),
            Line("Ona", 45, K.VISIT, "Klausos aparatą sutaisys, jei atsiras kas nuveža."),
            Line("Genovaitė", 14, K.SMALL_WIN, "Pirmas užsakymas iš Vilniaus: dvylika porų kojinių.", D.ECONOMIC),
            Line("Лидия", 21, K.GROUP, "Показала вышивку, записались пять женщин."),
        ),
        tasks=(
            ToDo("Vytautas", 0, "Paskambinti bendrovei dėl sutarties"),
            ToDo("Ona", -3, "Rasti, kas nuveš dėl klausos aparato"),
            ToDo("Irena", 2, "Peržiūrėti prašymą ūkininkų sąjungai"),
            ToDo("Danutė", 7, "Paklausti, ar ateis su kaimyne"),
        ),
        paper=("Pažymėjimas: kompiuterinis raštingumas", ("PAŽYMĖJIMAS", "Vytautas Šimkus", "40 valandų")),
    ),
    "pogum": Told(
        lines=(
            Line("Marjeta", 150, K.VISIT, "Odprla je vrata samo za ped. Pogovor na stopnicah."),
            Line("Marjeta", 90, K.MEETING, "Prišla je v center in ostala četrt ure."),
            Line("Marjeta", 30, K.SMALL_WIN, "Prvič po letih je pozdravila sosedo.", D.SOCIAL),
            Line("Marjeta", 0, K.SMALL_WIN, "Prinesla je piškote. Sama je izbrala krožnik.", D.PSYCHOLOGICAL),
            Line("Čedomir", 100, K.GROUP, "V vrtu je prevzel rastlinjak in razložil zalivanje."),
            Line("Čedomir", 4, K.EMPLOYER, "Vrtnarija bi ga vzela za sezono. Vprašanje je prevoz."),
            Line("Špela", 85, K.MEETING, "Vožnja okoli bloka. Roke so se tresle, ustavila ni."),
            Line("Špela", 41, K.SMALL_WIN, "Sama se je odpeljala do trgovine in nazaj.", D.PSYCHOLOGICAL),
            Line("Špela", 40, K.NOTE, "Panika popušča, kadar sama določi pot. Nadaljujeva.", "", A.PROFESSION),
            Line("Špela", 2, K.CALL, "V petek poskusi na avtocesto."),
            Line("Franc", 60, K.GROUP, "Popravil je šest stolov in naučil Miho lepiti."),
            Line("Franc", 9, K.SMALL_WIN, "Za stol je dobil prvih trideset evrov. Kupil je kavo za vse.", D.ECONOMIC),
            Line("Bojan", 63, K.SMALL_WIN, "Štirinajst dni brez alkohola. »Zdaj pa zares.«", D.PSYCHOLOGICAL),
            Line("Bojan", 28, K.NOT_MET, "Ni ga bilo. Zvečer je sam poklical in povedal, zakaj."),
            Line("Bojan", 1, K.MEETING, "Oseminsedemdeset dni. Prosi za delo v delavnici."),
            Line("Zala", 33, K.SMALL_WIN, "Skupina jo je prosila za recept. Prebrala ga je na glas.", D.SOCIAL),
            Line("Zala", 6, K.EMPLOYER, "Šolska kuhinja: praksa dva dneva na teden."),
            Line("Arjeta", 13, K.MEETING, "Tečaj se nadaljuje. Domačo nalogo je delala z otrokoma."),
            Line("Oleksandra", 17, K.INSTITUTION, "Priznavanje diplome: manjka potrdilo o urah."),
            Line("Miha", 6, K.MEETING, "Prišel z mamo. Povedal, da ima rad les."),
        ),
        tasks=(
            ToDo("Čedomir", 0, "Vprašati občino za prevoz do vrtnarije"),
            ToDo("Zala", -1, "Dogovor s šolsko kuhinjo"),
            ToDo("Miha", 1, "Povabiti ga samega v delavnico"),
            ToDo("Oleksandra", 4, "Poklicati šolo za potrdilo o urah"),
        ),
        paper=("Potrdilo: tečaj vrtnarjenja", ("POTRDILO", "Čedomir Vukić", "Vrtnarjenje, 60 ur")),
    ),
    "peyvand": Told(
        lines=(
            Line("زهرا", 150, K.MEETING, "الگوی نخست را خودش کشید. دستش تند و دقیق است."),
            Line("زهرا", 80, K.SMALL_WIN, "نخستین مانتو را فروخت و قیمت را خودش گفت.", D.ECONOMIC),
            Line("زهرا", 21, K.INSTITUTION, "بانک: برای وام، جواز و دو ضامن لازم است."),
            Line("زهرا", 1, K.CALL, "ضامن دوم هم پیدا شد. مدارک را آماده می‌کند."),
            Line("علی‌رضا", 120, K.VISIT, "در کارگاه جوشکاری. استاد غفاری از نظمش راضی است."),
            Line("علی‌رضا", 45, K.SMALL_WIN, "یک ماه بی‌غیبت. خودش کارت حضور را نشان داد.", D.PSYCHOLOGICAL),
            Line("علی‌رضا", 3, K.EMPLOYER, "استاد غفاری: اگر همین‌طور پیش برود نگهش می‌دارم."),
            Line("مريم", 75, K.VISIT, "اتاق قارچ آماده است. رطوبت‌سنج لازم دارد."),
            Line("مريم", 8, K.SMALL_WIN, "نخستین برداشت: نُه کیلو. به همسایه‌ها هم داد.", D.ECONOMIC),
            Line("آرش", 90, K.MEETING, "گفت‌وگوی کوتاه دربارهٔ اعتمادبه‌نفس. کم حرف زد و گوش داد."),
            Line("آرش", 30, K.SMALL_WIN, "پیش از من لبخند زد و حال مرا پرسید.", D.PSYCHOLOGICAL),
            Line("آرش", 16, K.NOTE, "نشانه‌های افسردگی کمتر شده؛ خواب هنوز نامنظم است.", "", A.PROFESSION),
            Line("آرش", 2, K.CALL, "فردا آزمون عملی دارد. آرام بود."),
            Line("گلی", 50, K.GROUP, "بسته‌بندی زعفران را به گروه نشان داد."),
            Line("گلی", 5, K.MESSAGE, "عکس نخستین سفارش اینترنتی را فرستاد."),
            Line("پروین", 60, K.SMALL_WIN, "دفتر دخل‌وخرجش را آورد و خودش جمع زد.", D.ECONOMIC),
            Line("پروین", 11, K.GROUP, "در گروه زنان پس‌انداز هفتگی را توضیح داد."),
            Line("سردار", 15, K.NOT_MET, "نیامد. برادرش گفت سر زمین است."),
            Line("لیلا", 26, K.VISIT, "دار قالی دوباره برپاست. مادرش هم کنارش نشسته بود."),
            Line("لیلا", 4, K.INSTITUTION, "تأمین اجتماعی: بیمهٔ قالی‌بافی از ماه آینده."),
            Line("هومن", 7, K.SMALL_WIN, "بی‌رابط با مشتری کنار آمد؛ روی کاغذ نوشت و خندیدند.", D.SOCIAL),
            Line("فاطمه", 0, K.SMALL_WIN, "در جمع حرف زد و گفت می‌خواهد مربی مهد شود.", D.SOCIAL),
        ),
        tasks=(
            ToDo("زهرا", 0, "پیگیری پروندهٔ وام در بانک"),
            ToDo("آرش", 1, "پرسیدن نتیجهٔ آزمون عملی"),
            ToDo("سردار", -2, "تماس با برادرش برای قرار تازه"),
            ToDo("لیلا", 5, "فرم بیمه را با هم پر کنیم"),
        ),
        paper=("گواهی دورهٔ خیاطی", ("Sewing course, 120 h", "2024")),
    ),
}


def fill(short_name: str, seats: dict[str, Seat]) -> None:
    """Writes the organisation's journals with its own verbs. Asked inside of it; `seats` are by handle."""
    told = TOLD.get(short_name)
    if told is None:
        return
    clients = {client.given_name: client for client in Client.objects.present()}
    by_key = {seat.membership_id: seat for seat in seats.values()}
    for line in sorted(told.lines, key=lambda line: -line.days):
        client = clients[line.name]
        _write(line, client, _author(line, client, by_key))
    for task in told.tasks:
        client = clients[task.name]
        seat = by_key[client.assigned_to_id]
        if seat.membership_id is not None:
            day = timezone.localdate() + timedelta(days=task.days)
            add_task(client=client, new=NewTask(task.title, day, seat.membership_id), by=seat)
    client = clients[told.tasks[0].name]
    title, words = told.paper
    add_document(client=client, **vars(NewFile(title, [_drawn(words)], "image/png")), by=by_key[client.assigned_to_id])
    JournalHabit.objects.all().delete()  # nobody has chosen yet


def _author(line: Line, client: Client, seats: dict[UUID | None, Seat]) -> Seat:
    """What is for one profession is a psychologist's of the person's team, where there is one."""
    if line.audience == A.PROFESSION:
        place = TeamMember.objects.filter(
            case__client=client, ended_at=None, profession=Profession.PSYCHOLOGIST, colleague__isnull=False
        ).first()
        if place is not None and place.colleague_id is not None:
            return seat_of(Colleague.objects.get(pk=place.colleague_id))
    return seats[client.assigned_to_id]


def _write(line: Line, client: Client, seat: Seat) -> None:
    """At an hour of the working day that differs from line to line."""
    day = timezone.localdate() - timedelta(days=line.days)
    clock = time(8 + len(line.text) % 8, len(line.text) * 7 % 60)
    at = min(timezone.make_aware(datetime.combine(day, clock)), timezone.now())
    entry = write_entry(client=client, new=NewEntry(line.kind, line.text, at, line.audience, line.dimension), by=seat)
    JournalEntry.objects.filter(pk=entry.pk).update(created_at=at)


def _drawn(words: tuple[str, ...]) -> bytes:
    """A sheet of paper with some lines, as a picture."""
    sheet = Image.new("RGB", (800, 560), "#fdfbf5")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((24, 24, 776, 536), outline="#8d8376", width=3)
    for number, word in enumerate(words):
        pen.text((80, 120 + 110 * number), word, fill="#2a2622", font_size=44)
    target = BytesIO()
    sheet.save(target, "PNG", optimize=True)
    return target.getvalue()
