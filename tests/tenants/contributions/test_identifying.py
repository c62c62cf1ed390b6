"""What is pointed at in a text, in the languages and scripts of the network."""

from __future__ import annotations

from typing import Any

import pytest

from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from tenants.contributions.domain.identifying import findings_in
from tenants.contributions.enums import FindingKind
from tenants.organisations.isolation import inside
from tests.factories.caseloads import ClientFactory


def _found(text: str, **options: Any) -> list[tuple[str, str]]:
    return [(finding.words, finding.kind.value) for finding in findings_in({"context": text}, **options)]


@pytest.mark.parametrize(
    ("given", "family", "text", "words"),
    [
        ("Dren", "Krasniqi", "Ne folëm me Drenin dy herë.", "Drenin"),
        ("Drita", "Hoxha", "Shtëpia e Dritës ishte larg.", "Dritës"),
        ("Marko", "Šešelj", "Радили смо са Марком дуго.", "Марком"),
        ("Јелена", "Илић", "Jelenu je bilo strah.", "Jelenu"),
        ("Đorđe", "Ilić", "To je Djordjev brat.", "Djordjev"),
        ("Jonas", "Petrauskas", "Kalbėjome su Jonu ir jo broliu.", "Jonu"),
        ("Mojca", "Zupan", "Bili smo pri Mojci doma.", "Mojci"),
        ("Ana", "Kos", "Govorili smo z Ano vsak dan.", "Ano"),
        ("نرگس", "كريمي", "با نرگس‌جان حرف زدیم", "نرگس‌جان"),
        ("نرگس", "کریمی", "خانم کریمی آمد", "کریمی"),
        ("Dren", "Krasniqi", "yesterday dren did not come", "dren"),
        ("Dren", "Krasniqi", "Dren’s mother came.", "Dren’s"),
        ("Dren", "Krasniqi", "We called DREN KRASNIQI again.", "DREN KRASNIQI"),
        ("Ana Marija", "Kos", "Then Ana-Marija left.", "Ana-Marija"),
    ],
)
def test_a_clients_name_is_found_in_its_forms(
    alpha: OrganisationRef, given: str, family: str, text: str, words: str
) -> None:
    with inside(alpha):
        ClientFactory.create(given_name=given, family_name=family)
        assert (words, "person") in _found(text)


def test_restricted_and_merged_people_are_people(alpha: OrganisationRef) -> None:
    with inside(alpha):
        kept = ClientFactory.create(given_name="Vjosa", family_name="Berisha")
        ClientFactory.create(given_name="Arlinda", family_name="Gashi", merged_into=kept)
        ClientFactory.create(given_name="Teuta", family_name="Leka", restricted_at="2026-01-01T00:00Z")
        assert [words for words, _kind in _found("We saw that Arlinda came, and later Teuta.")] == ["Arlinda", "Teuta"]


def test_only_ones_own_people_are_known(alpha: OrganisationRef, beta: OrganisationRef) -> None:
    with inside(beta):
        ClientFactory.create(given_name="Vjosa", family_name="Berisha")
    with inside(alpha):
        assert _found("One day Vjosa came.") == []


def test_colleagues_are_people_too(alpha: OrganisationRef, member: Any) -> None:
    member(alpha, Role.MENTOR, name="Blerim Zeqiri")
    with inside(alpha):
        assert _found("It was Blerimi who drove.") == [("Blerimi", "person")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to a.b-c@example.org today.", [("a.b-c@example.org", "contact")]),
        ("Call +389 70 123 456 now.", [("+389 70 123 456", "contact")]),
        ("Call (070) 123-456.", [("(070) 123-456", "contact")]),
        ("زنگ بزنید ۰۹۱۲۳۴۵۶۷۸۹", [("۰۹۱۲۳۴۵۶۷۸۹", "number")]),
        ("Her number is 0101990450007.", [("0101990450007", "number")]),
        ("Card J12345678K was lost.", [("J12345678K", "number")]),
        ("It began on 04.09.2019.", [("04.09.2019", "day")]),
        ("It began on 2019-09-04.", [("2019-09-04", "day")]),
        ("It began on 4/9/19.", [("4/9/19", "day")]),
        ("از ۱۴۰۳/۰۲/۱۵ شروع شد", [("۱۴۰۳/۰۲/۱۵", "day")]),
        ("در ۱۵ اردیبهشت آمد", [("۱۵ اردیبهشت", "day")]),
        ("It was 12th March.", [("12th March", "day")]),
        ("On March 12 it rained.", [("March 12", "day")]),
        ("Došla je 3. aprila.", [("3. aprila", "day")]),
        ("A 19-year-old girl.", [("19-year-old", "age")]),
        ("Një djalë 19 vjeçar.", [("19 vjeçar", "age")]),
        ("دختری ۱۹ ساله", [("۱۹ ساله", "age")]),
        ("They live in ulica Lipa 5.", [("ulica Lipa 5", "address")]),
        ("They live at 5 Mill Street.", [("5 Mill Street", "address")]),
        ("We met Petrit Dauti there.", [("Petrit Dauti", "person")]),
        ("Petrit Dauti came.", [("Petrit Dauti", "person")]),
        # about nobody
        ("It cost 10 000 000 and 1.500.000 in 2019-2020.", []),
        ("Eleven of 40 came, 27% stayed for 3 months in 2021.", []),
        ("The Library was closed. We waited.", []),
        ("Version 1.2.3 of the plan.", []),
        ("In 2 markets and 5 shops.", []),
    ],
)
def test_shapes(alpha: OrganisationRef, text: str, expected: list[tuple[str, str]]) -> None:
    with inside(alpha):
        assert _found(text) == expected


def test_a_place_of_few(alpha: OrganisationRef) -> None:
    with inside(alpha):
        ClientFactory.create(place="Gornja Ramnica")
        ClientFactory.create_batch(10, place="Tetovo")
        assert _found("They came from Ramnica and from Tetovo.") == [("Ramnica", "place")]
        assert _found("Nobody came.") == []


def test_ones_own_organisation_where_it_is_not_to_be_named(alpha: OrganisationRef) -> None:
    with inside(alpha):
        text = "At ALPHA house we tried."
        assert _found(text) == []
        assert _found(text, hidden_names=("Alpha House",)) == [("ALPHA house", "own_name")]


def test_a_finding_shows_its_sentence_and_ends_with_it(alpha: OrganisationRef) -> None:
    with inside(alpha):
        ClientFactory.create(given_name="Dren", family_name="Krasniqi")
        first = findings_in({"context": "All was well. Then Dren came! He left."})[0]
        assert (first.before, first.words, first.after) == ("Then ", "Dren", " came!")
        assert first.kind == FindingKind.PERSON
        same = findings_in({"context": "Something else. Then Dren came!"})[0]
        other = findings_in({"context": "Then Dren cried!"})[0]
        elsewhere = findings_in({"tried": "Then Dren came!"})[0]
        assert same.key == first.key
        assert len({first.key, other.key, elsewhere.key}) == 3
        assert first.group == other.group == elsewhere.group


def test_names_are_asked_for_once(alpha: OrganisationRef, django_assert_num_queries: Any) -> None:
    """However many clients and however long the text: nobody is loaded but those whose names stand there."""
    with inside(alpha):
        for count in (1, 20):
            ClientFactory.create_batch(count)
            with django_assert_num_queries(3):
                findings_in({"context": "Given1 came. " * count, "tried": "Nobody."})
