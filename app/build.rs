//! Writes the list of sample histories: every folder of `migrations/` that holds files.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
    println!("cargo::rerun-if-changed={}", root.display());
    println!("cargo::rerun-if-changed=build.rs");

    let mut code = String::from("/// All sample histories, in the order of their folders' names.\n");
    code.push_str("pub static EXAMPLES: &[Example] = &[\n");
    for folder in entries(&root).into_iter().filter(|path| path.is_dir()) {
        let mut files = Vec::new();
        collect(&folder, &mut files);
        if files.is_empty() {
            continue;
        }
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        writeln!(code, "    Example {{ folder: {name:?}, files: &[").unwrap();
        for file in files {
            let path = file.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
            let source = file.canonicalize().unwrap();
            writeln!(code, "        ({path:?}, include_str!({source:?})),").unwrap();
        }
        code.push_str("    ] },\n");
    }
    code.push_str("];\n");

    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("examples.rs");
    fs::write(out, code).unwrap();
}

/// A folder's entries by name; none when there is no such folder.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in entries(folder) {
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
