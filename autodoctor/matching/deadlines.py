"""The names of a request's deadlines (L3); `jobs.deadlines` says what happens at each."""

REQUEST_UNATTENDED, REQUEST_EXPIRES, NO_SHOW = "request_unattended", "request_expires", "no_show"
FIRST_OFFER_ENDS = "first_offer_ends"
ALL = (REQUEST_UNATTENDED, REQUEST_EXPIRES, NO_SHOW, FIRST_OFFER_ENDS)
