#!/usr/bin/env python3
"""A small client of Halka's API. It needs Python 3.11, transport.py beside it, and nothing else.

    export HALKA=https://halka.example     # the network
    export HALKA_AT=jobservice             # your organisation's short name
    export HALKA_ID=… HALKA_SECRET=…       # your software's, out of Settings, Software
    python3 halka.py me

What a program goes on with is written to the standard output, remarks to the standard error.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import hmac
import os
import signal
import sys
import time
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from transport import Api, Failed

PATIENCE = 60  # seconds that --until waits
PAUSE = 2  # seconds between two looks at the feed
CONSENT_DAYS = 90
OLDEST = 300  # seconds, of a webhook


def out_of_environment(key: str) -> Api:
    names = ("HALKA", "HALKA_AT", "HALKA_ID", "HALKA_SECRET")
    if missing := [name for name in names if not os.environ.get(name)]:
        raise Failed(f"Set {', '.join(missing)} first.")
    network, organisation, client_id, secret = (os.environ[name] for name in names)
    return Api(network.rstrip("/"), organisation, client_id, secret, key or str(uuid.uuid4()))


def row(*cells: object) -> None:
    print(*cells, sep="\t", flush=True)


def me(api: Api, _: argparse.Namespace) -> None:
    told = api.get("/me/")
    row(told["organisation"]["name"], told["software"]["name"])
    row(*told["software"]["scopes"])


def services(api: Api, args: argparse.Namespace) -> None:
    """Services at their places, with the places that are free there."""
    page = api.directory("/services", search=args.words, full="true", per_page=args.limit)
    for service in page["contents"]:
        for offer in service.get("service_at_locations", ()):
            place, counted = offer["location"], service.get("capacities", ())
            free = [one["available"] for one in counted if one["description"].startswith(place["name"])]
            city = place["addresses"][0]["city"]
            row(offer["id"], service["organization"]["name"], service["name"], city, f"{sum(free)} free")


def clients(api: Api, args: argparse.Namespace) -> None:
    names = ("reference", "given_name", "family_name", "phone", "email", "place", "language", "born_on")
    client, _etag = api.post("/clients/", {name: getattr(args, name) for name in names if getattr(args, name)})
    row(client["reference"], client["id"])


def send(api: Api, args: argparse.Namespace) -> None:
    """A draft, what they will be told, the consent, and with it the referral. Writes its reference."""
    known = api.get("/clients/", reference=args.client)["results"]
    if not known:
        raise Failed(f"No client of yours has the reference {args.client}.")
    service = api.directory(f"/services/{api.directory(f'/service_at_locations/{args.offer}')['service_id']}")
    needs = [one["taxonomy_term"]["code"] for one in service["attributes"]]  # what it is for stands first
    asked = {"client": known[0]["id"], "recipient": service["organization_id"], "offer": args.offer,
             "service": needs[0], "need": args.need, "urgency": args.urgency, "left_out": args.keep_back}  # fmt: skip
    draft, etag = api.post("/referrals/", asked)
    path, scopes = f"/referrals/{draft['id']}/", args.consent.split(",")
    told = api.get(f"{path}disclosure/", scopes=args.consent)["details"]
    remarks = [f"{one['label']}: {one['text'] if one['told'] else '(kept back)'}" for one in told]
    print(f"{draft['other']['name']} reads now:\n  {args.need}\nand is told when they accept:", file=sys.stderr)
    print(*(f"  {remark}" for remark in remarks), sep="\n", file=sys.stderr)
    until = args.consent_until or str(date.today() + timedelta(days=CONSENT_DAYS))
    how = {"how_given": "spoken", "witness": args.witness} if args.witness else {"how_given": "signed"}
    try:
        if not args.yes and (not sys.stdin.isatty() or input("Send it? (yes/no) ") != "yes"):
            raise Failed("Not sent. With --yes it is sent without being asked.")
        sent, _etag = api.post(f"{path}send/", {"consent": {"scopes": scopes, "expires_on": until, **how}}, etag)
    except Failed:
        with contextlib.suppress(Failed):  # 412 where it was sent, and only the answer was lost
            api.ask("DELETE", path, headers={"If-Match": etag})
        raise
    row(sent["reference"])


def listed(api: Api, args: argparse.Namespace) -> None:
    for one in api.get("/referrals/", side=args.side, state=args.state, limit=args.limit)["results"]:
        row(one["reference"], one["side"], one["state"], one["service"], one["other"]["short_name"])


def path_of(api: Api, reference: str) -> str:
    found = api.get("/referrals/", reference=reference)["results"]
    if not found:
        raise Failed(f"There is no referral {reference} here, or it has not arrived yet.")
    return f"/referrals/{found[0]['id']}/"


def show(api: Api, args: argparse.Namespace) -> None:
    path = path_of(api, args.reference)
    referral = api.get(path)
    row("state", referral["state"])
    row("need", referral["need"] or "(open it first)")
    for detail in api.get(f"{path}disclosure/")["details"]:
        row(detail["label"], detail["text"] if detail["told"] else "(kept back)")


def answer(api: Api, args: argparse.Namespace) -> None:
    """A step of a referral, from the state in which we have just seen it."""
    path, body = path_of(api, args.reference), {}
    if args.verb == "accept":
        people = [one for one in api.get("/colleagues/", limit=100)["results"] if one["may_be_responsible"]]
        named = [one["membership"] for one in people if args.colleague and args.colleague in one["name"]]
        if len(named) != 1:
            raise Failed(f"Say with --for who takes the person on: {', '.join(one['name'] for one in people)}.")
        body = {"assignee": named[0], "note": args.note}
    if args.verb == "decline":
        body = {"reason": args.reason, "note": args.note}
    _seen, etag = api.ask("GET", path)
    moved, _etag = api.post(f"{path}{args.verb}/", body, etag)
    row(moved["reference"], moved["state"])


def events(api: Api, args: argparse.Namespace) -> None:
    after, begun = args.after, time.monotonic()
    while True:
        page = api.get("/events/", after=after)
        for event in page["results"]:
            reference = event["data"].get("reference", "")
            if args.of in ("", reference):
                row(event["number"], event["timestamp"], event["type"], reference)
                if event["type"] == args.until:
                    return
        after = page["next_after"]
        if not page["has_more"]:
            if args.until and time.monotonic() - begun > PATIENCE:
                raise Failed(f"{args.until} has not come within {PATIENCE} seconds.")
            if not args.until and not args.follow:
                return
            time.sleep(PAUSE)


def verify(_: Any, args: argparse.Namespace) -> None:
    """Standard Webhooks; the body comes byte for byte by the standard input."""
    signed = f"{args.id}.{args.timestamp}.".encode() + sys.stdin.buffer.read()
    key = base64.b64decode(args.secret.removeprefix("whsec_"))
    wanted = b"v1," + base64.b64encode(hmac.digest(key, signed, "sha256"))
    if not any(hmac.compare_digest(wanted, one.encode()) for one in args.signature.split()):
        raise Failed("The signature is not of this secret and body.")
    if abs(time.time() - args.timestamp) > OLDEST:
        raise Failed("The signature is right, but old: somebody may be sending it again.")
    row("genuine")


def takes(name: str, told: str = "", **options: Any) -> tuple[str, dict[str, Any]]:
    needs_default = name.startswith("--") and not options.keys() & {"required", "action", "default"}
    return name, {"help": told, **options, **({"default": ""} if needs_default else {})}


LIMIT = takes("--limit", type=int, default=20)
REFERENCE, NOTE = takes("reference", "as H-7K2M-QX4T"), takes("--note", "for the other side")
DETAILS = [takes(f"--{name}") for name in ("given-name", "family-name", "phone", "email", "place", "language")]
COMMANDS: dict[str, tuple[Callable[[Any, argparse.Namespace], None], str, list[tuple[str, dict[str, Any]]]]] = {
    "me": (me, "who calls, and with which scopes", []),
    "services": (services, "search the network's directory", [takes("words", nargs="?", default=""), LIMIT]),
    "clients": (clients, "add a client of yours", [
        takes("what", choices=["add"]), takes("--reference", "your own number of the person", required=True), *DETAILS,
        takes("--born-on", "as 1987-05-30"),
    ]),
    "send": (send, "refer a client", [
        takes("client", "your own number of the person"), takes("--offer", "out of `services`", required=True),
        takes("--need", "read before they accept: not who the person is", required=True),
        takes("--urgency", default="normal"), takes("--keep-back", "a field", action="append", default=[]),
        takes("--consent", "what the person agreed to", default="identity,contact"),
        takes("--consent-until", f"its last day; else {CONSENT_DAYS} days from now"),
        takes("--witness", "of a spoken consent; else it is signed"), takes("--yes", action="store_true"),
    ]),
    "list": (listed, "referrals, the newest first", [takes("--side"), takes("--state"), LIMIT]),
    "show": (show, "what you may read of a referral", [REFERENCE]),
    "open": (answer, "say that somebody looks at it", [REFERENCE]),
    "accept": (answer, "take the person on", [REFERENCE, takes("--for", "part of a name", dest="colleague"), NOTE]),
    "decline": (answer, "say no, and why", [
        REFERENCE, takes("--reason", "a code: no_place, outside_area, not_eligible …", required=True), NOTE,
    ]),
    "events": (events, "what happened", [
        takes("--after", "number of the last event that you have", type=int, default=0),
        takes("--of", "reference of a referral"), takes("--until", "wait for an event of this type"),
        takes("--follow", "go on until Ctrl-C", action="store_true"),
    ]),
    "verify": (verify, "the signature of a webhook", [
        takes("--secret", "whsec_…; else WEBHOOK_SECRET", default=os.environ.get("WEBHOOK_SECRET", "")),
        takes("--id", required=True), takes("--timestamp", required=True, type=int),
        takes("--signature", required=True),
    ]),
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description="A small client of Halka's API.")
    parser.add_argument(
        "--key", default="", help="a word of your own: the same command with the same word is done once"
    )
    commands = parser.add_subparsers(required=True, metavar="command", dest="verb")
    for name, (run, words, arguments) in COMMANDS.items():
        command = commands.add_parser(name, help=words, description=words)
        command.set_defaults(run=run)
        for argument, options in arguments:
            command.add_argument(argument, **options)
    args = parser.parse_args()
    if hasattr(signal, "SIGPIPE"):  # `… | head` may close before all is written
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        args.run(None if args.run is verify else out_of_environment(args.key), args)
    except Failed as failure:
        print(f"halka: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
