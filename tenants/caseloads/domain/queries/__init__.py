"""Reads that gather from several tables."""
