#!/usr/bin/env bash
# What RabbitMQ must know, made of the list of users beside this script (users; INTEGRATION_USERS names another one).
#   RABBITMQ_..._PASSWORD=... bash definitions.sh > definitions.json
#       users, permissions, exchanges and the two last queues, for rabbitmqctl import_definitions or load_definitions.
#       The passwords come from the environment and leave as salted hashes.
#   bash definitions.sh --trust > trust.json
#       the table for Bus__TrustFile of the process core, error treatment and the services.
#   bash definitions.sh --show 'crm service crm.'
#       what such a line would come to: commands for a broker that runs, and the entry of the trust table.
#
# Nobody may configure the exchanges and the last queues: they are defined here, and whoever needs them finds them there.
set -euo pipefail
set -f

stop() {
  echo "$*" >&2
  exit 1
}

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

password_name() {
  local upper=${1^^}
  echo "RABBITMQ_${upper//-/_}_PASSWORD"
}

# The password stands in an address (Bus__Uri) too, where other characters would have to be encoded.
password() {
  local name=$1 value=${!1:-}
  [[ $value =~ ^[A-Za-z0-9_-]{16,}$ ]] ||
    stop "$name must be at least 16 letters, digits, - or _ (openssl rand -hex 24 makes one)."
  hash "$value"
}

# ---- one line of the list -----------------------------------------------------------------------------------------------

# A key that no message has: a topic permission that gives nothing.
never='(?!)'

# prefixes "rest. crm." -> a regular expression that a name beginning with one of them matches
either() {
  local all=$* prefix result=
  [ "$all" != '*' ] || { echo '.'; return; }
  for prefix in $all; do
    result+="${result:+|}${prefix//./[.]}"
  done
  echo "${result:+($result)}"
}

topic() { # exchange write read
  topics+=("$1 ${2:-$never} ${3:-$never}")
}

# Sets name, kind, optional, configure, write, read, tags, topics, and the entry of the trust table.
parse() {
  local words word prefixes= asks= starts= default= catalogue= own executed asked told
  read -r name kind words <<< "$1" || true
  optional= tags= topics=() trust=
  [[ $name =~ ^[a-z0-9][a-z0-9-]{0,62}$ ]] || stop "users: '$name' is no name; letters a to z, digits and hyphens make one."
  case $name in
    tasks | results | errors | control | inbound | unrouted | dead) stop "users: '$name' is an exchange; call the user otherwise." ;;
  esac
  for word in $words; do
    case $kind,$word in
      *,optional) optional=yes ;;
      service,asks=* | engine,asks=*) asks=${word#asks=} asks=${asks//,/ } ;;
      engine,default) default=yes ;;
      engine,starts) starts=yes ;;
      engine,catalogue) catalogue=yes ;;
      service,?*.) prefixes+="${prefixes:+ }$word" ;;
      *) stop "users: $name: '$word' means nothing for a $kind; a prefix ends with a dot." ;;
    esac
  done
  for word in $prefixes $asks; do
    [[ $word =~ ^[a-z0-9][a-z0-9-]*([.][a-z0-9-]+)*[.]$ || "$kind $word" = 'engine *' ]] ||
      stop "users: $name: '$word' is no prefix of operations, such as rest."
  done
  own="$name([.].+)?"
  executed=$(either "$prefixes") asked=$(either "$asks")
  configure="^integration[.]$own\$"
  case $kind in
    service)
      [ -n "$prefixes" ] || stop "users: $name: a service needs the prefix of its operations."
      write="^integration[.](${asked:+tasks|}results|errors|control|dead|$own)\$"
      read="^integration[.](tasks|control|${asked:+results|}$own)\$"
      topic tasks "${asked:+^$asked}" "^$executed"
      topic results '^[^.]+([.]retried)?$' "${asked:+^$name([.]|\$)}"
      topic errors "^[a-z-]+[.]($executed|${asked:+$asked|}unknown\$)" ''
      topic control "^((announce|heartbeat)[.]$name\$${asked:+|cancel[.]$asked})" "^(cancel[.]$executed|describe[.]$name\$)"
      topic dead '' ''
      trust="\"operations\": [$(strings $prefixes)]${asked:+, \"engines\": [\"$name\"], \"asks\": [$(strings $asks)]}"
      ;;
    engine)
      write="^integration[.](tasks|results|errors|control|${starts:+inbound|}dead|$own)\$"
      read="^integration[.](results|inbound|${catalogue:+control|}$own)\$"
      topic tasks "${asked:+^$asked}" ''
      topic results '^[^.]+$' "^$name([.]|\$)"
      topic errors "^[a-z-]+[.](${asked:+$asked|}unknown\$)" ''
      told=${asked:+cancel[.]$asked}${asked:+${catalogue:+|}}${catalogue:+describe[.]}
      topic control "${told:+^($told)}" "${catalogue:+^(announce|heartbeat)[.]}"
      topic inbound "${starts:+^(start|message|engine)[.]}" "^(engine[.]$name[.]${default:+|start[.]|message[.]})"
      topic dead '' ''
      trust="\"engines\": [\"$name\"], \"asks\": [$(strings $asks)]${default:+, \"default\": true}"
      ;;
    treatment)
      [ "$name" = error-treatment ] || stop "users: error treatment is called error-treatment, as its queue is."
      write="^integration[.](tasks|results|errors|control|inbound|unrouted|dead|$own)\$"
      read="^integration[.](results|errors|control|unrouted|dead|$own)\$"
      topic tasks '.' ''
      topic results '.' '^[*][.]retried$'
      topic errors '.' '^#$'
      topic control '.' '^cancel[.]#$'
      topic inbound '.' ''
      topic unrouted '' '^#$'
      topic dead '' '^#$'
      trust='"treatment": true'
      ;;
    watcher)
      configure='^$' write='^$' read='^$' tags=monitoring
      ;;
    *) stop "users: $name: '$kind' is no kind of user; service, engine, treatment and watcher are." ;;
  esac
}

