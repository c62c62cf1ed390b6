"""A domain of an organisation's own: proven by a real name server, live, failing, taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import caches
from django.db import DatabaseError
from django.test import Client as Browser
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from tenants.organisations import tasks_addresses
from tenants.organisations.directory import live_behind, organisation_behind
from tenants.organisations.domain import own_domains
from tenants.organisations.domain.own_domains import CannotAsk, NotADomain, look_at, normalised
from tenants.organisations.enums import State
from tenants.organisations.enums_addresses import LEADING, OWN_DOMAIN_TRANSITIONS, Lack, OwnDomainState
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation, OwnDomain
from tests.name_server import NameServer, name_server, silent_port

DOMAIN = "work.hand.org"
NETWORK = "192.0.2.80"


@pytest.fixture
def server(settings: Any) -> Iterator[NameServer]:
    """DNS knows the network, and nothing else yet."""
    with name_server() as served:
        settings.DNS_SERVERS = [served.address]
        served.records = {(settings.BASE_DOMAIN, "A"): [NETWORK], (settings.BASE_DOMAIN, "AAAA"): ["2001:db8::80"]}
        yield served


@pytest.fixture
def manager(alpha: OrganisationRef, seat_in: Callable[..., Seat]) -> Seat:
    return seat_in(alpha, Role.MANAGER)


@pytest.fixture
def asked(alpha: OrganisationRef, manager: Seat) -> OwnDomain:
    with inside(alpha):
        return own_domains.ask_for(domain=DOMAIN, by=manager)


def prove(server: NameServer, domain: OwnDomain) -> None:
    server.records[domain.record, "TXT"] = ["v=spf1 -all", domain.value]


def point(server: NameServer, *addresses: str) -> None:
    server.records[DOMAIN, "A"] = list(addresses or (NETWORK,))


@pytest.fixture
def live(asked: OwnDomain, server: NameServer, tasks: Any) -> OwnDomain:
    prove(server, asked)
    point(server)
    with tasks():
        found = look_at(asked.pk)
    mail.outbox.clear()
    assert found is not None
    return found


def visit(domain: str = DOMAIN, **options: Any) -> Browser:
    return Browser(headers={"host": domain, **options})


def age(domain: OwnDomain, **columns: timedelta) -> None:
    for name, value in columns.items():
        OwnDomain.objects.filter(pk=domain.pk).update(**{name: timezone.now() - value})


# --- names ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        (" Work.Hand.ORG. ", "work.hand.org"),
        ("https://work.hand.org/", "work.hand.org"),
        ("posao.ruka-drugu.rs", "posao.ruka-drugu.rs"),
        ("рука.срб", "xn--80atrm.xn--90a3ac"),
        ("Šapa.si", "xn--apa-zza.si"),
        ("کار.ایران", "xn--mgbu27a.xn--mgba3a4f16a"),
        ("hand.co.uk", "hand.co.uk"),
    ],
)
def test_names_as_dns_knows_them(typed: str, domain: str) -> None:
    assert normalised(typed) == domain


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "not the name"),
        ("hand", "not the name"),
        ("two words.org", "not the name"),
        ("-a-.org", "not the name"),
        ("hand.123", "not the name"),
        ("192.0.2.1", "number of a machine"),
        ("[2001:db8::1]", "number of a machine"),
        ("halka.localhost", "network's own"),
        ("beta.halka.localhost", "network's own"),
        ("hand.test", "Nobody can own"),
        ("hand.local", "Nobody can own"),
        ("co.uk", "below this one"),
        ("org.rs", "below this one"),
    ],
)
def test_names_that_nobody_can_have(typed: str, why: str) -> None:
    with pytest.raises(NotADomain, match=why):
        normalised(typed)


def test_what_the_network_is_below_is_not_given_away(settings: Any) -> None:
    settings.BASE_DOMAIN = "network.hand.org"
    with pytest.raises(NotADomain, match="network's own"):
        normalised("hand.org")


# --- from asked to live ---------------------------------------------------------------------------
def test_nothing_leads_anywhere_before_its_proof(asked: OwnDomain, server: NameServer) -> None:
    found = look_at(asked.pk)
    assert found is not None
    assert (found.state_now, found.lack) == (OwnDomainState.ASKED, Lack.PROOF)
    assert organisation_behind(DOMAIN) is None
    assert visit().get("/").status_code == 400


def test_somebody_elses_proof_is_none(asked: OwnDomain, server: NameServer) -> None:
    server.records[asked.record, "TXT"] = [f"halka={uuid4().hex}"]
    point(server)
    assert look_at(asked.pk).state_now == OwnDomainState.ASKED  # type: ignore[union-attr]


@pytest.mark.parametrize("addresses", [[], ["198.51.100.1"], [NETWORK, "198.51.100.1"]])
def test_proven_and_not_pointing_here(asked: OwnDomain, server: NameServer, addresses: list[str]) -> None:
    prove(server, asked)
    server.records[DOMAIN, "A"] = addresses
    found = look_at(asked.pk)
    assert found is not None
    assert (found.state_now, found.lack) == (OwnDomainState.PROVEN, Lack.POINTING)
    assert visit().get("/").status_code == 400


def test_a_proof_that_goes_again(asked: OwnDomain, server: NameServer, alpha: OrganisationRef) -> None:
    prove(server, asked)
    look_at(asked.pk)
    server.records.clear()
    server.records["halka.localhost", "A"] = [NETWORK]
    assert look_at(asked.pk).state_now == OwnDomainState.ASKED  # type: ignore[union-attr]
    with inside(alpha):
        actions = Entry.objects.filter(action__startswith="domain.").order_by("id").values_list("action", flat=True)
        assert set(actions) == {"domain.asked", "domain.proven", "domain.asked_again"}


def test_live_by_an_alias(
    asked: OwnDomain, server: NameServer, alpha: OrganisationRef, manager: Seat, tasks: Any
) -> None:
    prove(server, asked)
    server.records[DOMAIN, "CNAME"] = ["halka.localhost"]
    assert visit().get("/").status_code == 400  # is remembered
    with tasks():
        found = look_at(asked.pk)
    assert found is not None
    assert (found.state_now, found.lack, found.failing_since) == (OwnDomainState.LIVE, "", None)
    (letter,) = mail.outbox
    assert letter.to == [User.objects.get(pk=manager.user_id).email]
    assert "work.hand.org is live: it leads to alpha.halka.localhost" in letter.body
    led = visit().get("/clients/?q=a")
    assert (led.status_code, led["Location"]) == (302, "http://alpha.halka.localhost:8000/clients/?q=a")
    assert led["Cache-Control"] == "no-store"
    assert not led.cookies
    with inside(alpha):
        assert Entry.objects.filter(action="domain.live").exists()


def test_an_alias_of_ours_is_enough(asked: OwnDomain, server: NameServer) -> None:
    """Where the network has many addresses, and DNS tells some of them each time."""
    prove(server, asked)
    server.records[DOMAIN, "CNAME"] = ["alpha.halka.localhost"]
    server.records["alpha.halka.localhost", "A"] = ["192.0.2.81"]
    assert look_at(asked.pk).state_now == OwnDomainState.LIVE  # type: ignore[union-attr]


def test_nothing_is_promised_for_domains_below_it(live: OwnDomain, settings: Any) -> None:
    """What browsers keep of the network for a year, https for everything below it, is not said of what is not ours."""
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 365 * 24 * 3600, True
    assert "includeSubDomains" in visit("alpha.halka.localhost").get("/", secure=True)["Strict-Transport-Security"]
    browser = visit()
    found = [browser.get("/", secure=True), browser.post("/", secure=True)]
    age(live, taken_out_at=timedelta())
    caches["network"].clear()
    found.append(browser.get("/", secure=True))
    assert [answer.status_code for answer in found] == [302, 410, 400]
    assert not any(answer.has_header("Strict-Transport-Security") for answer in found)


def test_what_is_sent_to_it_is_not_taken(live: OwnDomain) -> None:
    assert visit().post("/clients/add/", {"given_name": "Ana"}).status_code == 410
    told = visit(authorization="Bearer x").get("/api/v1/clients/")
    assert (told.status_code, told.json()["code"]) == (410, "moved")


def test_the_proxy_gets_certificates_for_live_ones_alone(live: OwnDomain, client_of: Any, server: NameServer) -> None:
    def answer(domain: str = DOMAIN) -> int:
        return int(client_of(None).get("/-/tls-check/", {"domain": domain}).status_code)

    assert answer() == 200
    assert answer("other.hand.org") == 404
    server.records[DOMAIN, "A"] = []
    look_at(live.pk)
    assert answer() == 404
    point(server)
    look_at(live.pk)
    Organisation.objects.filter(pk=live.organisation_id).update(state=State.CLOSED)
    assert answer() == 404


def test_a_closed_organisations_domain_leads_nowhere(live: OwnDomain) -> None:
    Organisation.objects.filter(pk=live.organisation_id).update(state=State.CLOSED)
    assert visit().get("/").status_code == 400
    assert tasks_addresses.look_at_domain(str(live.pk)) == ""


def test_after_a_change_of_name_it_leads_to_the_new_one(
    live: OwnDomain, alpha: OrganisationRef, secretariat: OrganisationRef, seat_in: Any, tasks: Any
) -> None:
    from tenants.organisations.domain.addresses import move_to

    secretary = seat_in(secretariat, Role.SECRETARIAT)
    with tasks(), inside(secretariat):
        move_to(organisation=alpha.id, subdomain="riverside", by=secretary)
    assert visit().get("/")["Location"] == "http://riverside.halka.localhost:8000/"


# --- failing --------------------------------------------------------------------------------------
def test_what_fails_is_told_and_taken_out_after_a_week(
    live: OwnDomain, server: NameServer, alpha: OrganisationRef, tasks: Any
) -> None:
    server.records[DOMAIN, "A"] = ["198.51.100.1"]
    with tasks():
        found = look_at(live.pk)
    assert found is not None
    assert (found.state_now, found.lack) == (OwnDomainState.FAILING, Lack.POINTING)
    assert "fails" in mail.outbox[0].body
    assert "7 days" in mail.outbox[0].body
    assert visit().get("/").status_code == 302  # DNS may be slow
    age(live, failing_since=timedelta(days=6, hours=23))
    with tasks():
        assert look_at(live.pk).state_now == OwnDomainState.FAILING  # type: ignore[union-attr]
    assert len(mail.outbox) == 1  # told once
    age(live, failing_since=timedelta(days=7))
    with tasks():
        assert look_at(live.pk).state_now == OwnDomainState.TAKEN_OUT  # type: ignore[union-attr]
    assert "taken out" in mail.outbox[1].body
    assert visit().get("/").status_code == 400
    assert look_at(live.pk) is None
    with inside(alpha):
        assert Entry.objects.filter(action="domain.taken_out").count() == 1


def test_what_is_mended_in_time_goes_on(live: OwnDomain, server: NameServer, tasks: Any) -> None:
    server.failing = {live.record}  # its name server is away, and ours is not
    assert look_at(live.pk).lack == Lack.PROOF  # type: ignore[union-attr]
    server.failing = set()
    with tasks():
        found = look_at(live.pk)
    assert found is not None
    assert (found.state_now, found.failing_since) == (OwnDomainState.LIVE, None)
    assert "is live" in mail.outbox[-1].body
    assert look_at(live.pk).live_at == found.live_at  # type: ignore[union-attr]


def test_a_silent_name_server_of_ours_is_no_fault_of_theirs(live: OwnDomain, server: NameServer, settings: Any) -> None:
    server.records.pop((settings.BASE_DOMAIN, "A"))
    server.records.pop((settings.BASE_DOMAIN, "AAAA"))
    assert look_at(live.pk) is None
    settings.DNS_SERVERS = [f"127.0.0.1:{silent_port()}"]
    assert look_at(live.pk) is None
    assert OwnDomain.objects.get(pk=live.pk).state_now == OwnDomainState.LIVE


def test_nobody_waits_for_a_proof_for_ever(asked: OwnDomain, server: NameServer, tasks: Any) -> None:
    age(asked, asked_at=timedelta(days=30))
    with tasks():
        assert look_at(asked.pk).state_now == OwnDomainState.TAKEN_OUT  # type: ignore[union-attr]
    assert "taken out" in mail.outbox[-1].body


# --- two organisations ------------------------------------------------------------------------------
def test_it_is_whoevers_proof_stands(
    live: OwnDomain, server: NameServer, beta: OrganisationRef, seat_in: Callable[..., Seat]
) -> None:
    owner = seat_in(beta, Role.MANAGER)
    with inside(beta):
        other = own_domains.ask_for(domain=DOMAIN, by=owner)
        assert [row.pk for row in OwnDomain.objects.all()] == [other.pk]  # the other's token is not to be seen
    server.records[live.record, "TXT"] = [live.value, other.value]
    found = look_at(other.pk)
    assert found is not None
    assert (found.state_now, found.lack) == (OwnDomainState.PROVEN, Lack.TAKEN)
    server.records[live.record, "TXT"] = [other.value]
    look_at(live.pk)
    age(live, failing_since=timedelta(days=8))
    look_at(live.pk)
    assert look_at(other.pk).state_now == OwnDomainState.LIVE  # type: ignore[union-attr]
    assert organisation_behind(DOMAIN) == beta


@pytest.mark.parametrize("is_live", [True, False])
def test_a_proof_that_stands_in_dns_is_nobody_elses(
    asked: OwnDomain, server: NameServer, beta: OrganisationRef, is_live: bool
) -> None:
    """DNS is public: another organisation's own SQL could say the same token."""
    prove(server, asked)
    point(server)
    if is_live:
        assert look_at(asked.pk).state_now == OwnDomainState.LIVE  # type: ignore[union-attr]
        age(asked, taken_out_at=timedelta())
    copied = OwnDomain(organisation_id=beta.id, domain=DOMAIN, token=asked.token, asked_by_name="x")
    with inside(beta):
        copied.save(force_insert=True)
    found = look_at(copied.pk)
    assert found is not None
    assert (found.state_now, found.lack) == (OwnDomainState.ASKED, Lack.PROOF)
    assert organisation_behind(DOMAIN) is None


