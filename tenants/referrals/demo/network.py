"""Who looks after the members: secretariat and branch; a partner that works through the API alone, and one without
accounts that answers by links."""

from halka.authorization.roles import Role
from tenants.organisations.enums import Kind
from tenants.referrals.demo.shapes import DemoOrganisation, DemoPerson, client

SECRETARIAT = DemoOrganisation(
    short_name="secretariat",
    names={
        "en": "Network Secretariat",
        "sq": "Sekretariati i rrjetit",
        "sr": "Sekretarijat mreže",
        "lt": "Tinklo sekretoriatas",
        "sl": "Sekretariat mreže",
        "fa": "دبیرخانهٔ شبکه",
    },
    kind=Kind.SECRETARIAT,
    language="en",
    time_zone="Europe/Belgrade",
    colour="blue",
    people=(
        DemoPerson("ada", "Ada Lind", Role.SECRETARIAT),
        DemoPerson("niko", "Niko Marin", Role.EDITOR),
    ),
)

BRANCH = DemoOrganisation(
    short_name="khorasan",
    names={
        "fa": "دفتر استانی خراسان رضوی",
        "en": "Provincial Branch of Razavi Khorasan",
        "sq": "Dega krahinore e Razavi Horasanit",
        "sr": "Pokrajinski ogranak Razavi Horasan",
        "lt": "Razavi Chorasano provincijos skyrius",
        "sl": "Pokrajinska podružnica Razavi Horasan",
    },
    kind=Kind.BRANCH,
    language="fa",
    time_zone="Asia/Tehran",
    calendar="jalali",
    texts="fa",
    province="خراسان رضوی",
    colour="clay",
    people=(DemoPerson("maryam", "مریم دادگر", Role.PROVINCIAL),),
)

NEWCOMER = DemoOrganisation(
    short_name="zingsnis",
    names={
        "lt": "Žingsnis, savitarpio pagalbos būrelis",
        "en": "One Step, a Circle of Mutual Help",
        "sq": "Një hap, rreth i ndihmës së ndërsjellë",
        "sr": "Jedan korak, krug uzajamne pomoći",
        "sl": "En korak, krog medsebojne pomoči",
        "fa": "یک گام، حلقهٔ همیاری",
    },
    language="lt",
    time_zone="Europe/Vilnius",
    province="Utena",
    colour="plum",
    is_provisional=True,
    people=(DemoPerson("ruta", "Rūta Girdenė", Role.MANAGER),),
    clients=(
        client(
            "Domas", "Girnius", "Nori grįžti prie kompiuterio po dešimties metų pertraukos.",
            by="ruta", days=9, born=1971, sex="male", phone="+370 600 00 901", place="Utena", language="lt",
        ),
        client(
            "Aldona", "Pakalniškytė", "Moka viską apie sėklas; ieško darbo šiltnamyje.",
            by="ruta", days=6, born=1966, sex="female", phone="+370 600 00 902", place="Anykščiai", language="lt",
        ),
    ),
)  # fmt: skip

WORKSHOP = DemoOrganisation(
    short_name="korenine",
    names={
        "sl": "Mizarska delavnica Korenine",
        "en": "Roots Joinery Workshop",
        "sq": "Punishtja e drurit Rrënjët",
        "sr": "Stolarska radionica Korenje",
        "lt": "Stalių dirbtuvės „Šaknys“",
        "fa": "کارگاه نجاری ریشه‌ها",
    },
    kind=Kind.PARTNER,
    language="sl",
    time_zone="Europe/Ljubljana",
    province="Koroška",
    colour="clay",
    contact_email="pisarna@korenine.example",
    people=(),
)

PARTNER = DemoOrganisation(
    short_name="jobservice",
    names={
        "fa": "سامانهٔ خدمات اشتغال",
        "en": "Employment Services System",
        "sq": "Sistemi i shërbimeve të punësimit",
        "sr": "Sistem službi za zapošljavanje",
        "lt": "Užimtumo paslaugų sistema",
        "sl": "Sistem zaposlitvenih storitev",
    },
    kind=Kind.PARTNER,
    language="fa",
    time_zone="Asia/Tehran",
    calendar="jalali",
    texts="fa",
    province="خراسان رضوی",
    colour="rose",
    people=(DemoPerson("saman", "سامان فرهمند", Role.MANAGER),),
)
