#!/usr/bin/env bash
# A database and a user of its own for every service; no service can connect to another's.
# Runs once, by the image's entry point, when the data folder is empty; by hand it takes psql's usual variables
# (PGHOST, PGPORT, PGUSER, PGPASSWORD) of an administrator.
set -euo pipefail

create() {
  local name=$1 password=$2
  psql --set=ON_ERROR_STOP=1 --no-psqlrc --quiet --username="${POSTGRES_USER:-${PGUSER:-postgres}}" --dbname=postgres \
    --set=name="$name" --set=password="$password" <<'SQL'
create role :"name" login password :'password';
create database :"name" owner :"name";
revoke all on database :"name" from public;
SQL
}

# generated: databases
create process_core "${PROCESS_CORE_DATABASE_PASSWORD:?}"
create error_treatment "${ERROR_TREATMENT_DATABASE_PASSWORD:?}"
create rest "${REST_DATABASE_PASSWORD:?}"
create soap "${SOAP_DATABASE_PASSWORD:?}"
create s3 "${S3_DATABASE_PASSWORD:?}"
create mail "${MAIL_DATABASE_PASSWORD:?}"
create ldap "${LDAP_DATABASE_PASSWORD:?}"
create sql "${SQL_DATABASE_PASSWORD:?}"
# /generated
