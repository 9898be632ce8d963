//! What the command line asks for.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};
use lockstep_core::configuration::SERVERS;
use lockstep_core::layout::LAYOUTS;
use lockstep_core::report::json::Severity;
use lockstep_core::report::rule;
use lockstep_core::rules;
use lockstep_core::settings::{FailOn, TransactionMode, Unknown};

use crate::Refusal;
use crate::usage::Topic;

/// One call of the program.
pub enum Invocation {
    /// `lockstep review`.
    Review {
        /// What to review and how.
        input: Input,
        /// How to print it.
        format: Format,
        /// Exit status 1 for a finding of this severity or above; none is what the configuration says.
        fail_on: Option<FailOn>,
        /// Colour in the human format.
        color: Color,
    },
    /// `lockstep schema`.
    Schema {
        /// The history.
        input: Input,
        /// The version after which; none is the last.
        at: Option<String>,
    },
    /// `lockstep rollback`.
    Rollback {
        /// The history.
        input: Input,
        /// What to undo.
        undo: Undo,
    },
    /// `lockstep fix`.
    Fix {
        /// The history.
        input: Input,
        /// Where the files go; none prints only the diff.
        out: Option<PathBuf>,
        /// Exit status 1 when a finding of this severity or above is left; none is what the configuration says.
        fail_on: Option<FailOn>,
    },
    /// `lockstep readme`.
    Readme {
        /// The history.
        input: Input,
        /// An older README, of which what was written by hand is kept.
        keep: Option<PathBuf>,
        /// The file to write; none is standard output.
        into: Option<PathBuf>,
    },
    /// `lockstep signoff`.
    SignOff {
        /// What is signed.
        input: Input,
        /// Whose name stands for it.
        by: String,
        /// The day.
        date: String,
        /// The dangers that are accepted.
        accept: Vec<Acceptance>,
        /// An earlier sign-off, of which what still holds is kept.
        keep: Option<PathBuf>,
    },
    /// `lockstep verify`.
    Verify {
        /// The sign-off's file.
        sign_off: PathBuf,
        /// What it has to hold for.
        input: Input,
    },
    /// `lockstep sizes`.
    Sizes,
    /// `lockstep rules`, and what writes them.
    Rules(fn() -> String),
    /// `lockstep explain RULE`.
    Explain(String),
    /// `--help`, of the program or of a command.
    Help(Topic),
    /// `--version`.
    Version,
}

/// What the commands that read a history share.
#[derive(Default)]
pub struct Input {
    /// Files, folders, `-`.
    pub paths: Vec<PathBuf>,
    /// `--pg`.
    pub postgres: Option<u32>,
    /// `--layout`; none recognises it.
    pub layout: Option<String>,
    /// `--transaction`; none is what the layout's tool does.
    pub transaction: Option<TransactionMode>,
    /// `--baseline`.
    pub baseline: Option<PathBuf>,
    /// `--since`.
    pub since: Option<String>,
    /// `--stats`.
    pub stats: Option<PathBuf>,
    /// `--timezone`.
    pub timezone: Option<String>,
    /// `--unknown`.
    pub unknown: Option<Unknown>,
    /// `--config`; none is the nearest `lockstep.toml`.
    pub config: Option<PathBuf>,
    /// `--rules`: only these, by id.
    pub rules: Option<Vec<&'static str>>,
    /// `--ignore`: not these, by id.
    pub ignore: Vec<&'static str>,
}

/// `--accept RULE@FILE:LINE=REASON`; the line, or the file with it, may be left out.
pub struct Acceptance {
    /// All before the `=`, as it was given.
    pub what: String,
    /// The rule's id.
    pub rule: String,
    /// The file, or the last parts of its path.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: Option<u32>,
    /// Why.
    pub reason: String,
}

/// What `lockstep rollback` undoes.
pub enum Undo {
    /// The last migration.
    Last,
    /// That one.
    Version(String),
    /// All of them.
    All,
}

/// The formats of a review.
#[derive(Clone, Copy)]
pub enum Format {
    /// For a terminal.
    Human,
    /// The whole review, for programs.
    Json,
    /// A pull request's comment.
    Markdown,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// GitHub Actions' annotations.
    Github,
    /// JUnit's XML, for CI servers.
    Junit,
    /// A page that needs nothing else.
    Html,
}

/// Whether the human format is coloured.
#[derive(Clone, Copy)]
pub enum Color {
    /// When standard output is a terminal that wants it.
    Auto,
    /// `--color always`.
    Always,
    /// `--color never`.
    Never,
}

