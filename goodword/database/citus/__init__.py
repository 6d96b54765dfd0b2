"""Django's PostgreSQL backend for a Citus cluster: `citus://` in GOODWORD_DATABASE_URL."""