strings() {
  local word result=
  for word in "$@"; do
    result+="${result:+, }\"$word\""
  done
  echo "$result"
}

# ---- what is printed ----------------------------------------------------------------------------------------------------

list=${INTEGRATION_USERS:-$(dirname "${BASH_SOURCE[0]}")/users}

lines() {
  [ -r "$list" ] || stop "The list of users '$list' cannot be read."
  grep -vE '^[[:space:]]*(#|$)' "$list"
}

joined() { # values, one per line of JSON
  local value first=yes
  for value in "$@"; do
    [ -n "$first" ] || echo ','
    first=
    printf '    %s' "$value"
  done
  echo
}

exchange() {
  printf '{"name": "integration.%s", "vhost": "/", "type": "topic", "durable": true, "auto_delete": false, "internal": false, "arguments": {%s}}' \
    "$1" "${2:-}"
}

# Of shared/Bus/Topology.cs. Never changed: an existing queue keeps the arguments that it was made with.
last_queue() {
  printf '{"name": "integration.%s", "vhost": "/", "durable": true, "auto_delete": false, "arguments": {"x-queue-type": "quorum", "x-dead-letter-exchange": "integration.dead", "x-dead-letter-strategy": "at-least-once", "x-overflow": "reject-publish", "x-delivery-limit": 2147483647}}' "$1"
}

last_binding() {
  printf '{"source": "integration.%s", "vhost": "/", "destination": "integration.%s", "destination_type": "queue", "routing_key": "#", "arguments": {}}' "$1" "$1"
}

definitions() {
  local line value exchange_name users=() permissions=() topic_permissions=() hashed
  while read -r line; do
    parse "$line"
    value=$(password_name "$name")
    [ -z "$optional" ] || [ -n "${!value:-}" ] || continue
    hashed=$(password "$value")
    users+=("{\"name\": \"$name\", \"password_hash\": \"$hashed\", \"hashing_algorithm\": \"rabbit_password_hashing_sha256\", \"tags\": [${tags:+\"$tags\"}]}")
    permissions+=("{\"user\": \"$name\", \"vhost\": \"/\", \"configure\": \"$configure\", \"write\": \"$write\", \"read\": \"$read\"}")
    for value in ${topics[@]+"${topics[@]}"}; do
      read -r exchange_name write read <<< "$value"
      topic_permissions+=("{\"user\": \"$name\", \"vhost\": \"/\", \"exchange\": \"integration.$exchange_name\", \"write\": \"$write\", \"read\": \"$read\"}")
    done
  done <<< "$(lines)"
  local alternate='"alternate-exchange": "integration.unrouted"'
  cat <<JSON
{
  "vhosts": [{"name": "/"}],
  "users": [
$(joined "${users[@]}")
  ],
  "permissions": [
$(joined "${permissions[@]}")
  ],
  "topic_permissions": [
$(joined "${topic_permissions[@]}")
  ],
  "exchanges": [
$(joined "$(exchange unrouted)" "$(exchange dead)" "$(exchange tasks "$alternate")" "$(exchange results "$alternate")" \
    "$(exchange errors "$alternate")" "$(exchange control "$alternate")" "$(exchange inbound "$alternate")")
  ],
  "queues": [
$(joined "$(last_queue unrouted)" "$(last_queue dead)")
  ],
  "bindings": [
$(joined "$(last_binding unrouted)" "$(last_binding dead)")
  ]
}
JSON
}

trust_table() {
  local line entries=()
  while read -r line; do
    parse "$line"
    [ -z "$trust" ] || entries+=("\"$name\": {$trust}")
  done <<< "$(lines)"
  printf '{\n  "users": {\n%s\n  }\n}\n' "$(joined "${entries[@]}")"
}

show() {
  local value exchange_name
  parse "$1"
  echo "rabbitmqctl add_user $name        # asks for the password"
  [ -z "$tags" ] || echo "rabbitmqctl set_user_tags $name $tags"
  echo "rabbitmqctl set_permissions $name '$configure' '$write' '$read'"
  for value in ${topics[@]+"${topics[@]}"}; do
    read -r exchange_name write read <<< "$value"
    echo "rabbitmqctl set_topic_permissions $name integration.$exchange_name '$write' '$read'"
  done
  [ -z "$trust" ] || echo "# in the trust table: \"$name\": {$trust}"
}

case ${1:-} in
  '') definitions ;;
  --trust) trust_table ;;
  --show) show "${2:?a line as in the list of users}" ;;
  *) stop "definitions.sh takes no argument, --trust, or --show LINE." ;;
esac
