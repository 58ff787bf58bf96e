#!/usr/bin/env bash
# Starts Slipway as npm start does, waits until the address that it prints answers, and ends it.
set -euo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp)
npm start -- --browser >"$log" 2>&1 &
started=$!
trap 'kill -TERM "$started" 2>/dev/null || true; cat "$log"' EXIT

for _ in $(seq 600); do
  # It may have ended before it could print anything.
  kill -0 "$started"
  address=$(grep -oE 'http://(127\.0\.0\.1|localhost):[0-9]+[^ ]*' "$log" | head -n 1) || true
  if [[ -n "${address:-}" ]] && curl --silent --fail --location --cookie "" --output /dev/null "$address"; then
    echo "$address answers"
    kill -TERM "$started"
    wait "$started"
    trap - EXIT
    cat "$log"
    exit 0
  fi
  sleep 1
done
echo 'npm start printed no address that answers within ten minutes' >&2
exit 1
