"""What goes wrong with seals. The messages name places, never contents."""

from __future__ import annotations


class SealBroken(Exception):
    """The value was changed, cut off, or sealed for another organisation, table, column or row."""


class KeyMissing(Exception):
    """The key is not in the keyring: the folder is not there, or not all of it was brought back from a backup."""


class KeyDestroyed(KeyMissing):
    """The organisation's keys were destroyed on purpose. Nothing sealed under them can be read again."""


class KeyExists(Exception):
    """The organisation has keys already; new ones in their place would lose everything sealed."""
