"""Halka as in production, in a network of many organisations."""

from bench.referral_settings import *  # noqa: F403
from bench.referral_settings import in_network

globals().update(in_network("referrals_many"))
