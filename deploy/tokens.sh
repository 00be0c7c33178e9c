#!/usr/bin/env bash
# Makes the first API token of every service that has an API. Prints the hashes as lines for .env, and beside them, on the error
# output, the tokens themselves: they are shown this once and kept nowhere.
#   bash deploy/tokens.sh                 all of them
#   bash deploy/tokens.sh PROCESS_CORE    one, e.g. to replace it
set -euo pipefail

if [ $# -eq 0 ]; then
  names=$(sed -n '/^SAMPLES_/d; s/^\([A-Z0-9_]*\)_TOKEN_HASH=$/\1/p' "$(dirname "${BASH_SOURCE[0]}")/../.env.example")
  read -r -d '' -a services <<< "$names" || true
  set -- "${services[@]}"
fi
for service in "$@"; do
  # As shared/Hosting makes them: 256 random bits behind a prefix that scanners of leaked secrets can look for.
  token="intk_$(openssl rand -hex 32)"
  hash=$(printf '%s' "$token" | openssl dgst -sha256 -r | cut -d' ' -f1)
  echo "$service: $token" >&2
  echo "${service}_TOKEN_HASH=$hash"
done
