"""Pages of referrals, by what people do there."""
