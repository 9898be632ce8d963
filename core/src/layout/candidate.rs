//! Which files of a folder can belong to migrations at all, before anyone has read them.

/// Can a file of that name belong to migrations: SQL, a document, a tool's own bookkeeping?
pub fn is_candidate(name: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "sql", "psql", "pgsql", "plpgsql", "ddl", "md", "markdown", "mdx", "txt", "toml", "lock", "conf",
        "plan", "sum", "yml", "yaml", "diff", "patch",
    ];
    // Tools keep bigger JSON files beside these, such as snapshots of the schema, that say nothing about order.
    const JSON: &[&str] = &["_journal.json", "manifest.json"];
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    !name.starts_with('.')
        && (ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)) || JSON.contains(&name))
}

/// Can the file with that path, from the top of a folder or an archive on, belong to migrations?
pub fn is_candidate_path(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    is_candidate(name) && folders.split('/').all(is_candidate_folder)
}

/// Can a folder of that name hold migrations?
pub fn is_candidate_folder(name: &str) -> bool {
    !name.starts_with('.') && !matches!(name, "node_modules" | "target" | "dist" | "vendor" | "__pycache__")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_searched_for_migrations() {
        for (name, expected) in [
            ("001_a.sql", true),
            ("001_A.SQL", true),
            ("_journal.json", true),
            ("0000_snapshot.json", false),
            ("package.json", false),
            ("V1__a.sql.conf", true),
            ("change.patch", true),
            ("README.md", true),
            ("migration_lock.toml", true),
            (".hidden.sql", false),
            ("main.rs", false),
            ("Makefile", false),
        ] {
            assert_eq!(is_candidate(name), expected, "{name}");
        }
        for (path, expected) in
            [("a.sql", true), ("db/a.sql", true), ("db/.git/a.sql", false), ("db/a.png", false)]
        {
            assert_eq!(is_candidate_path(path), expected, "{path}");
        }
        for (name, expected) in [("migrations", true), ("node_modules", false), (".git", false)] {
            assert_eq!(is_candidate_folder(name), expected, "{name}");
        }
    }
}
