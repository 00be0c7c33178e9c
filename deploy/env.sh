#!/usr/bin/env bash
# Writes .env for docker-compose.yml: a password of its own for every user of broker and database, and the hashes of the first API tokens.
# The tokens themselves are printed, this once: they are kept nowhere.
#   bash deploy/env.sh            writes .env beside docker-compose.yml
#   bash deploy/env.sh FILE       writes FILE
# A file that is there stays as it is: the database keeps the passwords of its first start.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
file=${1:-$here/../.env}
if [ -e "$file" ]; then
  echo "$file is there already, and the database knows its passwords. To begin anew: docker compose down --volumes, then remove it." >&2
  exit 1
fi

umask 077
trap 'rm -f "$file.part"' EXIT
hashes=$(bash "$here/tokens.sh")
# Not shown: only the samples use it, and they read it in .env.
samples=$(bash "$here/tokens.sh" SAMPLES 2>&1)
while IFS= read -r line || [ -n "$line" ]; do
  case $line in
    # Users for a person's tools exist only when they have a password.
    RABBITMQ_WATCHER_PASSWORD= | RABBITMQ_SENDER_PASSWORD=) echo "$line" ;;
    SAMPLES_TOKEN=) echo "$line$(sed -n 's/^SAMPLES: //p' <<<"$samples")" ;;
    SAMPLES_TOKEN_HASH=) grep "^$line" <<<"$samples" ;;
    *_PASSWORD=) echo "$line$(openssl rand -hex 24)" ;;
    *_TOKEN_HASH=) grep "^$line" <<<"$hashes" || { echo "deploy/tokens.sh makes no ${line%=}, which .env.example asks for." >&2; exit 1; } ;;
    *) echo "$line" ;;
  esac
done <"$here/../.env.example" >"$file.part"
mv "$file.part" "$file"
