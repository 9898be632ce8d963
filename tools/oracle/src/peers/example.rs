//! An example in each form in which others write theirs.

use lockstep_core::settings::TransactionMode;

/// One example.
#[derive(Debug, PartialEq, Eq)]
pub struct Example {
    /// Whose it is.
    pub tool: &'static str,
    /// What they call the hazard.
    pub hazard: String,
    /// Do they call it good, or bad?
    pub good: bool,
    /// What `docs/peers.md` calls it: `squawk ban-char-field bad 1`.
    pub name: String,
    /// What their runner does, where they say it.
    pub transaction: Option<TransactionMode>,
    /// Its scripts, path and text, in order.
    pub scripts: Vec<(String, String)>,
}

impl Example {
    /// The next example of a hazard, counted among those that are as good as it.
    fn push(examples: &mut Vec<Example>, tool: &'static str, hazard: &str, good: bool, text: &str) {
        let number = 1 + examples.iter().filter(|other| other.hazard == hazard && other.good == good).count();
        let scripts = vec![("example.sql".to_owned(), text.to_owned())];
        let name = name(tool, hazard, good, number);
        examples.push(Example { tool, hazard: hazard.to_owned(), good, name, transaction: None, scripts });
    }
}

fn name(tool: &str, hazard: &str, good: bool, number: usize) -> String {
    format!("{tool} {hazard} {} {number}", if good { "good" } else { "bad" })
}

/// Scripts in one file, each below a line `-- 1.sql` and in a transaction where it can be in one.
pub fn of_numbered_scripts(tool: &'static str, hazard: &str, good: bool, text: &str) -> Example {
    let mut scripts: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("-- ").filter(|name| name.ends_with(".sql")), scripts.last_mut()) {
            (Some(name), _) => scripts.push((name.to_owned(), String::new())),
            (None, Some((_, script))) => *script += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    for (_, script) in &mut scripts {
        if script.contains("concurrently") {
            script.insert_str(0, "-- lockstep: no-transaction\n");
        }
    }
    let name = name(tool, hazard, good, 1);
    Example {
        tool,
        hazard: hazard.to_owned(),
        good,
        name,
        transaction: Some(TransactionMode::Single),
        scripts,
    }
}

/// Blocks below lines such as `---- bad add_index: why`.
pub fn of_cases(tool: &'static str, text: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    for block in format!("\n{text}").split("\n---- ").skip(1) {
        let (title, sql) = block.split_once('\n').unwrap_or((block, ""));
        let title = title.split_once(':').map_or(title, |(title, _)| title);
        if let Some((word, hazard)) = title.split_once(' ') {
            Example::push(&mut examples, tool, hazard, word == "good", sql);
        }
    }
    examples
}

/// The SQL of a Markdown document about a rule: bad below "problem" and "Instead of:", good below "solution" and "Use:",
/// or as comments in the SQL itself say.
pub fn of_document(tool: &'static str, text: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let is_of_rule = text.lines().any(|line| line == "## problem");
    let Some(hazard) = text.lines().find_map(|line| line.strip_prefix("id: ")).filter(|_| is_of_rule) else {
        return examples;
    };
    let (mut section, mut said, mut is_setup) = (None, None, false);
    let mut fence: Option<(bool, String)> = None;
    for line in text.lines() {
        match (&mut fence, line.trim().strip_prefix("```")) {
            (Some((is_sql, sql)), Some(_)) => {
                if !is_setup && (*is_sql || looks_like_sql(sql)) {
                    for (good, part) in parts(sql, said.or(section)) {
                        Example::push(&mut examples, tool, hazard, good, &part);
                    }
                }
                fence = None;
            }
            (None, Some(language)) => fence = Some((language == "sql", String::new())),
            (Some((_, sql)), None) => *sql += &format!("{line}\n"),
            (None, None) => {
                let prose = line.trim().to_ascii_lowercase();
                if let Some(heading) = prose.strip_prefix("## ") {
                    section = match heading {
                        "problem" => Some(false),
                        "solution" | "solutions" => Some(true),
                        _ => None,
                    };
                }
                if !prose.is_empty() {
                    said = judged(&prose);
                    is_setup = prose.starts_with("setup");
                }
            }
        }
    }
    examples
}

