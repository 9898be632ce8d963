//! A review as one text: kept by the browser, within a link, in a file of the reader's. Files and settings, of which the
//! review follows.

use lockstep_core::json::{Json, quoted};

use super::input::{Input, InputFile};
use crate::packed;
use crate::protocol::{POSTGRES_VERSIONS, Settings, Transaction};

/// What the names of such files end in.
pub const FILE_ENDING: &str = ".lockstep.json";

/// What a link's hash begins with.
const LINK: &str = "v1.";

/// The most letters of a link that everything passes on whole: browsers, chats, code hosts.
pub const MAX_LINK: usize = 32_000;

/// The version of the text. What is added later must do no harm where it is not understood, or needs a new version.
const VERSION: u32 = 1;

/// A review that was saved.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// What the reader calls it; may be empty.
    pub name: String,
    /// How it is made.
    pub settings: Settings,
    /// Its files.
    pub files: Vec<InputFile>,
    /// What was decided about it.
    pub sign_off: Option<String>,
}

/// Why a text is no review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// A later version wrote it.
    Newer,
    /// Something is missing or wrong.
    Broken,
}

/// What a link's hash holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link<'a> {
    /// A review, folded.
    Review(&'a str),
    /// Something that a later version understands.
    Newer,
}

/// Writes a review.
pub fn write(name: &str, input: &Input, settings: &Settings, sign_off: Option<&str>) -> String {
    let mut text = format!("{{\"lockstep\":{VERSION},");
    if !name.is_empty() {
        text += &format!("\"name\":{},", quoted(name));
    }
    let transaction = settings.transaction.map(transaction_name);
    let texts = [
        ("layout", settings.layout.as_deref()),
        ("transaction", transaction),
        ("since", settings.since.as_deref()),
        ("stats", settings.stats.as_deref()),
    ];
    let set =
        settings.postgres.map(|version| format!("\"postgres\":{version}")).into_iter().chain(
            texts.into_iter().filter_map(|(name, value)| Some(format!("\"{name}\":{}", quoted(value?)))),
        );
    text += &format!("\"settings\":{{{}", set.collect::<Vec<_>>().join(","));
    let files = input.files().iter().map(|file| (&*file.path, file.bytes()));
    text += "}";
    if let Some(sign_off) = sign_off {
        text += &format!(",\"signoff\":{}", quoted(sign_off));
    }
    text += &format!(",\"files\":{}}}\n", packed::pack(files));
    text
}

/// Reads a review.
pub fn read(text: &str) -> Result<Saved, Unreadable> {
    let json = Json::parse(text).map_err(|_| Unreadable::Broken)?;
    match json["lockstep"].number() {
        Some(VERSION) => {}
        Some(version) if version > VERSION => return Err(Unreadable::Newer),
        _ => return Err(Unreadable::Broken),
    }
    let files = packed::unpack(&json["files"]).filter(|files| !files.is_empty()).ok_or(Unreadable::Broken)?;
    let settings = &json["settings"];
    let some = |json: &Json| Some(json.text().to_owned()).filter(|text| !text.is_empty());
    let text_of = |name: &str| some(&settings[name]);
    let postgres = settings["postgres"].number().filter(|version| POSTGRES_VERSIONS.contains(version));
    Ok(Saved {
        name: json["name"].text().to_owned(),
        settings: Settings {
            postgres,
            layout: text_of("layout"),
            transaction: transaction(settings["transaction"].text()),
            since: text_of("since"),
            stats: text_of("stats"),
        },
        files: files.into_iter().map(|(path, bytes)| InputFile::new(path, bytes)).collect(),
        sign_off: some(&json["signoff"]),
    })
}

/// What the settings call it, on the page as well.
pub fn transaction_name(transaction: Transaction) -> &'static str {
    match transaction {
        Transaction::PerMigration => "migration",
        Transaction::PerStatement => "statement",
    }
}

/// What is called so; none is what the tool does.
pub fn transaction(name: &str) -> Option<Transaction> {
    let all = [Transaction::PerMigration, Transaction::PerStatement];
    all.into_iter().find(|transaction| transaction_name(*transaction) == name)
}

/// What stands behind the `#` of a link to a review of these letters.
pub fn link(folded: &str) -> String {
    format!("{LINK}{folded}")
}

