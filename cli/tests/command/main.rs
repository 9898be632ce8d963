//! The program as others call it: on folders, files and standard input, with every option and format.

mod fixing;
mod formats;
mod hostile;
mod options;
mod readme;
mod samples;
mod signing;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a call gave.
struct Called {
    /// The exit status.
    status: i32,
    /// Standard output.
    out: String,
    /// Standard error.
    err: String,
}

impl Called {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }

    /// The ids of the rules that found something, in the order of the document.
    fn rules(&self) -> Vec<String> {
        let document = self.json();
        let of = |value: &Value| -> Vec<String> {
            let findings = value["findings"].as_array().expect("findings");
            findings.iter().map(|finding| finding["rule"].as_str().unwrap_or_default().to_owned()).collect()
        };
        let migrations = document["migrations"].as_array().expect("migrations");
        migrations.iter().flat_map(of).chain(of(&document)).collect()
    }
}

/// Calls the program in a folder.
fn call_in(folder: &Path, arguments: &[&str], input: &[u8]) -> Called {
    let mut child = Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input");
    let input = input.to_vec();
    // A program that does not read its input closes it: that is no error.
    let writer = std::thread::spawn(move || stdin.write_all(&input).is_ok());
    let output = child.wait_with_output().expect("the program ends");
    let _read_to_the_end = writer.join();
    Called {
        status: output.status.code().expect("the program exits by itself"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// Calls the program with something on standard input.
fn call(arguments: &[&str], input: &[u8]) -> Called {
    call_in(Path::new(env!("CARGO_TARGET_TMPDIR")), arguments, input)
}

/// A fresh folder with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the old folder goes");
    }
    fs::create_dir_all(&folder).expect("a folder");
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}
