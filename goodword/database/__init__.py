"""How the database is spoken to: writers of SQLite take turns. Knows no room."""
