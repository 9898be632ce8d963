use super::*;
use crate::{Settings, review};

/// Migrations of the shop that is there already.
struct Case {
    name: &'static str,
    postgres: u32,
    files: &'static [(&'static str, &'static str)],
}

const SHOP: &str = "CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total numeric, region text, code text);
CREATE INDEX orders_code_idx ON orders (code);
CREATE MATERIALIZED VIEW totals AS SELECT customer_id, sum(total) AS total FROM orders GROUP BY customer_id;
CREATE UNIQUE INDEX totals_customer_id_key ON totals (customer_id);
CREATE TABLE events (day date NOT NULL, id bigint, kind text) PARTITION BY RANGE (day);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 (day date NOT NULL, id bigint, kind text);
CREATE TYPE status AS ENUM ('new', 'paid', 'lost');
CREATE TABLE bills (id bigint PRIMARY KEY, state status NOT NULL DEFAULT 'new', number int NOT NULL, note text);
CREATE INDEX bills_number_idx ON bills (number);
";

/// What a reader gets of every rewrite, lock timeouts left out where there is another.
fn offered(case: &Case) -> String {
    let mut workspace = Workspace::new();
    for (path, text) in case.files {
        workspace.add(*path, *text);
    }
    let settings = Settings {
        baseline: Some(("shop.sql".to_owned(), SHOP.to_owned())),
        postgres: case.postgres,
        ..Settings::default()
    };
    let review = review(&workspace, &settings);
    let mut text = String::new();
    for finding in &review.findings {
        for rewrite in offers(&review, finding) {
            if rewrite.kind.id != "lock-timeout" || case.name == "lock timeout" {
                let shown = shown(&rewrite);
                // Several findings may be about one statement.
                if !text.contains(&shown) {
                    text += &shown;
                }
            }
        }
    }
    if text.is_empty() {
        for finding in &review.findings {
            text += &format!("no rewrite of {}: {}\n", finding.rule.id, finding.message);
        }
    }
    text
}

fn shown(rewrite: &Rewrite) -> String {
    // Which other rules it answers besides is for them to say.
    let answered: Vec<&str> =
        rewrite.fixes.iter().copied().filter(|id| rewrite.kind.answers.contains(id)).collect();
    let lock = |mode: Option<LockMode>| mode.map_or("no lock", |mode| mode.name());
    let mut text = format!(
        "{}: fixes {}; over work {}, then {}\n",
        rewrite.kind.id,
        answered.join(", "),
        lock(rewrite.locks.0),
        lock(rewrite.locks.1)
    );
    for step in &rewrite.steps {
        if let Some(first) = &step.first {
            text += &format!("before {}: {first}\n", step.path);
        }
    }
    for difference in &rewrite.differences {
        text += &format!("differs: {difference}\n");
    }
    for edit in &rewrite.edits {
        text += &format!("=== {}{}\n{}", edit.path, if edit.is_new { " (new)" } else { "" }, edit.text);
    }
    text
}

