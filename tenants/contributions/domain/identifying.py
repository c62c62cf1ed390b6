"""What in a text could tell who somebody is: names of own clients and colleagues, numbers, days, ages, places.

It runs inside of the organisation and points; people decide. A name is never said to be a client's: it could be
anybody's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from halka.common.folding import folded
from halka.common.shapes import Span, Token, apart, full_names, spans_in, tokens_of
from tenants.contributions.domain.names import known_places, names_in
from tenants.contributions.enums import FindingKind

SENTENCE_END: Final = re.compile(r"(?<=[.!?؟…])\s+|\n+")
AROUND: Final = 160  # letters shown on either side


@dataclass(frozen=True)
class Finding:
    """A stretch of one text. `key` names it in its sentence, so that it ends when the sentence changes; `group` is the
    same wherever the same words stand."""

    kind: FindingKind
    field: str
    start: int
    end: int
    words: str
    before: str
    after: str
    key: str
    group: str


def findings_in(texts: Mapping[str, str], *, hidden_names: tuple[str, ...] = ()) -> list[Finding]:
    """In the order of the texts. `hidden_names`: of the organisation that does not want to be named. Two queries for
    names, one for places, however long the texts are."""
    tokens = {field: list(tokens_of(text)) for field, text in texts.items()}
    all_tokens = [token for found in tokens.values() for token in found]
    people, places = names_in(all_tokens), known_places(all_tokens)
    found: list[Finding] = []
    for field, text in texts.items():
        spans = [
            *spans_in(text),
            *_hidden(text, hidden_names),
            *_joined(text, [token for token in tokens[field] if people.holds(token)], FindingKind.PERSON),
            *full_names(text, tokens[field]),
            *_joined(text, [token for token in tokens[field] if places.holds(token)], FindingKind.PLACE),
        ]
        found += [_finding(field, text, span) for span in apart(spans)]
    return found


def undecided(findings: list[Finding], decisions: Mapping[str, object]) -> list[Finding]:
    return [finding for finding in findings if finding.key not in decisions]


def _hidden(text: str, names: tuple[str, ...]) -> Iterator[Span]:
    for name in names:
        for match in re.finditer(re.escape(name), text, re.IGNORECASE):
            yield Span(FindingKind.OWN_NAME, match.start(), match.end())


def _joined(text: str, tokens: list[Token], kind: FindingKind) -> Iterator[Span]:
    """Words that follow each other are one finding: a given name and a family name."""
    start = end = -1
    for token in tokens:
        if start >= 0 and not text[end : token.start].strip(" \t\u200c-"):
            end = token.end
            continue
        if start >= 0:
            yield Span(kind, start, end)
        start, end = token.start, token.end
    if start >= 0:
        yield Span(kind, start, end)


def _finding(field: str, text: str, span: Span) -> Finding:
    first, last = _sentence(text, span)
    words = text[span.start : span.end]
    group = _digest(span.kind, folded(words) or words)
    return Finding(
        kind=FindingKind(span.kind),
        field=field,
        start=span.start,
        end=span.end,
        words=words,
        before=text[max(first, span.start - AROUND) : span.start],
        after=text[span.end : min(last, span.end + AROUND)],
        key=_digest(group, field, text[first:last].strip()),
        group=group,
    )


def _sentence(text: str, span: Span) -> tuple[int, int]:
    first = max((match.end() for match in SENTENCE_END.finditer(text, 0, span.start)), default=0)
    after = SENTENCE_END.search(text, span.end)
    return first, after.start() if after else len(text)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]
