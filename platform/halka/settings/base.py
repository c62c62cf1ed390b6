"""What every kind of installation has in common."""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from halka.settings import environment, servers

ROOT = environment.ROOT
DEBUG = False
DEMO = environment.flag("DEMO")
SECRET_KEY = environment.text("SECRET_KEY")
MASTER_KEYS = environment.listing("MASTER_KEYS")
KEYRING_ROOT = environment.path("KEYRING_ROOT")
BACKUP_ROOT = environment.path("BACKUP_ROOT")

# --- hosts ------------------------------------------------------------------------------------
BASE_DOMAIN = environment.text("BASE_DOMAIN")
BASE_PORT = environment.text("BASE_PORT")
HTTPS = environment.flag("HTTPS")
DNS_SERVERS = environment.listing("DNS_SERVERS")
# Domains of organisations' own are not among them: they are led to these before anything is served.
ALLOWED_HOSTS = [BASE_DOMAIN, f".{BASE_DOMAIN}"]
ROOT_URLCONF = "halka.urls_workspace"
PUBLIC_SCHEMA_URLCONF = "halka.urls_network"
WSGI_APPLICATION = "halka.wsgi.application"

# --- applications: what all share, and what each organisation owns. None stands in both. -------
SHARED_APPS = [
    "tenants.organisations",  # before django_tenants, whose `migrate` would leave schemas behind
    "django_tenants",
    "halka.common",
    "halka.accounts",
    "halka.authorization",
    "network_registry.exchange",
    "network_registry.directory",
    "network_registry.membership",
    "network_registry.status",
    "halka.operating",
    "network_registry.working_groups",
    "knowledge_base",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "django.contrib.humanize",
    "django.forms",  # templates of widgets, for our form renderer
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.idp.oidc",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "drf_spectacular",
    "api",
    "pghistory",
    "pgtrigger",
    "django_htmx",
    "csp",
]
PRIVATE_APPS = [
    "halka.audit",
    "tenants.caseloads",
    "tenants.contributions",
    "tenants.learning",
    "tenants.integrations",
    "tenants.referrals",
    "tenants.relocations",
    "tenants.mergers",
]
TENANT_APPS = PRIVATE_APPS
INSTALLED_APPS = [*SHARED_APPS, *PRIVATE_APPS]
TENANT_MODEL = "organisations.Organisation"
TENANT_DOMAIN_MODEL = "organisations.Domain"

MIDDLEWARE = [
    "halka.operating.middleware.observe",
    "tenants.organisations.middleware.promise_for_ours_alone",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "tenants.organisations.middleware.find_organisation",
    "tenants.organisations.middleware.set_session_aside",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "halka.accounts.middleware.keep_out_of_caches",
    "halka.accounts.middleware.end_idle_session",
    "django.middleware.locale.LocaleMiddleware",
    "halka.accounts.middleware.apply_preferences",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tenants.organisations.middleware.enter_organisation",
    "halka.accounts.middleware.demand_second_factor",
    "knowledge_base.middleware.guard_cms",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tenants.caseloads.middleware.answer_closed_records",
    "tenants.caseloads.middleware.end_drafts",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "halka.common.context.page",
                "tenants.organisations.context.workspace",
            ],
        },
    },
]
FORM_RENDERER = "halka.common.forms.Renderer"

# --- data ---------------------------------------------------------------------------------------
DATABASES = {"default": servers.database(environment.text("DATABASE_URL"))}
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = environment.flag("DATABASE_POOLED")
DATABASE_WALLS = environment.text("DATABASE_WALLS")
DATABASE_CONNECTIONS = environment.number("DATABASE_CONNECTIONS")
SPARE_ORGANISATIONS = environment.number("SPARE_ORGANISATIONS")
DATABASE_ROUTERS = ["tenants.organisations.routers.WallRouter", "django_tenants.routers.TenantSyncRouter"]
PGHISTORY_CREATED_AT_FUNCTION = "clock_timestamp()"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

