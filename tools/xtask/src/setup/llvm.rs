//! clang, its archiver and its library: PostgreSQL's parser is C.

use super::apt;
use crate::process::{answer, command};
use crate::{Outcome, repository};
use std::fs;
use std::path::Path;

/// LLVM's major versions that can compile the parser to WebAssembly, the one we would install first.
const VERSIONS: [u32; 4] = [22, 21, 20, 19];

/// libclang, with which bindgen reads the parser's header file.
pub fn for_bindings() -> Outcome {
    if has_libclang() { Ok(()) } else { install() }
}

/// clang and llvm-ar, as the scripts that call them for WebAssembly find them.
pub fn for_webassembly() -> Outcome {
    let works = |tool| answer(command(repository::wasm_c_tool(tool)).arg("--version")).is_some();
    if works("cc") && works("ar") { Ok(()) } else { install() }
}

/// Installs compiler, archiver and library together, so that their versions agree.
fn install() -> Outcome {
    if !apt::is_here() {
        return Err(format!(
            "PostgreSQL's parser needs clang, llvm-ar and libclang, version {} or newer: \
             install LLVM (macOS: `brew install llvm`; Fedora: `dnf install clang clang-devel llvm`) \
             and, if libclang is still not found, set LIBCLANG_PATH to the folder that holds it",
            VERSIONS[VERSIONS.len() - 1]
        ));
    }
    for version in VERSIONS {
        let packages =
            [format!("clang-{version}"), format!("llvm-{version}"), format!("libclang-{version}-dev")];
        if apt::offers(&packages)? {
            return apt::install(&packages, "PostgreSQL's parser is C, compiled natively and to WebAssembly");
        }
    }
    Err(format!(
        "apt offers none of clang {VERSIONS:?}: add a repository that has one, for instance Debian's backports"
    ))
}

/// Whether bindgen will find libclang: it looks where `LIBCLANG_PATH` or llvm-config say, and in LLVM's usual folders.
fn has_libclang() -> bool {
    if let Some(folder) = std::env::var_os("LIBCLANG_PATH") {
        return Path::new(&folder).exists();
    }
    if answer(command("llvm-config").arg("--libdir"))
        .is_some_and(|folder| holds_libclang(Path::new(folder.trim())))
    {
        return true;
    }
    let below_llvm = ["/usr/lib", "/opt/homebrew/opt", "/usr/local/opt"]
        .into_iter()
        .filter_map(|folder| fs::read_dir(folder).ok())
        .flat_map(|entries| entries.flatten())
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("llvm"))
        .map(|entry| entry.path().join("lib"));
    below_llvm
        .chain(["/usr/lib64".into(), "/Library/Developer/CommandLineTools/usr/lib".into()])
        .any(|folder| holds_libclang(&folder))
}

/// Debian's library without headers has only `libclang-22.so.22`, which will do as well.
fn holds_libclang(folder: &Path) -> bool {
    let is_library = |name: &str| {
        (name.starts_with("libclang.") || name.starts_with("libclang-"))
            && (name.contains(".so") || name.ends_with(".dylib"))
    };
    fs::read_dir(folder)
        .is_ok_and(|entries| entries.flatten().any(|entry| is_library(&entry.file_name().to_string_lossy())))
}
