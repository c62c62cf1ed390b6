"""Halka's own settings for the database of the plain project: its tables are made with them."""

from bench.referral_settings import *  # noqa: F403
from bench.referral_settings import in_network

globals().update(in_network("referrals_plain"))
