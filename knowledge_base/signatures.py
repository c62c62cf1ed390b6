"""Who has signed an advocacy text, and for whom the reader may."""

from __future__ import annotations

from typing import Any

from knowledge_base.access import reader_of
from knowledge_base.domain.signing import signatures_of
from knowledge_base.models import Advocacy


def signatures(page: Advocacy, request: Any) -> dict[str, Any]:
    """`own` is (organisation, whether it signed this wording, whether it signed at all) for each that the reader
    speaks for.
    """
    signed = signatures_of(page)
    reader = reader_of(request)
    known = {one.organisation.id: one for one in signed}
    own = [organisation for organisation in reader.organisations if organisation.id in reader.speaks_for]
    return {
        "signed": signed,
        "own": [(each, each.id in known and not known[each.id].is_earlier, each.id in known) for each in own],
    }