/// What the hash of an address links to; none where it is no link to a review.
pub fn linked(hash: &str) -> Option<Link<'_>> {
    let hash = hash.strip_prefix('#').unwrap_or(hash);
    if let Some(folded) = hash.strip_prefix(LINK) {
        return Some(Link::Review(folded));
    }
    let (version, _) = hash.strip_prefix('v')?.split_once('.')?;
    version.parse::<u32>().is_ok().then_some(Link::Newer)
}

/// The name of a file for a review of that name.
pub fn file_name(name: &str) -> String {
    let plain = |letter: char| if letter.is_alphanumeric() || letter == '.' { letter } else { '-' };
    let name: String = name.trim_end_matches(".sql").chars().map(plain).take(60).collect();
    let words: Vec<&str> = name.split('-').filter(|word| !word.is_empty()).collect();
    format!("{}{FILE_ENDING}", if words.is_empty() { "review".to_owned() } else { words.join("-") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(files: &[(&str, &[u8])]) -> Input {
        Input::restored(
            files.iter().map(|(path, bytes)| InputFile::new((*path).into(), bytes.to_vec())).collect(),
        )
    }

    #[test]
    fn a_review_comes_back_with_its_files_and_settings() {
        let input = input(&[("1.sql", b"SELECT '<a>';\n"), ("2.sql", b"\xff")]);
        for settings in [
            Settings::default(),
            Settings {
                postgres: Some(14),
                layout: Some("flyway".into()),
                transaction: Some(Transaction::PerStatement),
                since: Some("1 \"x\"".into()),
                stats: Some("relation,rows\na,1\n".into()),
            },
        ] {
            let sign_off = settings.layout.as_ref().map(|_| "# Sign-off\n\"…\"".to_owned());
            let text = write("My \"review\"", &input, &settings, sign_off.as_deref());
            let files = input.files().to_vec();
            let saved = Saved { name: "My \"review\"".into(), settings, files, sign_off };
            assert_eq!(read(&text), Ok(saved), "{text}");
        }
    }

    /// These must be read for ever, as they are in links that people have sent each other.
    #[test]
    fn what_was_written_once_is_read_for_ever() {
        let first = r#"{"lockstep":1,"settings":{"postgres":16,"transaction":"migration"},"files":[["a.sql","SELECT\u00201"]]}"#;
        let saved = read(first).unwrap();
        assert_eq!(
            (saved.settings.postgres, saved.settings.transaction),
            (Some(16), Some(Transaction::PerMigration))
        );
        assert_eq!(saved.files, [InputFile::new("a.sql".into(), b"SELECT 1".to_vec())]);
        let unknown =
            r#"{"lockstep":1,"more":[],"settings":{"postgres":99,"new":{}},"files":[["a.sql",""]]}"#;
        assert_eq!(read(unknown).unwrap().settings, Settings::default());
    }

    #[test]
    fn what_is_no_review_is_refused() {
        for (text, expected) in [
            ("", Unreadable::Broken),
            ("[]", Unreadable::Broken),
            (r#"{"files":[["a","b"]]}"#, Unreadable::Broken),
            (r#"{"lockstep":1,"files":[]}"#, Unreadable::Broken),
            (r#"{"lockstep":1,"files":[["a"]]}"#, Unreadable::Broken),
            (r#"{"lockstep":2,"anything":true}"#, Unreadable::Newer),
        ] {
            assert_eq!(read(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn only_what_looks_like_a_link_is_one() {
        for (hash, expected) in [
            ("", None),
            ("#review", None),
            ("#v1.abc", Some(Link::Review("abc"))),
            ("#v2.abc", Some(Link::Newer)),
            ("#version.x", None),
        ] {
            assert_eq!(linked(hash), expected, "{hash}");
        }
        assert_eq!(linked(&link("x")), Some(Link::Review("x")));
    }

    #[test]
    fn a_file_is_called_what_the_review_is_called() {
        for (name, file) in [
            ("Orders, phase 2", "Orders-phase-2.lockstep.json"),
            ("001_a.sql", "001-a.lockstep.json"),
            ("…/", "review.lockstep.json"),
        ] {
            assert_eq!(file_name(name), file);
        }
    }
}
