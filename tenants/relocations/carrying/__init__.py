"""Carrying one person's record from one organisation to another. No legal ground is asked for here: whoever calls this
has one, be it the person's consent or the merger of two organisations.

Inside of the one organisation: `standing_in_the_way`, `hold_record`, `wait_for_writers`, `read_record`, and at the end
`release_record` or `erase_record`. Between the two: `copy_files`. Inside of the other: `write_record`, and
`erase_record` for taking it away again. What passes from one to the other is a frozen `Record` in the memory of one
process, never a row or file.
"""

from tenants.relocations.carrying.blocking import standing_in_the_way
from tenants.relocations.carrying.decisions import CARRIED, DECISIONS, Fate
from tenants.relocations.carrying.files import copy_files, remove_files
from tenants.relocations.carrying.holding import NotCarried, erase_record, hold_record, release_record
from tenants.relocations.carrying.reading import count_record, read_record
from tenants.relocations.carrying.record import Landing, Record, Written
from tenants.relocations.carrying.waiting import wait_for_writers
from tenants.relocations.carrying.writing import write_record

__all__ = [
    "CARRIED",
    "DECISIONS",
    "Fate",
    "Landing",
    "NotCarried",
    "Record",
    "Written",
    "copy_files",
    "count_record",
    "erase_record",
    "hold_record",
    "read_record",
    "release_record",
    "remove_files",
    "standing_in_the_way",
    "wait_for_writers",
    "write_record",
]
