#!/usr/bin/env bash
# Prints RabbitMQ definitions: one user per service, with no more permissions than it needs, and the exchanges.
# The passwords come from the environment and leave as salted hashes.
#   RABBITMQ_…_PASSWORD=… bash definitions.sh > definitions.json
#   rabbitmqctl import_definitions definitions.json       (or load_definitions in rabbitmq.conf)
#
# Every service declares the exchanges and the two last queues, so everyone may configure, bind and read those. With the
# exchanges already here, a service needs no right to read from an exchange that it does not bind to.
set -euo pipefail

# Salt and SHA-256 of salt and password, as RabbitMQ stores it.
hash() {
  local salt digest
  salt=$(od -An -N4 -tx1 /dev/urandom | tr -d ' \n')
  digest=$({ bytes "$salt"; printf '%s' "$1"; } | sha256sum | cut -c1-64)
  bytes "$salt$digest" | base64 -w0
}

bytes() {
  local escaped
  escaped=$(sed 's/../\\x&/g' <<< "$1")
  printf '%b' "$escaped"
}

# The password stands in an address (Bus__Uri) too, where other characters would have to be encoded.
password() {
  local name=$1 value=${!1:-}
  [[ $value =~ ^[A-Za-z0-9_-]{16,}$ ]] || {
    echo "$name must be at least 16 letters, digits, - or _ (openssl rand -hex 24 makes one)." >&2
    exit 1
  }
  hash "$value"
}

user() {
  printf '{"name": "%s", "password_hash": "%s", "hashing_algorithm": "rabbit_password_hashing_sha256", "tags": []}' "$1" "$2"
}

# permission <user> <exchanges it publishes to> <exchanges it binds to>, both separated by |
permission() {
  local own="unrouted|dead|$1([.].+)?"
  printf '{"user": "%s", "vhost": "/", "configure": "%s", "write": "%s", "read": "%s"}' "$1" \
    "^integration[.](tasks|results|errors|control|inbound|$own)\$" "^integration[.]($2|$own)\$" "^integration[.]($3|$own)\$"
}

exchange() {
  printf '{"name": "integration.%s", "vhost": "/", "type": "topic", "durable": true, "auto_delete": false, "internal": false, "arguments": {%s}}' \
    "$1" "${2:-}"
}

alternate='"alternate-exchange": "integration.unrouted"'
process_core=$(password RABBITMQ_PROCESS_CORE_PASSWORD)
error_treatment=$(password RABBITMQ_ERROR_TREATMENT_PASSWORD)
rest=$(password RABBITMQ_REST_PASSWORD)
s3=$(password RABBITMQ_S3_PASSWORD)
soap=$(password RABBITMQ_SOAP_PASSWORD)
sql=$(password RABBITMQ_SQL_PASSWORD)
mail=$(password RABBITMQ_MAIL_PASSWORD)
ldap=$(password RABBITMQ_LDAP_PASSWORD)

cat <<JSON
{
  "vhosts": [{"name": "/"}],
  "users": [
    $(user process-core "$process_core"),
    $(user error-treatment "$error_treatment"),
    $(user rest "$rest"),
    $(user mail "$mail"),
    $(user ldap "$ldap"),
    $(user s3 "$s3"),
    $(user soap "$soap"),
    $(user sql "$sql")
  ],
  "permissions": [
    $(permission process-core 'tasks|errors|control' 'results|inbound'),
    $(permission error-treatment 'tasks|results|errors|control|inbound' 'results|errors|control'),
    $(permission rest 'results|errors|control' 'tasks|control'),
    $(permission mail 'results|errors|control' 'tasks|control'),
    $(permission ldap 'results|errors|control' 'tasks|control'),
    $(permission s3 'results|errors|control' 'tasks|control'),
    $(permission soap 'results|errors|control' 'tasks|control'),
    $(permission sql 'results|errors|control' 'tasks|control')
  ],
  "exchanges": [
    $(exchange unrouted),
    $(exchange dead),
    $(exchange tasks "$alternate"),
    $(exchange results "$alternate"),
    $(exchange errors "$alternate"),
    $(exchange control "$alternate"),
    $(exchange inbound "$alternate")
  ]
}
JSON