def test_whoever_is_live_stays_so_whatever_others_copy(live: OwnDomain, beta: OrganisationRef) -> None:
    copied = OwnDomain(organisation_id=beta.id, domain=DOMAIN, token=live.token, asked_by_name="x")
    with inside(beta):
        copied.save(force_insert=True)
    assert look_at(live.pk).state_now == OwnDomainState.LIVE  # type: ignore[union-attr]


def test_a_stranger_neither_looks_nor_takes_out(
    live: OwnDomain, beta: OrganisationRef, seat_in: Callable[..., Seat], member: Any, client_of: Any
) -> None:
    stranger = seat_in(beta, Role.MANAGER)
    with inside(beta):
        with pytest.raises(CannotAsk):
            own_domains.take_out(domain=live.pk, by=stranger)
        with pytest.raises(CannotAsk):
            own_domains.ask_to_look(domain=live.pk)
    browser = client_of(member(beta, Role.MANAGER), beta)
    for verb in ("look", "take-out"):
        browser.post(f"/membership/domains/{live.pk}/{verb}/")
    assert DOMAIN not in browser.get("/membership/domains/").content.decode()
    assert live_behind(DOMAIN) is not None


def test_an_organisations_own_role_writes_no_state(live: OwnDomain, alpha: OrganisationRef) -> None:
    for changes in ({"state": OwnDomainState.LIVE}, {"token": "x"}, {"domain": "other.hand.org"}):
        with pytest.raises(DatabaseError, match="permission denied"), inside(alpha):
            OwnDomain.objects.filter(pk=live.pk).update(**changes)
    made = OwnDomain(organisation_id=alpha.id, domain="bank.org", token="x", asked_by_name="x", state="live")
    with pytest.raises(DatabaseError, match="row-level security"), inside(alpha):
        made.save(force_insert=True)


