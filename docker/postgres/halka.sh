#!/usr/bin/env bash
# The owner role, its database, and what only a superuser may take from the public. Runs when the cluster is created;
# run it again after an update that changed cluster.sql (docs/operating.md): it changes nothing that is in order.
set -euo pipefail

connect() {
	psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" "$@"
}

# The password goes through the environment: an argument would show in the list of processes.
connect --dbname postgres <<'SQL'
\getenv password HALKA_OWNER_PASSWORD
SELECT 'CREATE ROLE halka_owner LOGIN CREATEROLE CREATEDB NOSUPERUSER'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'halka_owner') \gexec
SELECT format('ALTER ROLE halka_owner PASSWORD %L', :'password') \gexec
SQL
connect --dbname template1 --file "${CLUSTER_SQL:-/halka/cluster.sql}"
connect --dbname postgres <<'SQL'
SELECT 'CREATE DATABASE halka OWNER halka_owner'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'halka') \gexec
SQL
connect --dbname halka --file "${CLUSTER_SQL:-/halka/cluster.sql}"