/// Reads the command line, without the program's own name.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Invocation, Refusal> {
    let mut parser = Parser::from_args(arguments);
    let command = match parser.next()? {
        None => return Err(Refusal("no command given; lockstep --help lists them".to_owned())),
        Some(Arg::Short('h') | Arg::Long("help")) => return Ok(Invocation::Help(Topic::Program)),
        Some(Arg::Short('V') | Arg::Long("version")) => return Ok(Invocation::Version),
        Some(Arg::Value(value)) => text(value)?,
        Some(other) => return Err(other.unexpected().into()),
    };
    let topic = Topic::of(&command).ok_or_else(|| {
        Refusal(format!("there is no command {command}; the commands are {}", Topic::commands().join(", ")))
    })?;
    match topic {
        Topic::Program => help(parser),
        Topic::Review => review(parser),
        Topic::Schema => schema(parser),
        Topic::Rollback => rollback(parser),
        Topic::Fix => fix(parser),
        Topic::Readme => readme(parser),
        Topic::SignOff => sign_off(parser),
        Topic::Verify => verify(parser),
        Topic::Sizes => sizes(parser),
        Topic::Rules => list(parser),
        Topic::Explain => explain(parser),
    }
}

/// An argument that no longer borrows from the parser.
enum Own {
    Short(char),
    Long(String),
    Value(OsString),
}

fn own(arg: Arg<'_>) -> Result<Own, Refusal> {
    Ok(match arg {
        Arg::Short(letter) => Own::Short(letter),
        Arg::Long(name) => Own::Long(name.to_owned()),
        Arg::Value(value) => Own::Value(value),
    })
}

fn help(mut parser: Parser) -> Result<Invocation, Refusal> {
    match parser.next()? {
        None => Ok(Invocation::Help(Topic::Program)),
        Some(Arg::Value(value)) => {
            let command = text(value)?;
            let topic = Topic::of(&command);
            topic.map(Invocation::Help).ok_or_else(|| Refusal(format!("there is no command {command}")))
        }
        Some(other) => Err(other.unexpected().into()),
    }
}

fn review(mut parser: Parser) -> Result<Invocation, Refusal> {
    let mut input = Input::default();
    let (mut format, mut color) = (Format::Human, Color::Auto);
    let mut fail_on = None;
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Invocation::Help(Topic::Review)),
            Arg::Long("format") => {
                format = choice(
                    "format",
                    &mut parser,
                    &[
                        ("human", Format::Human),
                        ("json", Format::Json),
                        ("markdown", Format::Markdown),
                        ("sarif", Format::Sarif),
                        ("github", Format::Github),
                        ("junit", Format::Junit),
                        ("html", Format::Html),
                    ],
                )?;
            }
            Arg::Long("fail-on") => {
                fail_on = Some(severity(&mut parser)?);
            }
            Arg::Long("color") => {
                color = choice(
                    "color",
                    &mut parser,
                    &[("auto", Color::Auto), ("always", Color::Always), ("never", Color::Never)],
                )?;
            }
            arg => input.take(own(arg)?, &mut parser, Topic::Review)?,
        }
    }
    Ok(Invocation::Review { input: input.complete(Topic::Review)?, format, fail_on, color })
}

fn schema(mut parser: Parser) -> Result<Invocation, Refusal> {
    let (mut input, mut at) = (Input::default(), None);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Invocation::Help(Topic::Schema)),
            Arg::Long("at") => at = Some(value("at", &mut parser)?),
            arg => input.take(own(arg)?, &mut parser, Topic::Schema)?,
        }
    }
    Ok(Invocation::Schema { input: input.complete(Topic::Schema)?, at })
}

fn rollback(mut parser: Parser) -> Result<Invocation, Refusal> {
    let (mut input, mut undo) = (Input::default(), Undo::Last);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Invocation::Help(Topic::Rollback)),
            Arg::Long("version") => undo = Undo::Version(value("version", &mut parser)?),
            Arg::Long("all") => undo = Undo::All,
            arg => input.take(own(arg)?, &mut parser, Topic::Rollback)?,
        }
    }
    Ok(Invocation::Rollback { input: input.complete(Topic::Rollback)?, undo })
}

fn readme(mut parser: Parser) -> Result<Invocation, Refusal> {
    let (mut input, mut keep, mut into) = (Input::default(), None, None);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Invocation::Help(Topic::Readme)),
            Arg::Long("keep") => keep = Some(parser.value()?.into()),
            Arg::Long("into") => into = Some(parser.value()?.into()),
            arg => input.take(own(arg)?, &mut parser, Topic::Readme)?,
        }
    }
    Ok(Invocation::Readme { input: input.complete(Topic::Readme)?, keep, into })
}