BROKER_URL = environment.text("BROKER_URL")
CACHE_URL = environment.text("CACHE_URL") or servers.cache_url(BROKER_URL)
CACHES = {
    # What is asked before an organisation is known, and sessions: one space for all.
    "network": {
        "BACKEND": "halka.common.caching.ValkeyCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "network",
    },
    # Everything else: every key carries the organisation it was written in.
    "default": {
        "BACKEND": "halka.common.caching.ValkeyCache",
        "LOCATION": CACHE_URL,
        "KEY_FUNCTION": "halka.common.current.cache_key",
    },
}

CELERY = {
    "broker_url": BROKER_URL,
    "task_ignore_result": True,
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "broker_transport_options": {"visibility_timeout": 600},
    "broker_connection_retry_on_startup": True,
    "worker_pool": "prefork",
    "worker_prefetch_multiplier": 1,
    "worker_hijack_root_logger": False,
    "timezone": "UTC",
    "task_time_limit": 300,
    # What needs the owner's rights runs where the owner's password is: in the provisioner of docker/compose.yaml.
    # What waits for receivers outside has workers of its own, so that slow ones hold up nobody here.
    "task_routes": {"organisations.*": {"queue": "provisioning"}, "integrations.deliver": {"queue": "webhooks"}},
    "beat_schedule": {
        # a sign of life of each queue: beat, broker and a worker were alive a moment ago
        **{
            f"heartbeat-{queue}": {
                "task": "operating.heartbeat",
                "args": [queue],
                "schedule": 30.0,
                "options": {"queue": queue, "expires": 60},
            }
            for queue in ("celery", "provisioning", "webhooks")
        },
        "carry-on-takeouts": {"task": "takeouts.carry_on", "schedule": 60.0},
        "erase-closed-organisations": {
            "task": "organisations.erase_outstanding",
            "schedule": crontab(hour="1", minute="37"),
        },
        "remove-expired-takeouts": {"task": "takeouts.remove_expired", "schedule": crontab(minute="41")},
        "carry-outstanding-parcels": {"task": "elsewhere.carry_outstanding", "schedule": 60.0},
        "expire-offers": {"task": "elsewhere.expire", "schedule": 600.0},
        "look-after-matches": {"task": "elsewhere.look_after_matches", "schedule": 300.0},
        "ask-about-people": {"task": "elsewhere.refresh_everywhere", "schedule": crontab(hour="2", minute="53")},
        "go-on-with-moves-of-records": {"task": "relocations.advance_outstanding", "schedule": 60.0},
        "pass-deadlines-of-moves": {"task": "relocations.pass_due", "schedule": crontab(minute="19")},
        "deliver-outstanding-referrals": {"task": "referrals.deliver_outstanding", "schedule": 60.0},
        "end-lapsed-consents": {"task": "referrals.end_lapsed_everywhere", "schedule": crontab(minute="9")},
        "pass-deadlines-of-referrals": {"task": "referrals.pass_deadlines", "schedule": 300.0},
        "ask-what-became-of-referrals": {
            "task": "referrals.ask_results_everywhere",
            "schedule": crontab(hour="6", minute="31"),
        },
        "discard-previews-of-referrals": {
            "task": "referrals.discard_previews_everywhere",
            "schedule": crontab(hour="3", minute="31"),
        },
        "renew-fairness-board": {"task": "exchange.renew_fairness", "schedule": crontab(hour="3", minute="47")},
        "go-on-with-openings": {"task": "organisations.open_due", "schedule": 60.0},
        "look-after-licences": {"task": "membership.look_after_licences", "schedule": crontab(hour="5", minute="7")},
        "tidy-applications": {"task": "membership.tidy", "schedule": crontab(hour="3", minute="27")},
        "look-at-own-domains": {"task": "addresses.look_at_due", "schedule": 600.0},
        "go-on-with-mergers": {"task": "mergers.advance_outstanding", "schedule": 60.0},
        "settle-mergers": {"task": "mergers.settle", "schedule": crontab(hour="1", minute="7")},
        "refill-spare-organisations": {"task": "organisations.refill_spares", "schedule": 300.0},
        "remove-old-drafts": {"task": "drafts.remove_old_everywhere", "schedule": crontab(hour="3", minute="41")},
        "look-after-jobs": {"task": "caseloads.look_after_jobs", "schedule": 600.0},
        "clean-files-of-documents": {
            "task": "caseloads.clean_files_everywhere",
            "schedule": crontab(hour="3", minute="23"),
        },
        "renew-directory": {"task": "directory.renew", "schedule": crontab(hour="3", minute="11")},
        "look-after-texts-of-members": {"task": "knowledge.look_after", "schedule": crontab(minute="37")},
        "send-what-is-new-in-knowledge": {
            "task": "knowledge.send_digests",
            "schedule": crontab(minute="43", hour="6-18"),  # from Monday on, until all have it
        },
        "renew-evidence-of-teaching": {
            "task": "learning.renew_evidence_everywhere",
            "schedule": crontab(hour="3", minute="17"),
        },
        "renew-knowledge": {"task": "knowledge.renew", "schedule": crontab(hour="3", minute="51")},
        "deliver-due-webhooks": {"task": "integrations.deliver_outstanding", "schedule": 30.0},
        "sweep-webhooks": {"task": "integrations.sweep_everywhere", "schedule": crontab(hour="3", minute="7")},
        "remove-old-tokens": {"task": "software.remove_old_tokens", "schedule": crontab(minute="29")},
        "anchor-audits": {"task": "audit.anchor", "schedule": crontab(hour="2", minute="17")},
    },
}

