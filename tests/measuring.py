"""What measures the tests' coverage, set before there is code for it to measure: a plugin of whole runs.

Slipcover takes its marks out of the code again once one of them was passed that often after it was seen. Each time it
goes through all functions of all modules, and at its own figure of 50 a worker does that for a tenth of its time. The
worker's part of slipcover reads no setting for it.
"""

from __future__ import annotations

from slipcover import pytest_plugin

PASSED = 1000

if pytest_plugin._slipcover_instance is not None:  # in a worker
    pytest_plugin._slipcover_instance.d_miss_threshold = PASSED