# --- managers -------------------------------------------------------------------------------------
def test_the_secretariat_answers_at_the_networks_own_address(
    secretariat: OrganisationRef, member: Any, client_of: Any, settings: Any
) -> None:
    settings.DEMO = True
    assert client_of(member(secretariat, Role.SECRETARIAT), secretariat).get("/membership/domains/").status_code == 404


def test_asking_twice_and_too_often(asked: OwnDomain, alpha: OrganisationRef, manager: Seat) -> None:
    with inside(alpha):
        with pytest.raises(CannotAsk, match="already"):
            own_domains.ask_for(domain="WORK.hand.org", by=manager)
        for number in range(own_domains.MOST - 1):
            own_domains.ask_for(domain=f"work{number}.hand.org", by=manager)
        with pytest.raises(CannotAsk, match="as many"):
            own_domains.ask_for(domain="another.hand.org", by=manager)


def test_taking_out_works_at_once(live: OwnDomain, alpha: OrganisationRef, manager: Seat, tasks: Any) -> None:
    assert visit().get("/").status_code == 302
    with tasks(), inside(alpha):
        own_domains.take_out(domain=live.pk, by=manager)
    assert visit().get("/").status_code == 400
    assert live_behind(DOMAIN) is None
    with inside(alpha):
        with pytest.raises(CannotAsk, match="taken out already"):
            own_domains.take_out(domain=live.pk, by=manager)
        assert own_domains.ask_for(domain=DOMAIN, by=manager).token != live.token  # may begin anew


