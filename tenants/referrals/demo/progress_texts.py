"""Ways of people in the demo network, in the languages of their organisations."""

from __future__ import annotations

from typing import Final

from tenants.referrals.demo.progress_shapes import DemoGoal, DemoPlan, DemoRating, DemoStep, DemoWay, way

P, S, E = "psychological", "social", "economic"

# name, what it is for, and rows of text, dimension, first and last answer, answers, rising, the network's question
SCALES: Final = {
    "pogum": (
        "Majhni koraki",
        "Za vsak teden: kaj je danes že mogoče, kar prej ni bilo.",
        (
            ("Pozdraviti in se nasmehniti", S, "Umaknem pogled", "Pozdravim prvi", 5, True, "talk"),
            ("Povedati svoje mnenje v skupini", P, "Raje molčim", "Povem, tudi če se ne strinjam", 5, True, "voice"),
            ("Vstati in priti pravočasno", P, "Redko mi uspe", "Uspe mi vsak dan", 5, True, "day"),
            ("Strah pred novim", P, "Skoraj ga ni", "Ustavi me vsak dan", 5, False, "fear"),
            ("Moje roke nekaj znajo", E, "Ničesar ne vidim", "Pokažem, kaj znam", 7, True, "skills"),
            ("Gibanje na svežem zraku", S, "Nikoli", "Vsak dan", 5, True, ""),
        ),
    ),
    "peyvand": (
        "آمادگی برای کار در سه بعد",
        "برای آغاز، میانه و پایان دورهٔ استاد و شاگردی.",
        (
            ("باور به توانایی خود", P, "باور ندارم که بتوانم", "می‌دانم چه می‌توانم", 5, True, "confidence"),
            ("گفتن حرف دل", P, "سکوت می‌کنم", "آرام و روشن می‌گویم", 5, True, "voice"),
            ("همکاری با استادکار و همکاران", S, "کناره می‌گیرم", "سهم خودم را انجام می‌دهم", 5, True, "together"),
            ("سر وقت بودن", S, "بیشتر نمی‌رسم", "همیشه می‌رسم یا خبر می‌دهم", 5, True, "promises"),
            ("حساب دخل و خرج", E, "نمی‌دانم کجا می‌رود", "می‌نویسم و تا آخر ماه می‌رسد", 5, True, "budget"),
            ("نگرانی از قسط و وام", E, "تقریباً هیچ‌وقت", "تقریباً همیشه", 5, False, "worry"),
            ("مهارت در کار", E, "تازه شروع کرده‌ام", "بدون کمک انجام می‌دهم", 11, True, "skills"),
        ),
    ),
}

