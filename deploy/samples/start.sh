#!/usr/bin/env bash
# Starts one of the sample systems; its name is the argument. What it keeps is in /data.
set -euo pipefail
here=/samples

directory() {
  mkdir -p /data/directory
  slapadd -f "$here/directory/slapd.conf" -l "$here/directory/people.ldif"
  exec slapd -d 0 -f "$here/directory/slapd.conf" -h ldap://0.0.0.0:3389
}

object_store() {
  cd /data
  mkdir -p devices/disk
  printf '[swift-hash]\nswift_hash_path_suffix = samples\n' >swift.conf
  python3 "$here/object-store/rings.py" /data
  memcached -l 127.0.0.1 -p 11211 -U 0 &
  local server
  for server in account container object; do
    swift-$server-server "$here/object-store/$server.conf" &
  done
  swift-proxy-server "$here/object-store/proxy.conf" &
  # The bucket of the samples, as soon as it answers.
  until curl --silent --fail --dump-header login --output /dev/null \
    --header "X-Auth-User: samples:samples" --header "X-Auth-Key: samples" http://127.0.0.1:8080/auth/v1.0; do sleep 0.5; done
  until curl --silent --fail --output /dev/null --request PUT \
    --header "$(grep --ignore-case '^X-Auth-Token:' login | tr -d '\r')" http://127.0.0.1:8080/v1/AUTH_samples/letters; do sleep 0.5; done
  wait -n
}

case ${1:-} in
  directory) directory ;;
  object-store) object_store ;;
  mail-catcher)
    exec /tools/smtp4dev --nousersettings --baseappdatapath=/data --urls=http://0.0.0.0:8025 --smtpport=2525 --imapport= --db= --hostname=mail-catcher \
      --allowremoteconnections --tlsmode=None --pop3port=
    ;;
  soap) cd "$here/soap" && exec php -S 0.0.0.0:8081 server.php ;;
  *)
    echo "Name a sample system: directory, object-store, mail-catcher or soap." >&2
    exit 2
    ;;
esac
