"""Webhooks, and referrals between organisations, while whatever carries them is killed, thousands of times."""

from __future__ import annotations

from bench.databases import databases
from bench.measure import Row, Side


def webhooks(quick: bool) -> list[Row]:
    """Faults at every step, from a seed that is printed; the report says what came of the events."""
    target = 100 if quick else 3_000
    with databases(), Side("ours", "webhooks") as ours:
        told = ours.ask("run", seed=20_261_122, target=target)
    wrong = sum(told[name] for name in ("lost", "invented", "disordered", "forged", "left", "gaps"))
    steps = ", ".join(f"{count} {step}" for step, count in sorted(told["faults"].items()))
    print(
        f"  webhooks: {told['events']:,} events, {told['messages']:,} messages in {told['seconds']:.0f} s, "
        f"{told['extra']:,} of them once more after a fault; seed 20261122\n    {steps}"
    )
    faults = sum(told["faults"].values())
    return [
        Row(
            "webhooks", wrong, faults, "events lost, doubled or out of order, faults", None, "0 in 3,000 faults",
            told["holds"] and faults >= target, told["messages"],
        ),
    ]  # fmt: skip


def deliveries(quick: bool) -> list[Row]:
    """As above, of what goes from one organisation to another: previews, steps, and what the person agreed to share."""
    goal = 100 if quick else 2_000
    with databases(), Side("ours", "deliveries") as ours:
        told = ours.ask("run", seed=20_261_122, goal=goal)
    wrong = sum(told[name] for name in ("lost", "doubled", "disordered", "untold", "left"))
    steps = ", ".join(f"{count} {step}" for step, count in sorted(told["faults"].items()))
    print(
        f"  deliveries: {told['steps']:,} steps of {told['referrals']:,} referrals in {told['seconds']:.0f} s; "
        f"seed 20261122\n    {steps}"
    )
    faults = sum(told["faults"].values())
    return [
        Row(
            "deliveries", wrong, faults, "steps lost, doubled or out of order, faults", None, "0 in 2,000 faults",
            told["holds"] and faults >= goal, told["steps"] * 2,
        ),
    ]  # fmt: skip
