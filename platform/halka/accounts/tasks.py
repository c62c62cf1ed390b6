"""Mail of accounts: sign-in and security. It belongs to no organisation."""

from __future__ import annotations

from smtplib import SMTPException

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage


@shared_task(
    name="accounts.send_mail",
    autoretry_for=(SMTPException, OSError),
    retry_backoff=10,
    retry_jitter=True,
    max_retries=8,
)
def send_mail(*, subject: str, body: str, to: str) -> None:
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to]).send()
