"""Towns of the network's countries and where they lie, so that nothing has to be asked of anybody else's map.

A place that is not here is simply not measured; its own coordinates can be typed in.
"""

from __future__ import annotations

import difflib
import math
import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from halka.common.folding import folded

EARTH: Final = 6_371_000.0  # metres from the middle to the outside
ALIKE: Final = 0.78  # how near to a known name a typed one must be

# Country: name/other names latitude longitude. Those with a star are drawn on maps first.
TOWNS: Final = {
    "MK": """
        *Shkup/Skopje/Скопје/Üsküp 41.998 21.435; *Tetovë/Tetovo/Тетово 42.010 20.971; *Gostivar/Гостивар 41.796 20.908;
        Vrapçisht/Vrapčište/Врапчиште 41.834 20.885; Bogovinë/Bogovinje/Боговиње 41.923 20.914;
        Zhelinë/Želino/Желино 41.980 21.062; Jegunovce/Јегуновце 42.073 21.123; Tearce/Теарце 42.076 21.053;
        *Kumanovë/Kumanovo/Куманово 42.132 21.714; *Bitola/Битола/Manastir 41.031 21.340; Ohrid/Охрид 41.117 20.801;
        Struga/Струга 41.178 20.678; Kërçovë/Kičevo/Кичево 41.512 20.959; Dibër/Debar/Дебар 41.525 20.527;
        *Veles/Велес 41.715 21.775; *Shtip/Štip/Штип 41.745 22.195; Strumica/Струмица 41.438 22.643;
        Prilep/Прилеп 41.346 21.554; Kavadarci/Кавадарци 41.433 22.012; Kočani/Кочани 41.916 22.413
    """,
    "AL": """
        *Tiranë/Tirana 41.328 19.819; *Durrës 41.324 19.456; *Shkodër 42.068 19.513; *Elbasan 41.112 20.082;
        *Vlorë 40.466 19.490; Korçë 40.618 20.781; Fier 40.724 19.556; Berat 40.706 19.952; Kukës 42.077 20.421;
        Peshkopi 41.685 20.429; Gjirokastër 40.076 20.139; Lushnjë 40.942 19.705
    """,
    "XK": """
        *Prishtinë/Priština/Приштина 42.663 21.165; *Prizren/Призрен 42.214 20.740; *Pejë/Peć/Пећ 42.659 20.288;
        Gjakovë/Đakovica 42.380 20.431; *Mitrovicë/Kosovska Mitrovica 42.891 20.866; Gjilan/Gnjilane 42.463 21.469;
        Ferizaj/Uroševac 42.370 21.155
    """,
    "RS": """
        *Beograd/Belgrade/Београд 44.817 20.457; *Novi Sad/Нови Сад 45.255 19.845; *Niš/Ниш 43.321 21.896;
        *Kragujevac/Крагујевац 44.013 20.912; *Valjevo/Ваљево 44.271 19.884; Popučke/Попучке 44.294 19.936;
        Lajkovac/Лајковац 44.370 20.165; Mionica/Мионица 44.253 20.082; Osečina/Осечина 44.373 19.601;
        Ljig/Љиг 44.226 20.239; Ub/Уб 44.456 20.074; Obrenovac/Обреновац 44.655 20.200; Šabac/Шабац 44.747 19.690;
        *Čačak/Чачак 43.891 20.350; *Užice/Ужице 43.856 19.842; Loznica/Лозница 44.534 19.226;
        *Subotica/Суботица 46.100 19.665; *Zrenjanin/Зрењанин 45.383 20.382; Pančevo/Панчево 44.871 20.640;
        Smederevo/Смедерево 44.664 20.929; Kraljevo/Краљево 43.726 20.690; Kruševac/Крушевац 43.580 21.334;
        Leskovac/Лесковац 42.998 21.946; Vranje/Врање 42.551 21.900; Novi Pazar/Нови Пазар 43.137 20.513;
        Zaječar/Зајечар 43.904 22.285; Bor/Бор 44.075 22.096
    """,
    "ME": """
        *Podgorica 42.441 19.263; *Nikšić 42.774 18.945; Bar 42.094 19.100; *Bijelo Polje 43.038 19.748;
        Berane 42.843 19.873; Pljevlja 43.357 19.359; Ulcinj/Ulqin 41.929 19.224
    """,
    "BA": """
        *Sarajevo 43.856 18.413; *Banja Luka 44.773 17.191; *Tuzla 44.538 18.676; *Mostar 43.343 17.808;
        Zenica 44.204 17.908; Bijeljina 44.757 19.214; Prijedor 44.980 16.714
    """,
    "HR": """
        *Zagreb 45.815 15.982; *Split 43.508 16.440; *Rijeka 45.327 14.442; *Osijek 45.555 18.695;
        Varaždin 46.306 16.338; Čakovec 46.384 16.434; Karlovac 45.487 15.548; Zadar 44.119 15.231
    """,
    "SI": """
        *Ljubljana 46.051 14.506; *Maribor 46.557 15.646; *Celje 46.231 15.260; *Kranj 46.239 14.356;
        Ravne na Koroškem/Ravne 46.543 14.969; Slovenj Gradec 46.510 15.080; Dravograd 46.588 15.019;
        Prevalje 46.547 14.921; Mežica 46.521 14.854; Črna na Koroškem/Črna 46.469 14.850; Muta 46.611 15.166;
        Radlje ob Dravi 46.614 15.226; Velenje 46.362 15.110; *Novo mesto 45.804 15.169; *Koper 45.548 13.730;
        *Nova Gorica 45.956 13.648; Murska Sobota 46.662 16.166; Ptuj 46.420 15.870; Jesenice 46.437 14.053;
        Trbovlje 46.150 15.053; Postojna 45.775 14.214
    """,
    "LT": """
        *Vilnius 54.687 25.280; *Kaunas 54.898 23.904; *Klaipėda 55.703 21.144; *Šiauliai 55.934 23.314;
        *Panevėžys 55.735 24.358; *Rokiškis 55.955 25.585; Juodupė 56.088 25.607; Jūžintai 55.778 25.690;
        Kamajai 55.823 25.499; Kriaunos 55.879 25.816; Obeliai 55.943 25.801; Pandėlys 56.016 25.218;
        Panemunėlis 55.907 25.462; Kupiškis 55.841 24.979; Biržai 56.201 24.756; Zarasai 55.731 26.247;
        Utena 55.498 25.602; Anykščiai 55.526 25.104; *Alytus 54.396 24.046; *Marijampolė 54.560 23.354;
        Mažeikiai 56.309 22.341; Jonava 55.073 24.280; Ukmergė 55.246 24.771; Telšiai 55.984 22.247;
        Visaginas 55.598 26.438
    """,
    "IR": """
        *تهران/Tehran/Teheran 35.689 51.389; *مشهد/Mashhad 36.298 59.606;
        نیشابور/Neyshabur/Nishapur/Neishabur 36.213 58.796;
        *سبزوار/Sabzevar 36.213 57.682; *قوچان/Quchan 37.106 58.510; تربت حیدریه/Torbat-e Heydarieh 35.274 59.220;
        تربت جام/Torbat-e Jam 35.244 60.623; کاشمر/Kashmar 35.238 58.466; چناران/Chenaran 36.645 59.121;
        فریمان/Fariman 35.707 59.850; سرخس/Sarakhs 36.545 61.158; گناباد/Gonabad 34.353 58.684;
        طرقبه/Torqabeh 36.311 59.374;
        *بجنورد/Bojnurd 37.475 57.329; *بیرجند/Birjand 32.866 59.221; *اصفهان/Isfahan 32.654 51.668;
        *شیراز/Shiraz 29.592 52.584; *تبریز/Tabriz 38.080 46.292; *اهواز/Ahvaz 31.318 48.671;
        *کرمان/Kerman 30.284 57.083;
        *یزد/Yazd 31.897 54.357; *رشت/Rasht 37.281 49.583; *کرمانشاه/Kermanshah 34.314 47.065; *قم/Qom 34.640 50.876;
        *گرگان/Gorgan 36.842 54.443; *ساری/Sari 36.563 53.060; *زاهدان/Zahedan 29.496 60.863; کرج/Karaj 35.840 50.939;
        همدان/Hamadan 34.799 48.515; ارومیه/Urmia 37.553 45.076
    """,
}


