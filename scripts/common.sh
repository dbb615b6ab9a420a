# Sourced by the scripts beside it: finds Python, makes the virtual environment, installs what is locked when it changed.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT"
VENV="$ROOT/.venv"

say() { printf '\033[36m%s\033[0m\n' "$*" >&2; }

find_python() {
  local candidate
  for candidate in python3.11 python3.12 python3.13 python3 python; do
    if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  echo "Auto Doctor needs Python 3.11 or newer; none was found on PATH." >&2
  return 1
}

# ensure_venv requirements.txt  (or requirements-dev.txt): what its lock says, to the byte (scripts/lock writes it)
ensure_venv() {
  local wanted="$1" lock="${1%.txt}.lock" stamp hash python
  [ -x "$VENV/bin/python" ] || { python="$(find_python)"; say "Making a virtual environment in .venv"; "$python" -m venv "$VENV"; }
  stamp="$VENV/.installed-${wanted%.txt}"
  hash="$(cksum <"$lock")"
  if [ "$(cat "$stamp" 2>/dev/null)" != "$hash" ]; then
    say "Installing $lock (once, a minute or so)"
    # --no-deps: the lock names everything, and an older pip that resolves an extra (granian[reload]) takes its newest, unlocked release.
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$lock"
    printf '%s' "$hash" >"$stamp"
  fi
  export PATH="$VENV/bin:$PATH"
}

# ensure_go_tool NAME PACKAGE BINARY  builds somebody's server from source into var/tools; fails where it can't be had.
ensure_go_tool() {
  local name="$1" package="$2" binary="$3" tools="$ROOT/var/tools" built
  [ -x "$tools/$binary" ] && return
  command -v go >/dev/null 2>&1 || { say "Go isn't installed: $name can't be built"; return 1; }
  say "Building $name"
  built="$(mktemp -d)"
  GOBIN="$built" go install "$package" && mkdir -p "$tools" && mv "$built"/* "$tools/$binary"
}

# LiveKit's own server. A later one than 1.11.0 can't be installed by its path alone: its go.mod replaces modules.
ensure_livekit() {
  ensure_go_tool "LiveKit's server" github.com/livekit/livekit-server/cmd/server@v1.11.0 livekit-server
}
