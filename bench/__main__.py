"""`python -m bench [name] [--quick]`: one row for each figure, appended to var/bench.jsonl."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import replace

from bench import (
    caseload,
    creation,
    directory,
    documents,
    knowledge,
    known,
    leak,
    lives,
    referrals,
    request,
    sealing,
    start,
    webhooks,
)
from bench.measure import Row, commit, write_down

BENCHES: dict[str, Callable[[bool], list[Row]]] = {
    "create-organisation": creation.create_organisation,
    "create-organisation-scale": creation.create_organisation_scale,
    "request": request.request,
    "sealing": sealing.sealing,
    "caseload": caseload.caseload,
    "import": caseload.imports,
    "directory": directory.directory,
    "knowledge": knowledge.knowledge,
    "referrals": referrals.referrals,
    "known": known.known,
    "leak": leak.leak,
    "webhooks": webhooks.webhooks,
    "deliveries": webhooks.deliveries,
    "opening": lives.opening,
    "crowd": lives.crowd,
    "taking-along": lives.taking_along,
    "start": start.start,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measures what Halka promises.")
    parser.add_argument("name", nargs="?", choices=BENCHES, help="one bench; without it all of them")
    parser.add_argument("--quick", action="store_true", help="small numbers: a look, no proof")
    parser.add_argument("--write-docs", action="store_true", help="write docs/performance.md from var/bench.jsonl")
    options = parser.parse_args()
    if options.write_docs:
        documents.write()
        return 0
    if "DATABASE_URL" not in os.environ:
        print("The benches need servers beside them: run `make bench`, or `make bench ONLY=name`.", file=sys.stderr)
        return 2
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    if load > 1:
        print(f"  The machine is busy: {load:.1f} programs wait for each core. Ratios hold, limits in seconds do not.")
    broken = False
    at = commit()
    for name in [options.name] if options.name else BENCHES:
        rows = [replace(row, commit=at) for row in BENCHES[name](options.quick)]
        for row in rows:
            print(row.line(), flush=True)
            broken |= row.holds is False
        if not options.quick:
            write_down(rows)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