def test_taken_out_while_dns_is_asked(asked: OwnDomain, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(domain: OwnDomain) -> own_domains.Seen:
        OwnDomain.objects.filter(pk=domain.pk).update(taken_out_at=timezone.now())
        return own_domains.Seen(is_proven=True, points_here=True)

    monkeypatch.setattr(own_domains, "asked_now", meanwhile)
    assert look_at(asked.pk) is None
    assert organisation_behind(DOMAIN) is None


def test_on_the_pages(
    alpha: OrganisationRef, server: NameServer, member: Any, client_of: Any, settings: Any, tasks: Any
) -> None:
    settings.DEMO = True
    browser = client_of(member(alpha, Role.MANAGER), alpha)
    page = "/membership/domains/"
    assert browser.get(page).status_code == 200
    refused = browser.post(page, {"domain": "localhost"})
    assert refused.status_code == 400
    assert 'value="localhost"' in refused.content.decode()
    with tasks():
        assert browser.post(page, {"domain": "Work.Hand.org"}).status_code == 302
    domain = OwnDomain.objects.get()
    assert domain.checked_at is not None  # looked at by itself
    content = browser.get(page).content.decode()
    for told in (domain.record, domain.value, "The TXT record with the proof is not there."):
        assert told in content
    prove(server, domain)
    point(server)
    with tasks():
        assert browser.post(f"{page}{domain.pk}/look/", follow=True).status_code == 200
    assert "moment ago" in browser.post(f"{page}{domain.pk}/look/", follow=True).content.decode()
    assert "Live" in browser.get(page).content.decode()
    assert DOMAIN in browser.get("/membership/").content.decode()
    OwnDomain.objects.update(state=OwnDomainState.FAILING, failing_since=timezone.now())
    assert "fails since" in browser.get(page).content.decode()
    for _time in range(2):
        assert browser.post(f"{page}{domain.pk}/take-out/", follow=True).status_code == 200
    assert OwnDomain.objects.get().taken_out_by_name
    assert "Taken out" in browser.get(page).content.decode()


def test_the_page_costs_the_same_for_one_and_three(
    alpha: OrganisationRef, manager: Seat, member: Any, client_of: Any, settings: Any, count_queries: Any
) -> None:
    settings.DEMO = True
    browser = client_of(member(alpha, Role.MANAGER), alpha)
    with inside(alpha):
        own_domains.ask_for(domain="one.hand.org", by=manager)
    browser.get("/membership/domains/")
    one = count_queries(lambda: browser.get("/membership/domains/"))
    with inside(alpha):
        own_domains.ask_for(domain="two.hand.org", by=manager)
        own_domains.ask_for(domain="three.hand.org", by=manager)
    assert count_queries(lambda: browser.get("/membership/domains/")) == one


# --- whose turn it is -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("state", "asked_ago", "checked_ago", "is_due"),
    [
        ("asked", timedelta(hours=1), None, True),
        ("asked", timedelta(hours=1), timedelta(minutes=9), False),
        ("proven", timedelta(hours=1), timedelta(minutes=11), True),
        ("asked", timedelta(days=3), timedelta(minutes=11), False),
        ("asked", timedelta(days=3), timedelta(minutes=61), True),
        ("failing", timedelta(days=3), timedelta(minutes=59), False),
        ("failing", timedelta(days=3), timedelta(minutes=61), True),
        ("live", timedelta(days=3), timedelta(hours=23), False),
        ("live", timedelta(days=3), timedelta(hours=25), True),
    ],
)
def test_who_is_looked_at_when(
    asked: OwnDomain, state: str, asked_ago: timedelta, checked_ago: timedelta | None, is_due: bool
) -> None:
    now = timezone.now()
    OwnDomain.objects.update(
        state=state,
        asked_at=now - asked_ago,
        checked_at=now - checked_ago if checked_ago else None,
        failing_since=now if state == "failing" else None,
    )
    assert own_domains.due(now) == ([asked.pk] if is_due else [])


def test_beat_looks_at_those_whose_turn_it_is(asked: OwnDomain, server: NameServer) -> None:
    assert tasks_addresses.look_at_due() == 1
    assert tasks_addresses.look_at_due() == 0
    OwnDomain.objects.update(taken_out_at=timezone.now(), checked_at=None)
    assert tasks_addresses.look_at_due() == 0
    assert tasks_addresses.look_at_domain(str(asked.pk)) == ""
    assert OwnDomain.objects.get().state == OwnDomainState.TAKEN_OUT


def test_nobody_is_told_of_a_domain_that_is_gone(alpha: OrganisationRef) -> None:
    assert tasks_addresses.tell_domain("alpha", str(uuid4()), "live") == 0


def test_states_move_as_the_table_says() -> None:
    assert all(OwnDomainState.TAKEN_OUT in to for state, to in OWN_DOMAIN_TRANSITIONS.items() if to)
    assert {state for state, to in OWN_DOMAIN_TRANSITIONS.items() if OwnDomainState.FAILING in to} <= set(LEADING)
    assert [state.tone for state in OwnDomainState] == ["wait", "wait", "good", "stop", "quiet"]
