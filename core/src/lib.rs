//! Lockstep's reviewer: PostgreSQL migrations in, a review out.
//!
//! The whole crate is one pure function, [`review()`]: the page and the command
//! line gather a [`Workspace`], call it and show the [`Review`]. There is no
//! browser, no terminal and no file system in here, and the same input always
//! gives the same output.
//!
//! Data moves through the modules from top to bottom, never back:
//!
//! | module | turns | into |
//! |---|---|---|
//! | [`text`] | bytes | files, spans, lines and columns |
//! | [`layout`] | files | a history: ordered migrations with their way back |
//! | [`sql`] | a script's text | statements |
//! | [`simulate`] | a statement on a [`schema`] | the schema after, locks, work, errors |
//! | [`timeline`] | a history | what happened, step by step and transaction by transaction |
//! | [`evidence`] | a step | the servers that confirm its locks and work |
//! | [`rules`] | a timeline | findings |
//! | [`rollback`] | an up and its down | a verdict on the way back |
//! | [`mod@review`] | all of the above | the review |
//! | [`rewrite`] | a finding | the migrations as they could safely be |
//! | [`report`] | a review | JSON, Markdown, the README … |
//! | [`signoff`] | a review and what people decided | the sign-off, and in what it no longer holds |
//!
//! [`configuration`] reads `lockstep.toml` into [`Settings`] before any of that.
//! All of them may use [`sorted`]: maps, sets and sorting that are small as WebAssembly; `json`, which reads and quotes JSON; and `parallel`, which uses all
//! processors where there are threads.

pub mod configuration;
pub mod estimate;
pub mod evidence;
pub mod json;
pub mod layout;
pub mod locks;
mod parallel;
pub mod report;
pub mod review;
pub mod rewrite;
pub mod rollback;
pub mod rules;
pub mod schema;
pub mod settings;
pub mod signoff;
pub mod simulate;
pub mod sorted;
pub mod sql;
pub mod text;
pub mod timeline;

pub use evidence::take_confirmed;
pub use review::{Review, review, review_again};
pub use schema::builtin::take_catalog;
pub use settings::Settings;
pub use text::Workspace;
