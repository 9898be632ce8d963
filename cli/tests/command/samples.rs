//! The sample histories, with what was put into them to be found.

use std::path::Path;

use crate::{Called, call_in};

fn sample(arguments: &[&str]) -> Called {
    call_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations"), arguments, b"")
}

#[test]
fn each_is_recognised() {
    for (folder, layout, versions) in [
        ("crm-prisma", "prisma", 9),
        ("crm-prisma-corrected", "prisma", 18),
        ("job-data-drizzle", "drizzle", 6),
        ("job-data-drizzle-corrected", "drizzle", 7),
        ("numbered-with-rollback", "numbered", 7),
        ("numbered-with-rollback-corrected", "numbered", 8),
        ("phased-job-tables", "numbered", 5),
        ("phased-job-tables-corrected", "numbered", 6),
        ("project-variants", "markdown", 4),
        ("project-variants-corrected", "numbered", 6),
    ] {
        let document = sample(&["review", folder, "--format", "json"]).json();
        assert_eq!(document["layout"], layout, "{folder}");
        let migrations = document["migrations"].as_array().expect("migrations");
        assert_eq!(migrations.len(), versions, "{folder}");
        let coverage = &document["coverage"];
        assert_eq!(coverage["parsed"], coverage["statements"], "{folder}: all of it is PostgreSQL");
    }
}

#[test]
fn mistakes_are_found() {
    for (folder, rules) in [
        ("crm-prisma", &["index-not-concurrent", "statement-fails"][..]),
        ("job-data-drizzle", &["index-not-concurrent"]),
        ("numbered-with-rollback", &["index-not-concurrent"]),
        ("phased-job-tables", &["index-not-concurrent"]),
        ("project-variants", &["index-not-concurrent"]),
    ] {
        let called = sample(&["review", folder, "--format", "json"]);
        assert_eq!(called.status, 1, "{folder}");
        let found = called.rules();
        for rule in rules {
            assert!(found.iter().any(|id| id == rule), "{folder}: {rule}");
        }
    }
}

#[test]
fn every_command_works_on_every_sample() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
    for entry in std::fs::read_dir(folder).expect("the samples") {
        let entry = entry.expect("an entry");
        if !entry.path().is_dir() {
            continue;
        }
        let name = entry.file_name().into_string().expect("UTF-8");
        for version in ["14", "15", "16", "17", "18"] {
            let called = sample(&["review", &name, "--pg", version]);
            assert!(
                (0..=1).contains(&called.status) && called.err.is_empty(),
                "{name} on {version}: {}",
                called.err
            );
        }
        for command in ["readme", "schema"] {
            let called = sample(&[command, &name]);
            assert_eq!((called.status, called.err.as_str()), (0, ""), "{name}: {command}");
            assert!(!called.out.is_empty());
        }
    }
}
