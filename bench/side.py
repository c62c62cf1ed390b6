"""`python -m bench.side work`: sets up Django and calls functions of bench.work.<work> as asked on standard input."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module

import django


def main() -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever else is printed must not stand between the answers
    django.setup()
    work = import_module(f"bench.work.{sys.argv[1]}")
    for line in sys.stdin:
        verb, arguments = json.loads(line)
        answers.write(json.dumps(getattr(work, verb)(**arguments)) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