const CASES: &[Case] = &[
    Case {
        name: "index",
        postgres: 18,
        files: &[
            (
                "002_index.sql",
                "-- Orders are looked up by customer.\nCREATE INDEX IF NOT EXISTS orders_customer_id_idx ON orders (customer_id);\n",
            ),
            ("rollback/002_index.sql", "DROP INDEX orders_customer_id_idx;\n"),
        ],
    },
    Case {
        name: "index beside others",
        postgres: 18,
        files: &[
            (
                "002_note.up.sql",
                "ALTER TABLE orders ADD COLUMN note text;\n\n-- Regions are counted.\nCREATE INDEX ON orders (region);\nCOMMENT ON TABLE orders IS 'x';\n",
            ),
            ("002_note.down.sql", "DROP INDEX orders_region_idx;\nALTER TABLE orders DROP COLUMN note;\n"),
        ],
    },
    Case { name: "drop index", postgres: 18, files: &[("002_drop.sql", "DROP INDEX orders_code_idx;\n")] },
    Case { name: "reindex", postgres: 14, files: &[("002_reindex.sql", "REINDEX TABLE orders;\n")] },
    Case {
        name: "refresh",
        postgres: 14,
        files: &[("002_refresh.sql", "REFRESH MATERIALIZED VIEW totals;\n")],
    },
    Case {
        name: "not null before 18",
        postgres: 17,
        files: &[
            ("002_region.sql", "ALTER TABLE orders ALTER COLUMN region SET NOT NULL;\n"),
            ("rollback/002_region.sql", "ALTER TABLE orders ALTER COLUMN region DROP NOT NULL;\n"),
        ],
    },
    Case {
        name: "not null",
        postgres: 18,
        files: &[(
            "002_region.sql",
            "ALTER TABLE orders ALTER COLUMN region SET NOT NULL, ALTER COLUMN region SET DEFAULT 'eu';\n",
        )],
    },
    Case {
        name: "foreign key",
        postgres: 14,
        files: &[(
            "002_fk.sql",
            "-- +goose Up\nALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers ON DELETE CASCADE;\n\n-- +goose Down\nALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey;\n",
        )],
    },
    Case {
        name: "check",
        postgres: 18,
        files: &[("002_check.sql", "ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0);\n")],
    },
    Case {
        name: "unique",
        postgres: 18,
        files: &[(
            "002_unique.sql",
            "-- migrate:up\nALTER TABLE orders ADD CONSTRAINT orders_code_key UNIQUE (code) DEFERRABLE;\n\n-- migrate:down\nALTER TABLE orders DROP CONSTRAINT orders_code_key;\n",
        )],
    },
    Case {
        name: "primary key",
        postgres: 18,
        files: &[("002_key.sql", "ALTER TABLE events_2026 ADD PRIMARY KEY (day, id);\n")],
    },
    Case {
        name: "volatile default",
        postgres: 18,
        files: &[(
            "002_token.sql",
            "ALTER TABLE orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();\n",
        )],
    },
    Case {
        name: "serial",
        postgres: 14,
        files: &[("002_number.sql", "ALTER TABLE orders ADD COLUMN number serial;\n")],
    },
    Case {
        name: "backfill",
        postgres: 14,
        files: &[(
            "V002__fill.sql",
            "UPDATE orders o SET region = 'eu' FROM customers c WHERE c.id = o.customer_id AND region IS NULL;\n",
        )],
    },
    Case {
        name: "type change",
        postgres: 18,
        files: &[("002_wider.sql", "ALTER TABLE bills ALTER COLUMN number TYPE bigint;\n")],
    },
    Case {
        name: "enum value",
        postgres: 14,
        files: &[(
            "002_enum.sql",
            "ALTER TYPE status RENAME TO status_old;\nCREATE TYPE status AS ENUM ('new', 'paid');\nALTER TABLE bills ALTER COLUMN state DROP DEFAULT;\nALTER TABLE bills ALTER COLUMN state TYPE status USING state::text::status;\nALTER TABLE bills ALTER COLUMN state SET DEFAULT 'new';\nDROP TYPE status_old;\n",
        )],
    },
    Case {
        name: "rename column",
        postgres: 18,
        files: &[("V2__rename.sql", "ALTER TABLE bills RENAME COLUMN number TO position;\n")],
    },
    Case {
        name: "drop column",
        postgres: 18,
        files: &[("20250101000000_drop.sql", "ALTER TABLE bills DROP COLUMN number;\n")],
    },
    Case {
        name: "type change with a way back",
        postgres: 18,
        files: &[
            (
                "002_wider.sql",
                "ALTER TABLE bills ALTER COLUMN number TYPE bigint;\nALTER TABLE bills ADD COLUMN day date;\n",
            ),
            (
                "rollback/002_wider.sql",
                "ALTER TABLE bills DROP COLUMN day;\nALTER TABLE bills ALTER COLUMN number TYPE int;\n",
            ),
        ],
    },
    Case {
        name: "enum value with a way back",
        postgres: 14,
        files: &[
            (
                "002_enum.up.sql",
                "ALTER TYPE status RENAME TO status_old;\nCREATE TYPE status AS ENUM ('new', 'paid');\nALTER TABLE bills ALTER COLUMN state DROP DEFAULT;\nALTER TABLE bills ALTER COLUMN state TYPE status USING state::text::status;\nALTER TABLE bills ALTER COLUMN state SET DEFAULT 'new';\nDROP TYPE status_old;\n",
            ),
            (
                "002_enum.down.sql",
                "ALTER TYPE status RENAME TO status_new;\nCREATE TYPE status AS ENUM ('new', 'paid', 'lost');\nALTER TABLE bills ALTER COLUMN state DROP DEFAULT;\nALTER TABLE bills ALTER COLUMN state TYPE status USING state::text::status;\nALTER TABLE bills ALTER COLUMN state SET DEFAULT 'new';\nDROP TYPE status_new;\n",
            ),
        ],
    },
    Case {
        name: "rename column with a way back",
        postgres: 18,
        files: &[(
            "002_rename.sql",
            "-- migrate:up\nALTER TABLE bills RENAME COLUMN number TO position;\n\n-- migrate:down\nALTER TABLE bills RENAME COLUMN position TO number;\n",
        )],
    },
    Case {
        name: "drop column with a way back",
        postgres: 17,
        files: &[
            ("002_drop.sql", "ALTER TABLE bills DROP COLUMN number;\n"),
            (
                "rollback/002_drop.sql",
                "ALTER TABLE bills ADD COLUMN number int NOT NULL;\nCREATE INDEX bills_number_idx ON bills (number);\n",
            ),
        ],
    },
    Case {
        name: "document",
        postgres: 18,
        files: &[(
            "plan.md",
            "# Plan\n\n```sql\n-- File: 002_note.sql\nALTER TABLE orders ADD COLUMN note text;\nCREATE INDEX ON orders (region);\n```\n\n## Later\n\n```sql\n-- File: 003_paid.sql\nALTER TABLE orders ADD COLUMN paid boolean;\n```\n\nDone.\n",
        )],
    },
    Case {
        name: "attach",
        postgres: 14,
        files: &[(
            "002_attach.sql",
            "ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');\n",
        )],
    },
    Case {
        name: "index on a partitioned table",
        postgres: 14,
        files: &[("002_index.sql", "CREATE INDEX events_id_idx ON events (id);\n")],
    },
    Case {
        name: "nothing that can be proven",
        postgres: 18,
        files: &[(
            "002_type.sql",
            "ALTER TABLE orders ALTER COLUMN total TYPE double precision;\nCREATE VIEW codes AS SELECT code FROM orders;\nREFRESH MATERIALIZED VIEW CONCURRENTLY totals;\n",
        )],
    },
    Case {
        name: "detach",
        postgres: 14,
        files: &[("002_detach.sql", "ALTER TABLE events DETACH PARTITION events_2024;\n")],
    },
    Case {
        name: "lock timeout",
        postgres: 14,
        files: &[("002_note.sql", "BEGIN;\nALTER TABLE orders ADD COLUMN note text;\nCOMMIT;\n")],
    },
];

