# Sourced by the scripts beside it: finds Python, makes the virtual environment, installs pinned requirements when they changed.

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

# ensure_venv requirements.txt  (or requirements-dev.txt)
ensure_venv() {
  local wanted="$1" stamp hash python
  [ -x "$VENV/bin/python" ] || { python="$(find_python)"; say "Making a virtual environment in .venv"; "$python" -m venv "$VENV"; }
  stamp="$VENV/.installed-${wanted%.txt}"
  hash="$(cat requirements.txt "$wanted" | cksum)"
  if [ "$(cat "$stamp" 2>/dev/null)" != "$hash" ]; then
    say "Installing $wanted (once, a minute or so)"
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check -r "$wanted"
    printf '%s' "$hash" >"$stamp"
  fi
  export PATH="$VENV/bin:$PATH"
}
