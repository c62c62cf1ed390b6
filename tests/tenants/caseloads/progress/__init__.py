"""Scales, ratings, distance travelled and plans."""
