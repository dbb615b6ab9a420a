"""A complete production configuration, as far as settings go; no service behind it is real."""

PRODUCTION = {
    "APP_ENV": "production",
    "APP_URL": "https://autodoctor.example",
    "APP_SECRET": "x" * 32,
    "STRIPE_SECRET_KEY": "sk_live_1",
    "STRIPE_WEBHOOK_SECRET": "whsec_1",
    "RESEND_API_KEY": "re_1",
}
