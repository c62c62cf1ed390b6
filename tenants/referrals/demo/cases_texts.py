"""Programmes and cases of the demo network, in each organisation's own language."""

from __future__ import annotations

from typing import Final

from tenants.caseloads.enums.cases import ExitKind, Held, Profession, TargetMeasure
from tenants.referrals.demo.cases_shapes import DemoCase, DemoProgramme

PROGRAMMES: Final = {
    "mentors": DemoProgramme(
        name="Mentorët socialë për integrim në punë",
        funder="Fondi për përfshirje sociale",
        months=24,
        territory="Tetovë, Gostivar, Shkup",
        objectives="1. Secili person ka një mentor që e njeh dhe e përcjell.\n"
        "2. Lidhje që zgjasin me ndërmarrjet dhe institucionet e vendit.",
        target_group="Njerëz që e kanë vështirë të gjejnë punë",
        targets={
            TargetMeasure.ENROLLED: 24,
            TargetMeasure.POSITIVE_EXITS: 10,
            TargetMeasure.WORK: 6,
            TargetMeasure.SMALL_WINS: 20,
        },
        profession=Profession.MENTOR,
        cases=(
            DemoCase(
                "Ëndrra Çelaj",
                200,
                "Një punishte e vogla ime, me dritare nga rruga.",
                team=(("lumnije", Profession.SOCIAL_WORKER), ("dafina", Profession.TEACHER)),
                outsider=("Vlora Hasani", "Agjencia e punësimit", "+389 44 000 310"),
            ),
            DemoCase("Besnik Imeri", 170, "Të mos kem turp.", team=(("lumnije", Profession.PSYCHOLOGIST),)),
            DemoCase(
                "Љупчо Стојковски",
                140,
                exit=ExitKind.JOB,
                ended=95,
                note="Вози виљушкар во магацин, договор на година.",
                held=((1, (Held.YES, "Задоволен е.")), (3, (Held.YES, ""))),
            ),
            DemoCase("Shqipe Ajdini", 110, "Punë paradite.", team=(("drita", Profession.VOLUNTEER),)),
            DemoCase(
                "Xhevat Ramadani",
                90,
                exit=ExitKind.SMALL_CHANGE,
                ended=33,
                note="Vjen vetë dhe me orar. Kjo është e madhe.",
            ),
            DemoCase("Марија Ѓорѓиевска", 75, exit=ExitKind.LEFT, ended=20),
            DemoCase("Teuta Limani", 55, "Diploma të njihet."),
            DemoCase("Fatmir Xhaferi", 40, team=(("lumnije", Profession.COORDINATOR),)),
            DemoCase("Sevgi Yıldız", 30, team=(("drita", Profession.VOLUNTEER),)),
        ),
    ),
    "prvikorak": DemoProgramme(
        name="Prvo radno iskustvo za mlade Rome",
        funder="Grad i evropski program za uključivanje",
        months=12,
        territory="Valjevo i okolina",
        objectives="1. Mladi nalaze i zadržavaju posao koji odgovara njihovim željama i sposobnostima.\n"
        "2. Grad, centar, škola, poslodavci i služba za zapošljavanje rade zajedno po proverenom modelu.",
        target_group="Romkinje i Romi od 18 do 30 godina",
        targets={
            TargetMeasure.ENROLLED: 20,
            TargetMeasure.POSITIVE_EXITS: 12,
            TargetMeasure.WORK: 8,
            TargetMeasure.LEARNING: 4,
            TargetMeasure.HELD_6: 5,
        },
        profession=Profession.FACILITATOR,
        consent_wording="Učestvujem u programu “Prvo radno iskustvo”. "
        "Centar čuva podatke koji su potrebni da mi pomogne.",
        cases=(
            DemoCase(
                "Đorđe Šainović",
                135,
                "Da radim kao vodoinstalater.",
                team=(("vesna", Profession.SOCIAL_WORKER),),
                outsider=("Milan Rakić", "Srednja tehnička škola", "skola@example.org"),
            ),
            DemoCase("Dragana Jovanović", 128, "Kancelarija, računi.", team=(("milica", Profession.PSYCHOLOGIST),)),
            DemoCase(
                "Саша Петровић",
                115,
                exit=ExitKind.APPRENTICESHIP,
                ended=92,
                note="Šegrt u štampariji, tri meseca.",
                held=((1, (Held.YES, "Majstor ga hvali.")),),
            ),
            DemoCase(
                "Anita Demirović",
                105,
                "Vrtić, pa praksa.",
                team=(("milica", Profession.PSYCHOLOGIST),),
                outsider=("Sanja Bogić", "Centar za socijalni rad", ""),
            ),
            DemoCase("Željko Ćirić", 82),
            DemoCase("Ljubica Nikolić", 70, exit=ExitKind.TRAINING, ended=31, note="Upisala kurs za gerontodomaćice."),
            DemoCase("Jovan Stanković", 46, "Da završim školu.", team=(("vesna", Profession.TEACHER),)),
            DemoCase("Emina Bajrić", 36, "Frizerski zanat."),
            DemoCase("Nemanja Džordžević", 18),
        ),
    ),
    "kaimai": DemoProgramme(
        name="Penki kaimo centrai vyresniems nei 50 metų",
        funder="Europos Sąjungos kaimo plėtros priemonė",
        months=24,
        territory="Rokiškio rajono kaimai",
        objectives="1. Kiekvienam – jo poreikius atitinkanti mokymosi programa.\n"
        "2. Mobili komanda pasiekia atokiausius gyventojus.",
        target_group="Darbo neturintys kaimo gyventojai nuo 50 metų",
        targets={TargetMeasure.ENROLLED: 30, TargetMeasure.POSITIVE_EXITS: 12, TargetMeasure.PROGRESS: 15},
        profession=Profession.COORDINATOR,
        unseen_days=21,
        cases=(
            DemoCase("Žydrūnė Ąžuolienė", 185, "Nebijoti kompiuterio.", team=(("jurgis", Profession.VOLUNTEER),)),
            DemoCase(
                "Vytautas Šimkus",
                170,
                exit=ExitKind.SELF_EMPLOYMENT,
                ended=100,
                note="Remontuoja kaimynams pagal patentą.",
                held=((1, (Held.YES, "Darbo yra.")), (3, (Held.CHANGED, "Dabar dviese su sūnumi."))),
            ),
            DemoCase(
                "Genovaitė Čepienė",
                145,
                "Dirbti iš namų.",
                team=(("egle", Profession.PSYCHOLOGIST),),
                outsider=("Nijolė Stasiūnienė", "Seniūnija", "+370 600 00 410"),
            ),
            DemoCase(
                "Лидия Воронова",
                126,
                exit=ExitKind.ACTIVATION,
                ended=62,
                note="Ведёт кружок вышивки.",
                held=((1, (Held.YES, "")),),
            ),
            DemoCase(
                "Algirdas Žukauskas", 112, team=(("egle", Profession.PSYCHOLOGIST), ("jurgis", Profession.VOLUNTEER))
            ),
            DemoCase("Irena Mikėnaitė", 90, "Dalis etato."),
            DemoCase("Stasys Ūsas", 65, "Parduoti medų internetu.", team=(("egle", Profession.TEACHER),)),
            DemoCase("Ona Petrylienė", 52, team=(("egle", Profession.PSYCHOLOGIST),)),
            DemoCase("Jonas Ėringis", 31),
        ),
    ),
    "pogum": DemoProgramme(
        name="Socialna aktivacija",
        funder="Evropski socialni sklad",
        months=18,
        territory="Zasavje",
        objectives="1. Vsak najde svoje močne točke in korak, ki ga zmore.\n"
        "2. Izvajalec, zavod za zaposlovanje in center za socialno delo delajo skupaj z enim človekom.",
        target_group="Dolgotrajno brezposelni in tisti daleč od trga dela",
        targets={
            TargetMeasure.ENROLLED: 25,
            TargetMeasure.POSITIVE_EXITS: 15,
            TargetMeasure.SMALL_WINS: 25,
            TargetMeasure.PROGRESS: 15,
        },
        profession=Profession.MENTOR,
        consent_wording="V program vstopam prostovoljno. "
        "Iz njega lahko kadar koli izstopim, brez razlage in brez posledic.",
        unseen_days=7,
        cases=(
            DemoCase("Marjeta Žnidar", 155, "Da bi upala med ljudi.", team=(("andreja", Profession.PSYCHOLOGIST),)),
            DemoCase(
                "Čedomir Vukić",
                143,
                exit=ExitKind.ACTIVATION,
                ended=93,
                note="Vodi skupnostni vrt.",
                held=((1, (Held.YES, "Še vedno vsak dan.")), (3, (Held.YES, ""))),
            ),
            DemoCase(
                "Špela Kotnik",
                125,
                "Spet voziti.",
                team=(("andreja", Profession.PSYCHOLOGIST),),
                outsider=("Urša Mlakar", "Center za socialno delo", ""),
            ),
            DemoCase(
                "Franc Jamnik",
                107,
                exit=ExitKind.SMALL_CHANGE,
                ended=31,
                note="Prvi nasmeh, prvi popravljen stol za drugega.",
            ),
            DemoCase("Arjeta Hoxha", 94, "Jezik in delo.", team=(("jaka", Profession.VOLUNTEER),)),
            DemoCase("Bojan Šteharnik", 72, team=(("andreja", Profession.SOCIAL_WORKER),)),
            DemoCase("Zala Ošlak", 50, "Kuhati za druge.", team=(("jaka", Profession.VOLUNTEER),)),
            DemoCase("Oleksandra Moroz", 38, exit=ExitKind.MOVED, ended=6, note="Preselila se je k hčeri."),
        ),
    ),
    "peyvand": DemoProgramme(
        name="استاد–شاگردی و آمادگی برای کار",
        funder="سازمان بهزیستی",
        months=12,
        territory="مشهد و روستاهای پیرامون",
        objectives="۱. آمادگی روانی، اجتماعی و اقتصادی برای کار.\n"
        "۲. سه تا شش ماه کارآموزی نزد استادکار و کاری که بماند.",
        target_group="جویندگان کار زیر پوشش بهزیستی",
        targets={
            TargetMeasure.ENROLLED: 40,
            TargetMeasure.WORK: 15,
            TargetMeasure.HELD_6: 10,
            TargetMeasure.PROGRESS: 25,
        },
        profession=Profession.FACILITATOR,
        cases=(
            DemoCase(
                "زهرا احمدی‌فر",
                165,
                "یک کارگاه کوچک خیاطی.",
                team=(("shirin", Profession.SOCIAL_WORKER),),
                outsider=("مهین کاظمی", "صندوق وام اشتغال", ""),
            ),
            DemoCase(
                "علی‌رضا کریمی",
                150,
                exit=ExitKind.APPRENTICESHIP,
                ended=96,
                note="کارآموزی نزد استاد غفاری آغاز شد.",
                held=((1, (Held.YES, "استاد راضی است.")), (3, (Held.YES, ""))),
            ),
            DemoCase("مريم يوسفي", 135, "کار در خانه.", team=(("mitra", Profession.PSYCHOLOGIST),)),
            DemoCase("آرش ژیان", 116, team=(("mitra", Profession.PSYCHOLOGIST), ("omid", Profession.VOLUNTEER))),
            DemoCase("گلی چمنی", 99, "فروش اینترنتی زعفران."),
            DemoCase("پروین ثابتی", 85, exit=ExitKind.SELF_EMPLOYMENT, ended=34, note="دفتر دخل‌وخرج خودش را دارد."),
            DemoCase("سردار کردستانی", 68, "گواهی‌نامه.", team=(("omid", Profession.VOLUNTEER),)),
            DemoCase("لیلا بهاری", 52, team=(("shirin", Profession.COORDINATOR),)),
            DemoCase("هومن وفایی", 34, outsider=("رابط زبان اشاره", "کانون ناشنوایان", "")),
        ),
    ),
}
