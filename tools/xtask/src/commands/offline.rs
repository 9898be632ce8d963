//! The service worker, which opens the page without a network: told which files the page is made of.

use crate::{Outcome, files, repository};
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

/// Its name in the page. `app/boot.js` registers it.
const NAME: &str = "service-worker.js";

/// Writes it beside the files of a finished page.
pub fn write(page: &Path) -> Outcome {
    let path = page.join(NAME);
    let others: Vec<PathBuf> = files::below(page)?.into_iter().filter(|file| *file != path).collect();
    let script = files::read(&repository::root().join("app").join(NAME))?;
    let text = format!("{}\n{script}", facts(page, &others)?);
    files::write(&path, &text)
}

/// The version and the addresses of these files, as JavaScript.
fn facts(page: &Path, files: &[PathBuf]) -> Outcome<String> {
    let mut contents = DefaultHasher::new();
    let mut addresses = Vec::new();
    for file in files {
        let address = file.strip_prefix(page).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let bytes = files::read_bytes(file)?;
        for bytes in [address.as_bytes(), &bytes] {
            contents.write_usize(bytes.len());
            contents.write(bytes);
        }
        // The page is asked for by its folder's name.
        addresses.push(if address == "index.html" { "\"./\"".to_owned() } else { format!("\"{address}\"") });
    }
    let version = contents.finish();
    Ok(format!("const VERSION = \"{version:016x}\";\nconst FILES = [{}];", addresses.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// A folder of its own for a test's files.
    fn folder(name: &str, content: &[(&str, &str)]) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("lockstep-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        for (path, text) in content {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn every_file_is_named_and_every_change_is_a_new_version() {
        let page = folder("offline", &[("index.html", "<p>"), ("a.css", "p {}"), ("sub/b.js", "1")]);
        let of = || facts(&page, &files::below(&page).unwrap()).unwrap();
        let first = of();
        assert!(first.ends_with("const FILES = [\"a.css\", \"./\", \"sub/b.js\"];"), "{first}");
        assert_eq!(of(), first);
        fs::write(page.join("sub/b.js"), "2").unwrap();
        assert_ne!(of(), first);
        fs::remove_dir_all(page).unwrap();
    }

    #[test]
    fn the_service_worker_names_all_but_itself_however_often_it_is_written() {
        let page = folder("worker", &[("index.html", "<p>")]);
        write(&page).unwrap();
        let first = files::read(&page.join(NAME)).unwrap();
        write(&page).unwrap();
        assert_eq!(files::read(&page.join(NAME)).unwrap(), first);
        assert!(first.contains("const FILES = [\"./\"];\n"), "{first}");
        fs::remove_dir_all(page).unwrap();
    }
}
