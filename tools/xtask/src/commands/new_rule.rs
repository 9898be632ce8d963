//! Makes the file of a new rule, and its entry in the list of rules.

use crate::{Outcome, files, repository};

/// The file, with ID to be replaced; all else is for its writer to fill in.
const TEMPLATE: &str = include_str!("new_rule.rs.template");

/// Makes the rule of that id.
pub fn run(id: &str) -> Outcome {
    check_id(id)?;
    let module = id.replace('-', "_");
    let folder = repository::root().join("core/src/rules");
    let (file, list) = (folder.join(format!("{module}.rs")), folder.join("mod.rs"));
    if file.exists() {
        return Err(format!("there is a rule {id} already"));
    }
    let listed = with_entry(&files::read(&list)?, &module)
        .ok_or_else(|| format!("{} has no list `rules! {{ … }}`", list.display()))?;
    files::write(&file, &TEMPLATE.replace("ID", id))?;
    files::write(&list, &listed)?;
    println!(
        "core/src/rules/{module}.rs is there and listed. Fill it in, name it in docs/hazards.md, and run\n\n  \
         cargo test -p lockstep-core rules::"
    );
    Ok(())
}

fn check_id(id: &str) -> Outcome {
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    match id.split('-').all(is_word) {
        true => Ok(()),
        false => Err(format!("{id} is not in kebab case, as index-not-concurrent is")),
    }
}

/// The list of rules with one more, in alphabetical order.
fn with_entry(source: &str, module: &str) -> Option<String> {
    let start = source.find("\nrules! {\n")? + "\nrules! {\n".len();
    let end = start + source[start..].find("\n}")? + 1;
    let entry = format!("    {module},\n");
    let mut entries: Vec<&str> = source[start..end].split_inclusive('\n').collect();
    let place = entries.partition_point(|own| *own < entry.as_str());
    entries.insert(place, &entry);
    Some(format!("{}{}{}", &source[..start], entries.concat(), &source[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_stays_in_order() {
        let source = "before\nrules! {\n    a,\n    c_d,\n}\nafter";
        for (module, expected) in [
            ("b", "before\nrules! {\n    a,\n    b,\n    c_d,\n}\nafter"),
            ("c", "before\nrules! {\n    a,\n    c,\n    c_d,\n}\nafter"),
            ("z", "before\nrules! {\n    a,\n    c_d,\n    z,\n}\nafter"),
        ] {
            assert_eq!(with_entry(source, module).as_deref(), Some(expected));
        }
        assert_eq!(with_entry("no list", "a"), None);
    }

    #[test]
    fn the_repository_has_the_list() {
        let list = files::read(&repository::root().join("core/src/rules/mod.rs")).expect("it can be read");
        assert!(with_entry(&list, "zzz").is_some_and(|listed| listed.contains("    zzz,\n}")));
    }

    #[test]
    fn ids_are_in_kebab_case() {
        for (id, expected) in [("index-not-concurrent", true), ("Index", false), ("a--b", false), ("", false)]
        {
            assert_eq!(check_id(id).is_ok(), expected, "{id}");
        }
    }
}