@dataclass(frozen=True)
class Town:
    name: str
    country: str
    latitude: float
    longitude: float
    is_large: bool


@cache
def towns() -> tuple[Town, ...]:
    return tuple(dict.fromkeys(town for town, _names in _read()))


@cache
def _read() -> tuple[tuple[Town, tuple[str, ...]], ...]:
    found = []
    for country, text in TOWNS.items():
        for line in text.split(";"):
            names, latitude, longitude = line.strip().rsplit(" ", 2)
            known = names.removeprefix("*").split("/")
            town = Town(known[0], country, float(latitude), float(longitude), names.startswith("*"))
            found.append((town, tuple(map(folded, known))))
    return tuple(found)


@cache
def _by_name() -> dict[str, Town]:
    return {name: town for town, names in reversed(_read()) for name in names}


def town_named(text: str) -> Town | None:
    """The town that somebody typed, in any script and with small mistakes; None when there is none like it.

    Of "Valjevo, Gorić" or «مشهد، شهرک مهرگان» the first part that is a town counts.
    """
    for part in re.split("[,،;(/]", text[:200]):
        if town := _town(folded(part)):
            return town
    return None


def _town(name: str) -> Town | None:
    known = _by_name()
    if not name or name in known:
        return known.get(name)
    if len(name) >= 3 and (begun := [other for other in known if other.startswith(name)]):
        return known[min(begun, key=lambda other: (not known[other].is_large, len(other)))]
    near = difflib.get_close_matches(name, known, n=1, cutoff=ALIKE)
    return known[near[0]] if near else None


def distance(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Metres along the surface, by the haversine formula."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    across = math.radians(other_longitude - longitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))
