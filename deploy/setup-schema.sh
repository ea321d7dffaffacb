#!/bin/sh
# Makes Temporal's two databases and brings their schema to the version of this image. Runs at every start: all of it
# does nothing where it is done. The connection stands in SQL_PLUGIN, SQL_HOST, SQL_PORT, SQL_USER and SQL_PASSWORD.
set -eu

# PostgreSQL is healthy by now; the tries bridge a network that is not up yet.
try() {
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    if [ "$tries" -ge 5 ]; then
      echo "setup-schema: gave up: $*" >&2
      exit 1
    fi
    sleep 2
  done
}

prepare() {
  database=$1
  schema=$2
  try temporal-sql-tool --db "$database" create-database
  temporal-sql-tool --db "$database" setup-schema -v 0.0
  temporal-sql-tool --db "$database" update-schema --schema-name "$schema"
}

prepare temporal postgresql/v12/temporal
prepare temporal_visibility postgresql/v12/visibility
