# Sourced by `run` and `serve`: what stands between a checkout and a serving process.

# Exports APP_ENV, PORT, WORKERS and APP_URL as the application reads them (environment, then .env, then defaults).
read_settings() {
  local settings
  settings="$("$VENV/bin/python" -m scripts.settings)" || exit 1
  while IFS='=' read -r name value; do export "$name=$value"; done <<<"$settings"
}

prepare() {
  ensure_venv requirements.txt
  read_settings
  scripts/build
  "$VENV/bin/alembic" upgrade head
}

# Becomes the server: pages, websocket and API on one port, in the foreground.
serve() {
  local host=127.0.0.1
  [ "$APP_ENV" = production ] && host=0.0.0.0
  export REFLEX_WEB_WORKDIR="${REFLEX_WEB_WORKDIR:-$ROOT/.web}" REFLEX_ENV_MODE=prod
  export __REFLEX_SKIP_COMPILE=true __REFLEX_MOUNT_FRONTEND_COMPILED_APP=true
  exec "$VENV/bin/granian" --interface asgi --factory --host "${GRANIAN_HOST:-$host}" --port "$PORT" --workers "$WORKERS" \
    --respawn-failed-workers --workers-kill-timeout 5s --log-level warning autodoctor.autodoctor:app
}
