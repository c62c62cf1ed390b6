"""Scales as data: what an item is, and the network's standard."""