/// What a line says of the SQL below it.
fn judged(line: &str) -> Option<bool> {
    let begins = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
    if begins(&["instead of", "bad", "error,"]) {
        Some(false)
    } else if begins(&["use:", "good", "ok,"]) {
        Some(true)
    } else {
        None
    }
}

/// A block of SQL, cut where a comment begins another judgement. What stands before the first belongs to it.
fn parts(sql: &str, judgement: Option<bool>) -> Vec<(bool, String)> {
    let mut parts: Vec<(Option<bool>, String)> = vec![(None, String::new())];
    for line in sql.lines() {
        let comment = line.trim().strip_prefix("--").map(|comment| comment.trim().to_ascii_lowercase());
        let said = comment.and_then(|comment| judged(&comment));
        match parts.last_mut() {
            Some((judgement, text)) if said.is_none() || judgement.is_none() => {
                *judgement = said.or(*judgement);
                *text += &format!("{line}\n");
            }
            _ => parts.push((said, format!("{line}\n"))),
        }
    }
    parts.into_iter().filter_map(|(said, text)| Some((said.or(judgement)?, text))).collect()
}

fn looks_like_sql(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default();
    ["alter", "create", "drop", "select", "begin", "truncate"]
        .iter()
        .any(|verb| word.eq_ignore_ascii_case(verb))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of each example whether it is good, and its SQL on one line.
    fn judged_sql(examples: &[Example]) -> Vec<(bool, String)> {
        let sql = |example: &Example| {
            example.scripts.iter().flat_map(|(_, text)| text.lines()).collect::<Vec<_>>().join(" ")
        };
        examples.iter().map(|example| (example.good, sql(example))).collect()
    }

    #[test]
    fn a_document_judges_by_headings_words_and_comments() {
        let text = "---\nid: some-rule\n---\n## problem\n```\nALTER 1;\n```\n## solution\n```sql\n2;\n```\nInstead of:\n\n\
                    ```sql\n3;\n```\nUse:\n```sql\n4;\n```\n```sql\n-- instead of:\n5;\n-- use:\n6;\n```\n```python\n7\n```\n\
                    ## links\n```sql\n8;\n```\n";
        let examples = of_document("squawk", text);
        let expected = [
            (false, "ALTER 1;"),
            (true, "2;"),
            (false, "3;"),
            (true, "4;"),
            (false, "-- instead of: 5;"),
            (true, "-- use: 6;"),
        ];
        assert_eq!(judged_sql(&examples), expected.map(|(good, sql)| (good, sql.to_owned())));
        assert_eq!(examples[4].name, "squawk some-rule bad 3");
        assert_eq!(of_document("squawk", "---\nid: usage\n---\n```sql\n1;\n```\n"), []);
    }

    #[test]
    fn scripts_are_cut_at_their_names() {
        let example =
            of_numbered_scripts("eugene", "E1", false, "-- 1.sql\nSELECT 1;\n-- why\n-- 2.sql\nSELECT 2;\n");
        let scripts = [("1.sql", "SELECT 1;\n-- why\n"), ("2.sql", "SELECT 2;\n")];
        assert_eq!(example.scripts, scripts.map(|(path, text)| (path.to_owned(), text.to_owned())));
    }

    #[test]
    fn cases_have_titles() {
        let examples = of_cases("t", "-- about\n---- bad a: why\n1;\n---- good a\n2;\n");
        let names: Vec<_> = examples.iter().map(|example| example.name.as_str()).collect();
        assert_eq!(names, ["t a bad 1", "t a good 1"]);
    }
}
