//! What `--help` says.

/// What there is help about.
#[derive(Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Topic {
    Program,
    Review,
    Schema,
    Rollback,
    Fix,
    Readme,
    SignOff,
    Verify,
    Sizes,
    Rules,
    Explain,
}

impl Topic {
    const ALL: [Topic; 11] = [
        Topic::Program,
        Topic::Review,
        Topic::Schema,
        Topic::Rollback,
        Topic::Fix,
        Topic::Readme,
        Topic::SignOff,
        Topic::Verify,
        Topic::Sizes,
        Topic::Rules,
        Topic::Explain,
    ];

    /// The command that is called so. `help` is the program's.
    pub fn of(name: &str) -> Option<Topic> {
        Topic::ALL.into_iter().find(|topic| topic.name() == name)
    }

    /// What the command is called.
    pub fn name(self) -> &'static str {
        match self {
            Topic::Program => "help",
            Topic::Review => "review",
            Topic::Schema => "schema",
            Topic::Rollback => "rollback",
            Topic::Fix => "fix",
            Topic::Readme => "readme",
            Topic::SignOff => "signoff",
            Topic::Verify => "verify",
            Topic::Sizes => "sizes",
            Topic::Rules => "rules",
            Topic::Explain => "explain",
        }
    }

    /// The commands' names.
    pub fn commands() -> Vec<&'static str> {
        Topic::ALL[1..].iter().map(|topic| topic.name()).collect()
    }

    /// The text.
    pub fn text(self) -> String {
        match self {
            Topic::Program => PROGRAM.to_owned(),
            Topic::Review => format!("{REVIEW}\n{SHARED}\n{STATUS}"),
            Topic::Schema => format!("{SCHEMA}\n{SHARED}"),
            Topic::Rollback => format!("{ROLLBACK}\n{SHARED}"),
            Topic::Fix => format!("{FIX}\n{SHARED}\n{STATUS}"),
            Topic::Readme => format!("{README}\n{SHARED}"),
            Topic::SignOff => format!("{SIGN_OFF}\n{SHARED}"),
            Topic::Verify => format!("{VERIFY}\n{SHARED}"),
            Topic::Sizes => SIZES.to_owned(),
            Topic::Rules => RULES.to_owned(),
            Topic::Explain => EXPLAIN.to_owned(),
        }
    }
}

const PROGRAM: &str = "\
Lockstep reviews PostgreSQL migrations: what each statement locks, rewrites and breaks, and whether the
way back leads back.

Usage:
  lockstep review   PATH…    what was found, and the verdict
  lockstep schema   PATH…    the schema after the last migration, as DDL
  lockstep rollback PATH…    the down script of the last migration
  lockstep fix      PATH…    dangerous statements rewritten to safe ones, as a diff
  lockstep readme   PATH…    the migration README, as Markdown
  lockstep signoff  PATH…    SIGNOFF.md: who reviewed what, and which dangers are accepted
  lockstep verify   SIGNOFF.md PATH…   does it still hold
  lockstep sizes             the query for --stats
  lockstep rules             every rule
  lockstep explain  RULE     the documentation of one rule

PATH is a file, a folder or a zip archive, - is standard input. No server takes part.
Each command has options of its own: lockstep COMMAND --help
";

const REVIEW: &str = "\
Reviews migrations and says what was found.

Usage: lockstep review PATH… [options]

  --format FORMAT      human, json, markdown, sarif, github, junit or html (default: human)
  --fail-on SEVERITY   danger, warning, advice or never (default: danger, or what lockstep.toml says)
  --color WHEN         auto, always or never (default: auto)
";

const SCHEMA: &str = "\
Prints the schema after the last migration as DDL, simulated without a server.

Usage: lockstep schema PATH… [options]

  --at VERSION         after this migration instead of the last
";

const ROLLBACK: &str = "\
Writes the down script of the last migration: from the simulated schema, whether or not there is one already. It says
in comments what it does not bring back, and what becomes of it when it is simulated.

Usage: lockstep rollback PATH… [options]

  --version VERSION    of this migration instead of the last
  --all                one script that undoes all migrations
";

const FIX: &str = "\
Rewrites dangerous statements to safe ones, each proven by simulation, and prints the diff. Nothing is written
without --out.

Usage: lockstep fix PATH… [options]

  --out DIR            write the changed and new files into this folder
  --fail-on SEVERITY   what may not be left: danger, warning, advice or never (default: danger, or
                       what lockstep.toml says)
";

const README: &str = "\
Writes the migration README: what each script does, what it locks, how to run it, check it and undo it.

Usage: lockstep readme PATH… [options]

  --into FILE          writes this file instead of standard output
  --keep FILE          keeps what was written by hand into this older README (default: the file of --into)

Written by hand is what stands between the lines <!-- lockstep:keep --> and <!-- lockstep:end -->. It comes back at
the end of the section that it was in.
";

const SIGN_OFF: &str = "\
Writes a sign-off: who reviewed the migrations, which dangers are accepted and why, and the SHA-256 of each file.

Usage: lockstep signoff PATH… --by NAME --date YYYY-MM-DD [options]

  --by NAME            who has reviewed the migrations
  --date DATE          on which day
  --accept RULE@FILE:LINE=REASON
                       accepts a danger; without :LINE all of the rule in the file, without @FILE all of the rule
  --keep FILE          keeps what still holds of an earlier sign-off: what others reviewed and accepted

Exit status: 0 every danger is accepted, 1 some are not (the sign-off is written all the same), 2 wrong usage
";

const VERIFY: &str = "\
Compares a sign-off with the files and with what a review of them finds today, and says in what it no longer holds:
a file that changed, came or went; a migration that nobody reviewed; a danger that nobody accepted; a warning
that was not there. The review is made as the one that was signed, where no option says otherwise.

Usage: lockstep verify SIGNOFF.md PATH… [options]

Exit status: 0 it holds, 1 it does not, 2 wrong usage, or a file that cannot be read
";

const SIZES: &str = "\
Prints the query that asks a server for the sizes of its tables; what it answers is what --stats takes.

Usage: lockstep sizes | psql --csv DATABASE > sizes.csv
";

const RULES: &str = "\
Lists every rule.

Usage: lockstep rules [--format human|json|markdown]
";

const EXPLAIN: &str = "\
Prints the documentation of one rule.

Usage: lockstep explain RULE

RULE is the rule's id, or another tool's id for it, such as squawk:require-concurrent-index-creation.
";

const SHARED: &str = "\
About the history:
  --layout NAME        the migration tool whose files these are (default: auto)
  --since VERSION      only migrations after this one are under review; the others are applied before
  --baseline FILE      a schema that exists already: plain DDL, or what pg_dump --schema-only prints
  --unknown WHAT       what no file creates: auto, assume (that it exists) or refuse (default: auto)

What is reported:
  --config FILE        the configuration (default: the nearest lockstep.toml above PATH)
  --rules LIST         only these rules, by Lockstep's ids or other tools', with commas
  --ignore LIST        not these rules

About the server:
  --pg VERSION         major version, 14 to 18 (default: 18)
  --transaction MODE   per-migration, per-statement or auto: what the runner does (default: auto)
  --timezone NAME      the server's TimeZone (default: one that is not UTC)
  --stats FILE         table sizes: what the query of lockstep sizes answers, as CSV or as psql shows it
";

const STATUS: &str = "\
Exit status:
  0  nothing at or above --fail-on was found
  1  something was
  2  wrong usage, or a path that cannot be read
";