fn sign_off(mut parser: Parser) -> Result<Invocation, Refusal> {
    let mut input = Input::default();
    let (mut by, mut day, mut keep, mut accept) = (None, None, None, Vec::new());
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Invocation::Help(Topic::SignOff)),
            Arg::Long("by") => by = Some(value("by", &mut parser)?).filter(|name| !name.trim().is_empty()),
            Arg::Long("date") => day = Some(date(value("date", &mut parser)?)?),
            Arg::Long("accept") => accept.push(acceptance(&value("accept", &mut parser)?)?),
            Arg::Long("keep") => keep = Some(parser.value()?.into()),
            arg => input.take(own(arg)?, &mut parser, Topic::SignOff)?,
        }
    }
    let needs = |option: &str| Refusal(format!("signoff needs {option}; see lockstep signoff --help"));
    Ok(Invocation::SignOff {
        input: input.complete(Topic::SignOff)?,
        by: by.ok_or_else(|| needs("--by NAME"))?,
        date: day.ok_or_else(|| needs("--date YYYY-MM-DD"))?,
        accept,
        keep,
    })
}

/// A day such as `2025-03-14`.
fn date(given: String) -> Result<String, Refusal> {
    let numbers = |range: std::ops::Range<usize>| given.get(range)?.parse::<u8>().ok();
    let is_shaped = given.len() == 10
        && given
            .bytes()
            .enumerate()
            .all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    let is_day = is_shaped
        && numbers(5..7).is_some_and(|month| (1..=12).contains(&month))
        && numbers(8..10).is_some_and(|day| (1..=31).contains(&day));
    if is_day { Ok(given) } else { Err(Refusal(format!("--date {given}: a date is written YYYY-MM-DD"))) }
}

fn acceptance(given: &str) -> Result<Acceptance, Refusal> {
    let wrong = || Refusal(format!("--accept {given}: it is written RULE@FILE:LINE=REASON"));
    let (what, reason) = given.split_once('=').ok_or_else(wrong)?;
    if reason.trim().is_empty() {
        return Err(Refusal(format!("--accept {given}: the reason is missing")));
    }
    let (rule, place) = what.split_once('@').map_or((what, None), |(rule, place)| (rule, Some(place)));
    let numbered = place.and_then(|place| {
        let (file, line) = place.rsplit_once(':')?;
        Some((file, line.parse().ok()?))
    });
    let (file, line) = numbered.map_or((place, None), |(file, line)| (Some(file), Some(line)));
    if rule.is_empty() || file.is_some_and(str::is_empty) {
        return Err(wrong());
    }
    Ok(Acceptance {
        what: what.to_owned(),
        rule: rule.to_owned(),
        file: file.map(str::to_owned),
        line,
        reason: reason.trim().to_owned(),
    })
}

fn verify(mut parser: Parser) -> Result<Invocation, Refusal> {
    let mut input = Input::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Invocation::Help(Topic::Verify)),
            arg => input.take(own(arg)?, &mut parser, Topic::Verify)?,
        }
    }
    if input.paths.len() < 2 {
        return Err(Refusal(
            "verify needs a sign-off, and then what it is of; see lockstep verify --help".to_owned(),
        ));
    }
    let sign_off = input.paths.remove(0);
    Ok(Invocation::Verify { sign_off, input })
}

fn fix(mut parser: Parser) -> Result<Invocation, Refusal> {
    let (mut input, mut out, mut fail_on) = (Input::default(), None, None);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Invocation::Help(Topic::Fix)),
            Arg::Long("out") => out = Some(parser.value()?.into()),
            Arg::Long("fail-on") => fail_on = Some(severity(&mut parser)?),
            arg => input.take(own(arg)?, &mut parser, Topic::Fix)?,
        }
    }
    Ok(Invocation::Fix { input: input.complete(Topic::Fix)?, out, fail_on })
}

/// `--fail-on`; none is never.
fn severity(parser: &mut Parser) -> Result<FailOn, Refusal> {
    choice(
        "fail-on",
        parser,
        &[
            ("danger", Some(Severity::Danger)),
            ("warning", Some(Severity::Warning)),
            ("advice", Some(Severity::Advice)),
            ("never", None),
        ],
    )
}

fn list(mut parser: Parser) -> Result<Invocation, Refusal> {
    type Written = fn() -> String;
    let mut format: Written = rule::table;
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Invocation::Help(Topic::Rules)),
            Arg::Long("format") => {
                let formats: [(&str, Written); 3] =
                    [("human", rule::table), ("json", rule::json), ("markdown", rule::markdown)];
                format = choice("format", &mut parser, &formats)?;
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Invocation::Rules(format))
}

fn sizes(mut parser: Parser) -> Result<Invocation, Refusal> {
    match parser.next()? {
        None => Ok(Invocation::Sizes),
        Some(Arg::Short('h') | Arg::Long("help")) => Ok(Invocation::Help(Topic::Sizes)),
        Some(other) => Err(other.unexpected().into()),
    }
}

