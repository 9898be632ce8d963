//! The tables in which runners keep which migrations have been applied.

/// Is that the name of one? It has a row for each migration, if not a single one, and only the runner uses it.
pub fn is_bookkeeping(table: &str) -> bool {
    const NAMES: &[&str] = &[
        "__EFMigrationsHistory",
        "__diesel_schema_migrations",
        "__drizzle_migrations",
        "_prisma_migrations",
        "_sqlx_migrations",
        "_yoyo_migration",
        "SequelizeMeta",
        "alembic_version",
        "atlas_schema_revisions",
        "databasechangelog",
        "databasechangeloglock",
        "django_migrations",
        "flyway_schema_history",
        "goose_db_version",
        "gopg_migrations",
        "gorp_migrations",
        "knex_migrations",
        "knex_migrations_lock",
        "pgmigrations",
        "refinery_schema_history",
        "schema_migration",
        "schema_migrations",
        "schema_version",
        "seaql_migrations",
    ];
    NAMES.contains(&table)
}