WAYS: Final = {
    "mentors": (
        DemoWay(
            "Besnik Imeri",
            way((175, 2, 3, 2), (130, 4, 4, 3), (95, 2.5, 4, 3), (50, 5, 6, 5), (12, 6.5, 7, 6)),
            (
                ("strength", "Nuk dorëzohet kur dikush i rri pranë", P),
                ("capability", "Di të punojë me dru", E),
                ("need", "Një këmishë për intervistë", E),
            ),
            DemoPlan(
                (
                    DemoGoal(
                        "Dua të shkoj vetë në një intervistë",
                        P,
                        "confidence",
                        (
                            DemoStep("Ushtrojmë tri pyetje me zë", "me", -20, -22),
                            DemoStep("Telefonoj vetë te marangozi", "", 2),
                            DemoStep("Pyes marangozin për një ditë prove", "me", -1),
                        ),
                    ),
                    DemoGoal(
                        "Dua të zgjohem herët çdo ditë",
                        P,
                        "day",
                        (
                            DemoStep("Takim çdo të martë në tetë", "me", 4),
                            DemoStep("Shëtitje me vëllanë", "Vëllai", None),
                        ),
                    ),
                ),
                review=3,
                agreed=40,
            ),
        ),
        DemoWay(
            "Shqipe Ajdini",
            way((115, 5, 6, 3), (60, 6, 6, 4), (20, 7, 8, 5)),
            (("strength", "Fqinjët ia njohin ëmbëlsirat", E), ("interest", "Dëshiron një kurs për pastiçeri", E)),
            DemoPlan(
                (
                    DemoGoal(
                        "Dua të shes ëmbëlsirat e mia në treg",
                        E,
                        "direction",
                        (
                            DemoStep("Llogaris sa kushton një tepsi", "", 5),
                            DemoStep("Gjej një vend në treg", "me", 6),
                        ),
                    ),
                ),
                review=30,
            ),
        ),
        DemoWay(
            "Xhevat Ramadani",
            way((90, 3, 1, 2), (45, 4, 3, 2), (9, 5, 4, 4)),
            (("need", "Dikush që i beson", S), ("strength", "Vjen me orar", S)),
        ),
    ),
    "prvikorak": (
        DemoWay(
            "Đorđe Šainović",
            way((135, 4, 5, 3), (80, 5, 5, 5), (40, 4, 6, 5), (8, 7, 7, 7)),
            (("capability", "Vodoinstalaterski zanat", E), ("strength", "Strpljiv kad nešto ne ide", P)),
            DemoPlan(
                (
                    DemoGoal(
                        "Hoću da radim u svojoj struci",
                        E,
                        "skills",
                        (
                            DemoStep("Pozovem majstora iz Divčibara", "", -6, -7),
                            DemoStep("Dogovorimo probni dan", "me", 3),
                            DemoStep("Spremim alat", "", 6),
                        ),
                    ),
                ),
                review=5,
                agreed=30,
            ),
        ),
        DemoWay("Dragana Jovanović", way((125, 3, 2, 4), (70, 5, 4, 5), (15, 7, 7, 6))),
        DemoWay(
            "Jovan Stanković",
            way((48, 2, 4, 1), (10, 5, 5, 3)),
            (("interest", "Želi da završi školu", E),),
        ),
    ),
    "kaimai": (
        DemoWay(
            "Žydrūnė Ąžuolienė",
            way((185, 3, 4, 2), (120, 5, 5, 3), (60, 6, 7, 4), (14, 7, 8, 6)),
            (("strength", "Tvirta ranka ir kantrybė", P), ("interest", "Nori rašyti anūkei laiškus", S)),
            DemoPlan(
                (
                    DemoGoal(
                        "Noriu pati mokėti sąskaitas internetu",
                        E,
                        "offices",
                        (
                            DemoStep("Prisijungiu prie e. banko", "", -10, -12),
                            DemoStep("Sumokame pirmą sąskaitą kartu", "me", 1),
                            DemoStep("Sumoku pati", "", 14),
                        ),
                    ),
                ),
                review=7,
                agreed=50,
            ),
        ),
        DemoWay(
            "Algirdas Žukauskas",
            way((110, 1, 1, 3), (75, 3, 4, 3), (30, 2, 5, 3), (6, 5, 7, 4)),
            (("need", "Draugija antradieniais", S),),
        ),
        DemoWay("Irena Mikėnaitė", way((90, 5, 6, 5), (25, 6, 6, 7))),
    ),
    "pogum": (
        DemoWay(
            "Marjeta Žnidar",
            (
                *way((155, 1.5, 1, 2), (110, 3, 2, 2), (70, 2, 3, 3)),
                DemoRating(42, "mentor", (4, 5, 4), "own", "Prvič je sama začela pogovor."),
                DemoRating(42, "client", (3.5, 5.5, 4), "own"),
                DemoRating(5, "mentor", (5.5, 7, 4.5), "own"),
                DemoRating(5, "client", (6, 7.5, 4), "own"),
            ),
            (("strength", "Opazi, kdaj je komu hudo", S), ("interest", "Vrt in zelišča", E)),
            DemoPlan(
                (
                    DemoGoal(
                        "Rada bi šla sama na tržnico",
                        S,
                        "talk",
                        (
                            DemoStep("Greva skupaj in samo gledava", "me", -18, -18),
                            DemoStep("Kupim eno stvar", "", 1),
                            DemoStep("Grem s sosedo", "Soseda", 8),
                        ),
                    ),
                    DemoGoal(
                        "Rada bi spet brala na glas",
                        P,
                        "voice",
                        (
                            DemoStep("Preberem recept v skupini", "", 6),
                            DemoStep("Prosim za prostor v knjižnici", "me", 2),
                        ),
                    ),
                ),
                review=4,
                agreed=55,
            ),
        ),
        DemoWay(
            "Bojan Šteharnik",
            (
                *way((72, 2, 3, 2), (48, 4, 4, 3), (27, 1, 2, 2)),
                DemoRating(2, "mentor", (4, 4.5, 3), "own", "Po padcu je prišel sam in povedal."),
                DemoRating(2, "client", (3, 4, 3), "own"),
            ),
            (("need", "Nekdo, ki ga pokliče zvečer", S), ("strength", "Pove po resnici", P)),
        ),
        DemoWay(
            "Špela Kotnik",
            way((125, 2, 5, 4), (80, 4, 6, 4), (20, 6, 7, 6)),
            (),
            DemoPlan(
                (
                    DemoGoal(
                        "Rada bi se sama peljala v službo",
                        P,
                        "fear",
                        (
                            DemoStep("Peljem do trgovine in nazaj", "", -3),
                            DemoStep("Pot do Raven, ob meni psihologinja", "Psihologinja", 9),
                        ),
                    ),
                ),
                review=-2,
                agreed=80,
            ),
        ),
    ),
    "peyvand": (
        DemoWay(
            "زهرا احمدی‌فر",
            (
                *way((165, 3, 5, 2), (120, 5, 5, 4), (80, 4, 6, 3)),
                DemoRating(35, "mentor", (6, 7, 5.5), "own", "برای نخستین بار قیمت کار خود را خودش گفت."),
                DemoRating(35, "client", (5.5, 7, 5), "own"),
                DemoRating(6, "mentor", (7.5, 8, 7), "own"),
                DemoRating(6, "client", (8, 8, 6.5), "own"),
            ),
            (
                ("capability", "دوخت لباس محلی", E),
                ("strength", "پشتکار", P),
                ("need", "چرخ خیاطی صنعتی", E),
            ),
            DemoPlan(
                (
                    DemoGoal(
                        "می‌خواهم کارگاه کوچک خودم را داشته باشم",
                        E,
                        "direction",
                        (
                            DemoStep("نوشتن فهرست هزینه‌ها", "", -8, -9),
                            DemoStep("رفتن به بانک برای وام خوداشتغالی", "me", 2),
                            DemoStep("دیدن دو مغازه برای اجاره", "", 5),
                            DemoStep("گرفتن نامه از استادکار", "استاد رحیمی", 7),
                        ),
                    ),
                    DemoGoal(
                        "می‌خواهم آرام و روشن نه بگویم",
                        P,
                        "voice",
                        (DemoStep("تمرین گفت‌وگو با مشتری", "me", -1),),
                    ),
                ),
                review=6,
                agreed=45,
            ),
        ),
        DemoWay(
            "علی‌رضا کریمی",
            way((150, 4, 4, 3), (90, 5, 4, 5), (45, 4, 6, 6), (10, 7, 7, 8)),
            (("capability", "جوشکاری", E),),
        ),
        DemoWay(
            "پروین ثابتی",
            way((85, 4, 5, 2), (40, 5, 7, 4), (7, 7, 8, 7)),
            (("strength", "دفتر دخل‌وخرج را مرتب می‌نویسد", E),),
        ),
    ),
}
