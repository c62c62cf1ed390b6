"""E-mails about what goes on with other organisations beside referrals. They never say about whom."""

from __future__ import annotations

from uuid import UUID

from halka.authorization.roles import Permission
from halka.common.current import required_organisation
from tenants.organisations.isolation import send_after_commit
from tenants.referrals.domain.notices import those_who


def tell(word: str, key: UUID, responsible: UUID | None, *, otherwise: Permission) -> None:
    """To whoever is responsible, else to all with the permission. `word` is a key of elsewhere.words."""
    from tenants.referrals.elsewhere.tasks import send_words

    people = [responsible] if responsible else those_who(otherwise)
    if people:
        send_after_commit(
            send_words, required_organisation().short_name, word, str(key), sorted(str(person) for person in people)
        )
