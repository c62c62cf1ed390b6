"""Forms of referrals, by what they are for."""

from tenants.referrals.forms.acts import AcceptForm

__all__ = ["AcceptForm"]
