# Sourced by `run` and `serve`: what stands between a checkout and a serving process.

# Exports APP_ENV, PORT, WORKERS, APP_URL and APP_DATA_DIR as the application reads them (environment, then .env, then defaults).
read_settings() {
  local settings
  settings="$("$VENV/bin/python" -m scripts.settings)" || exit 1
  while IFS='=' read -r name value; do export "$name=$value"; done <<<"$settings"
}

prepare() {
  ensure_venv requirements.txt
  read_settings
  scripts/build
  [ "${1:-}" = --migrated ] || "$VENV/bin/alembic" upgrade head
}

# Several workers keep their figures in files that they share, so that /metrics tells those of all; those of an earlier life are gone.
share_figures() {
  unset PROMETHEUS_MULTIPROC_DIR
  [ "$WORKERS" -gt 1 ] || return 0
  export PROMETHEUS_MULTIPROC_DIR="$APP_DATA_DIR/metrics"
  mkdir -p "$PROMETHEUS_MULTIPROC_DIR"
  rm -f "$PROMETHEUS_MULTIPROC_DIR"/*.db
}

# Becomes the server: pages, websocket and API on one port, in the foreground. Told to end by SIGTERM, it takes nothing new, answers what
# it was asked (30 s at most, api/in_flight.py), lets its jobs finish (35 s, jobs/run.py) and exits with 0; workers that take longer are killed.
serve() {
  share_figures
  local host=127.0.0.1
  [ "$APP_ENV" = production ] && host=0.0.0.0
  export REFLEX_WEB_WORKDIR="${REFLEX_WEB_WORKDIR:-$ROOT/.web}" REFLEX_ENV_MODE=prod
  export __REFLEX_SKIP_COMPILE=true __REFLEX_MOUNT_FRONTEND_COMPILED_APP=true
  exec "$VENV/bin/python" -m scripts.granian --interface asgi --factory --host "${GRANIAN_HOST:-$host}" --port "$PORT" --workers "$WORKERS" \
    --respawn-failed-workers --workers-kill-timeout 45s --log-level warning --no-access-log autodoctor.autodoctor:app
}