#[test]
fn every_kind() {
    for case in CASES {
        insta::assert_snapshot!(case.name.replace(' ', "-"), offered(case));
    }
}

#[test]
fn what_another_rewrite_stood_in_the_way_of_is_rewritten_after_it() {
    let mut workspace = Workspace::new();
    workspace.add("1_a.up.sql", "CREATE TABLE users (id bigint PRIMARY KEY, email text);\n");
    workspace.add("1_a.down.sql", "DROP TABLE users;\n");
    workspace.add(
        "2_b.up.sql",
        "CREATE INDEX users_email_idx ON users (email);\nALTER TABLE users RENAME COLUMN email TO mail;\n",
    );
    workspace
        .add("2_b.down.sql", "ALTER TABLE users RENAME COLUMN mail TO email;\nDROP INDEX users_email_idx;\n");
    let settings = Settings { since: Some("1".to_owned()), ..Settings::default() };
    let fixed = fix(&workspace, &settings);
    let kinds: Vec<&str> = fixed.rewrites.iter().map(|rewrite| rewrite.kind.id).collect();
    let left: Vec<&str> = fixed.review.findings.iter().map(|finding| finding.rule.id).collect();
    assert!(
        !left.contains(&"index-not-concurrent") && !left.contains(&"rename-column"),
        "{kinds:?} {left:?}"
    );
}
