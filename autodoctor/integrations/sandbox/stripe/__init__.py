"""A stand-in for Stripe: speaks its protocol for the calls we make, has a page to pay at, and sends signed events (P8)."""