fn explain(mut parser: Parser) -> Result<Invocation, Refusal> {
    let mut rule = None;
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Invocation::Help(Topic::Explain)),
            Arg::Value(value) if rule.is_none() => rule = Some(text(value)?),
            other => return Err(other.unexpected().into()),
        }
    }
    let rule = rule.ok_or_else(|| Refusal("explain needs a rule; lockstep rules lists them".to_owned()))?;
    Ok(Invocation::Explain(rule))
}

impl Input {
    /// Takes an option or a path that every command with a history has.
    fn take(&mut self, arg: Own, parser: &mut Parser, topic: Topic) -> Result<(), Refusal> {
        let name = match arg {
            Own::Value(path) => {
                self.paths.push(path.into());
                return Ok(());
            }
            Own::Short(letter) => return Err(unknown_option(&format!("-{letter}"), topic)),
            Own::Long(name) => name,
        };
        match name.as_str() {
            "pg" => self.postgres = Some(server(&value("pg", parser)?)?),
            "layout" => self.layout = layout(value("layout", parser)?)?,
            "transaction" => {
                self.transaction = choice(
                    "transaction",
                    parser,
                    &[
                        ("per-migration", Some(TransactionMode::Single)),
                        ("per-statement", Some(TransactionMode::None)),
                        ("auto", None),
                    ],
                )?;
            }
            "baseline" => self.baseline = Some(parser.value()?.into()),
            "since" => self.since = Some(value("since", parser)?),
            "stats" => self.stats = Some(parser.value()?.into()),
            "timezone" => self.timezone = Some(value("timezone", parser)?),
            "unknown" => {
                self.unknown = choice(
                    "unknown",
                    parser,
                    &[
                        ("auto", Some(Unknown::Auto)),
                        ("assume", Some(Unknown::Assume)),
                        ("refuse", Some(Unknown::Refuse)),
                    ],
                )?;
            }
            "config" => self.config = Some(parser.value()?.into()),
            "rules" => self.rules.get_or_insert_default().extend(rule_list("rules", parser)?),
            "ignore" => self.ignore.extend(rule_list("ignore", parser)?),
            other => return Err(unknown_option(&format!("--{other}"), topic)),
        }
        Ok(())
    }

    fn complete(self, topic: Topic) -> Result<Input, Refusal> {
        if self.paths.is_empty() {
            return Err(Refusal(format!(
                "{0} needs a file or a folder, or - for standard input; see lockstep {0} --help",
                topic.name()
            )));
        }
        Ok(self)
    }
}

fn unknown_option(option: &str, topic: Topic) -> Refusal {
    Refusal(format!("there is no option {option}; see lockstep {} --help", topic.name()))
}

fn server(given: &str) -> Result<u32, Refusal> {
    given.parse().ok().filter(|version| SERVERS.contains(version)).ok_or_else(|| {
        Refusal(format!("--pg {given}: the versions are {} to {}", SERVERS.start(), SERVERS.end()))
    })
}

fn layout(given: String) -> Result<Option<String>, Refusal> {
    if given == "auto" {
        return Ok(None);
    }
    if LAYOUTS.iter().any(|layout| layout.name.eq_ignore_ascii_case(&given)) {
        return Ok(Some(given));
    }
    let known: Vec<_> = LAYOUTS.iter().map(|layout| layout.name).collect();
    Err(Refusal(format!("--layout {given}: the layouts are auto, {}", known.join(", "))))
}

/// The ids of the rules in a list with commas, which may name them as other tools do.
fn rule_list(option: &str, parser: &mut Parser) -> Result<Vec<&'static str>, Refusal> {
    let list = value(option, parser)?;
    let mut ids = Vec::new();
    for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let named = rules::named(name);
        if named.is_empty() {
            return Err(Refusal(format!(
                "--{option} {name}: there is no such rule; lockstep rules lists them"
            )));
        }
        ids.extend(named.iter().map(|rule| rule.id));
    }
    Ok(ids)
}

/// One of the values that an option knows.
fn choice<T: Copy>(option: &str, parser: &mut Parser, choices: &[(&str, T)]) -> Result<T, Refusal> {
    let given = value(option, parser)?;
    choices.iter().find(|(name, _)| *name == given).map(|(_, meaning)| *meaning).ok_or_else(|| {
        let names: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
        Refusal(format!("--{option} {given}: it is one of {}", names.join(", ")))
    })
}

fn value(option: &str, parser: &mut Parser) -> Result<String, Refusal> {
    let value = parser.value().map_err(|_| Refusal(format!("--{option} needs a value")))?;
    text(value)
}

fn text(value: OsString) -> Result<String, Refusal> {
    Ok(value.string()?)
}

impl From<lexopt::Error> for Refusal {
    fn from(error: lexopt::Error) -> Self {
        Refusal(error.to_string())
    }
}
