//! The README as a file of the repository.

use std::fs;

use crate::{call_in, folder};

#[test]
fn a_readme_is_written_anew_and_keeps_what_people_wrote() {
    let folder = folder("readme", &[("db/001_a.sql", "CREATE TABLE a (id bigint PRIMARY KEY);")]);
    let write = || {
        let called = call_in(&folder, &["readme", "db", "--into", "db/README.md"], b"");
        assert_eq!((called.status, called.out.as_str(), called.err.as_str()), (0, "", ""));
        fs::read_to_string(folder.join("db/README.md")).expect("a file")
    };
    let first = write();
    assert_eq!(write(), first, "the README is no part of what it is about");
    let by_hand = "<!-- lockstep:keep -->\nAsk the data team first.\n<!-- lockstep:end -->\n\n## Naming\n";
    fs::write(folder.join("db/README.md"), first.replace("## Naming\n", by_hand)).expect("a file");
    fs::write(folder.join("db/002_b.sql"), "CREATE TABLE b (id bigint PRIMARY KEY);").expect("a file");
    let second = write();
    assert!(second.contains("002_b.sql") && second.contains(by_hand), "{second}");
    let printed = call_in(&folder, &["readme", "db", "--keep", "db/README.md"], b"");
    assert_eq!((printed.status, printed.out), (0, second.clone()));

    fs::write(folder.join("db/README.md"), second.replace("<!-- lockstep:end -->\n", "")).expect("a file");
    let refused = call_in(&folder, &["readme", "db", "--into", "db/README.md"], b"");
    assert_eq!(refused.status, 2);
    assert!(
        refused.err.starts_with("lockstep: db/README.md: the part to keep that begins in line "),
        "{}",
        refused.err
    );
}