METRICS_TOKEN = environment.text("METRICS_TOKEN")

REFERRAL_PREVIEW_DAYS = environment.number("REFERRAL_PREVIEW_DAYS")

# --- software of organisations ---------------------------------------------------------------------
WEBHOOKS_REACH_INSIDE = False  # development alone: plain http, any port, addresses of our own network

# --- people ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_CACHE_ALIAS = "network"
SESSION_COOKIE_DOMAIN = BASE_DOMAIN
SESSION_COOKIE_NAME = "halka_session"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_MINUTES = environment.number("IDLE_MINUTES")
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "halka.common.errors.csrf_failure"
LANGUAGE_COOKIE_DOMAIN = BASE_DOMAIN
MESSAGE_STORAGE = "halka.common.messages.HostMessages"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", "halka.common.keys.KeyHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "tenants.organisations.signing_in.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "halka.accounts.forms.SignInForm",
    "reset_password": "halka.accounts.forms.AskForPasswordForm",
    "reset_password_from_key": "halka.accounts.forms.NewPasswordByLinkForm",
    "change_password": "halka.accounts.forms.ChangePasswordForm",
    "set_password": "halka.accounts.forms.FirstPasswordForm",
    "add_email": "halka.accounts.forms.ChangeEmailForm",
    "reauthenticate": "halka.accounts.forms.ConfirmWithPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account begins with an invitation that was sent to the address
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers cannot have us write to anybody
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "reset_password": "20/m/ip,5/m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0  # limits count people, not the reverse proxy
MFA_ADAPTER = "halka.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "halka.accounts.forms.CodeForm",
    "reauthenticate": "halka.accounts.forms.ConfirmWithCodeForm",
    "activate_totp": "halka.accounts.forms.TurnOnAppForm",
    "add_webauthn": "halka.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "halka.accounts.forms.RenamePasskeyForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address is proven by the invitation that was sent to it
MFA_TOTP_TOLERANCE = 1  # clocks of phones are half a minute off
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Halka"
USERSESSIONS_TRACK_ACTIVITY = False
# Looked up on each use, so that it ends the moment it is taken away.
IDP_OIDC_ACCESS_TOKEN_FORMAT = "opaque"  # noqa: S105  # a format
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 3600
API_TOKENS_PER_MINUTE = environment.number("API_TOKENS_PER_MINUTE")
API_READS_PER_MINUTE = environment.number("API_READS_PER_MINUTE")
API_WRITES_PER_MINUTE = environment.number("API_WRITES_PER_MINUTE")

