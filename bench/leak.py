"""Rows of a wrong organisation, and requests that fail for each fault that a backend meets."""

from __future__ import annotations

from bench.databases import databases
from bench.measure import Row, Side

ORGANISATIONS = 6
KEPT = 4


def leak(quick: bool) -> list[Row]:
    """A hundred thousand requests in three equal parts; stock django-tenants shows what the look would find."""
    requests = 3_000 if quick else 100_000
    ways = {"direct": requests - 2 * (requests // 3), "session": requests // 3, "transaction": requests // 3}
    wrong = failed = faults = asked = 0
    with databases(), Side("ours", "leak") as ours, Side("stock", "stock_leak") as theirs:
        ours.ask("furnish", count=ORGANISATIONS, kept=KEPT)
        for way, share in ways.items():
            outcome = ours.ask("run", way=way, requests=share)
            print(
                f"  leak, {way}: {outcome['requests']:,} requests in {outcome['seconds']:.0f} s, "
                f"{outcome['wrong']} wrong, {outcome['faults']} faults, {outcome['failed']} failed"
            )
            print("".join(f"    {example}\n" for example in outcome["examples"][:5]), end="")
            wrong, failed = wrong + outcome["wrong"], failed + outcome["failed"]
            faults, asked = faults + outcome["faults"], asked + outcome["requests"]
        stock = theirs.ask("run", requests=800 if quick else 4_000, organisations=ORGANISATIONS)
    per_fault = failed / max(1, faults)
    return [
        Row(
            "leak", wrong, stock["wrong"], f"wrong answers, stock django-tenants in {stock['requests']:,}",
            None, "0 in 100,000", wrong == 0 and asked >= requests, asked,
        ),
        Row(
            "faults", failed, faults, "failed requests, cancelled and terminated backends", per_fault,
            "at most one for each fault", faults > 0 and per_fault <= 1, asked,
        ),
    ]  # fmt: skip
