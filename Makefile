# Each target calls one script of scripts/, which can be called directly where there is no make.
.DEFAULT_GOAL := help
.PHONY: help run test dev check audit lock bench bench-screens screenshots icons livekit words bench-pages

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /|/' | while IFS='|' read -r name words; do printf '  make %-14s %s\n' "$$name" "$$words"; done

run: ## install, migrate, load demo data into an empty database, build and serve at http://localhost:3000
	@scripts/run

test: ## run every test, against real servers that it installs and starts itself
	@scripts/test

livekit: ## build LiveKit's own server with Go, for video in development
	@scripts/livekit

dev: ## serve with reload on edit, on one port
	@scripts/dev

check: ## formatting, lint, types, import rules, migrations in step with the models
	@scripts/check

audit: ## ask the advisory databases about every locked package; one that can't be looked up fails it
	@scripts/audit

lock: ## write requirements*.lock anew after a change of requirements*.txt
	@scripts/lock

bench: ## how fast a request reaches an open dashboard, beside a bare socket server
	@scripts/bench

bench-screens: ## how long the administrators' screens take among a million sessions, on both databases (20 minutes)
	@scripts/bench-screens

bench-pages: ## how pages feel on a phone: Lighthouse, beside a blank Reflex application
	@scripts/bench-pages

screenshots: ## a picture of every page into docs/screenshots/ (only="home pricing" takes only those)
	@scripts/screenshots $(only)

icons: ## the application's icons anew, after a change of assets/favicon.svg
	@scripts/icons

words: ## the catalogues of translations anew, after a change of texts (docs/languages.md)
	@scripts/words