# --- language and time -------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("sq", "Shqip"),
    ("sr", "Srpski"),
    ("lt", "Lietuvių"),
    ("sl", "Slovenščina"),
    ("fa", "فارسی"),
]
CALENDARS = [("gregorian", _("Gregorian calendar")), ("jalali", _("Jalali calendar"))]
LOCALE_PATHS = [ROOT / "platform" / "halka" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- files, mail, headers -----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = environment.path("STATIC_ROOT")
STATICFILES_DIRS = [ROOT / "platform" / "halka" / "static"]
MEDIA_ROOT = environment.path("MEDIA_ROOT")
STORAGES = {
    "default": {"BACKEND": "halka.common.files.PrivateStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL")
globals().update(servers.email(environment.text("EMAIL_URL")))

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
_SCHEME, _AUTHORITY = "https" if HTTPS else "http", f"{BASE_DOMAIN}:{BASE_PORT}".rstrip(":")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # Signing in on the network's host leads to a workspace, and browsers count the redirect as the form's aim.
        "form-action": [SELF, f"{_SCHEME}://{_AUTHORITY}", f"{_SCHEME}://*.{_AUTHORITY}"],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

# --- knowledge base, API -------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Halka"
WAGTAILADMIN_BASE_URL = f"{'https' if HTTPS else 'http'}://{BASE_DOMAIN}"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # the account is the network's, not Wagtail's
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = True  # for what members send; no page has a workflow of its own, so editors publish theirs
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # nothing is fetched from other sites
WAGTAILDOCS_EXTENSIONS = ["pdf", "odt", "ods", "odp", "docx", "xlsx", "pptx", "txt", "csv"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.Software", "api.authentication.Session"],
    "DEFAULT_PERMISSION_CLASSES": ["api.permissions.HasSeat"],
    "DEFAULT_THROTTLE_CLASSES": ["api.limits.PerMinute"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "api.errors.answer",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Halka API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["api.permissions.HasSeat"],
    "SCHEMA_PATH_PREFIX": "/api/v[0-9]+",
    "ENUM_NAME_OVERRIDES": {
        "ServiceEnum": "network_registry.exchange.enums.Service",
        "ConsentScopeEnum": "tenants.caseloads.enums.ConsentScope",
        "DeclineReasonEnum": "network_registry.exchange.enums.DeclineReason",
        "DisengageReasonEnum": "network_registry.exchange.enums.DisengageReason",
        "NotStartedReasonEnum": "network_registry.exchange.enums.NotStartedReason",
        "RecallReasonEnum": "network_registry.exchange.enums.RecallReason",
        "ReopenReasonEnum": "network_registry.exchange.enums.ReopenReason",
        "StepReasonEnum": "api.v1.referrals.serializers.ALL_REASONS",
        "EndpointStateEnum": "tenants.integrations.enums.EndpointState",
        "LanguageEnum": "tenants.caseloads.enums.Language",
        "SideEnum": "network_registry.exchange.enums.Side",
        "ReferralStateEnum": "network_registry.exchange.enums.State",
        "OrganisationStateEnum": "tenants.organisations.enums.State",
    },
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "halka.operating.lines.JSONFormatter"},
    },
    "filters": {
        "people": {"()": "halka.common.redaction.RedactPeople"},
        "addresses": {"()": "halka.operating.lines.RedactAddresses"},
        "production": {"()": "django.utils.log.RequireDebugFalse"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["people", "addresses"]},
        "mail_admins": {
            "class": "django.utils.log.AdminEmailHandler",
            "level": "ERROR",
            "filters": ["production", "people", "addresses"],
        },
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["mail_admins"], "level": "INFO"},
        "django_tasks": {"level": "WARNING"},  # each page tells ten times; Wagtail too
        "wagtail": {"level": "WARNING"},
        "halka.requests": {"level": "WARNING"},  # a line for each request: in production alone
    },
}
DEFAULT_EXCEPTION_REPORTER = "halka.common.redaction.Reporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "halka.common.redaction.ReportFilter"
SILENCED_SYSTEM_CHECKS: list[str] = []
