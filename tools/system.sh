#!/usr/bin/env bash
# Debian packages that a step needs, installed only when something is missing. Usage: tools/system.sh STEP...
set -euo pipefail

need=()
want() { command -v "$1" >/dev/null 2>&1 || need+=("${@:2}"); }

for step in "$@"; do
  case "$step" in
    python) python3 -c 'import ensurepip, venv' 2>/dev/null || need+=(python3-venv) ;;
    node) want npm nodejs npm ;;
    postgres) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need+=(postgresql) ;;
    browser) want chromium chromium; [ -n "$(fc-list 'Noto Sans CJK SC' 2>/dev/null)" ] || need+=(fonts-noto-cjk fontconfig) ;;
    office) want soffice libreoffice-writer-nogui libreoffice-calc-nogui; want pdftotext poppler-utils ;;
    tests) exec "$0" postgres browser office ;;
    *) echo "tools/system.sh: unknown step $step" >&2; exit 2 ;;
  esac
done

[ ${#need[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -ne 0 ]; then
  echo "Please install as root: apt-get install ${need[*]}" >&2
  exit 1
fi
echo "Installing ${need[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null
