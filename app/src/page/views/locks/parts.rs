//! What is said of a lock, of work, and of how well it is known, wherever it is said.

use lockstep_core::estimate;
use lockstep_core::report::json::{Confirmed, Work};

use crate::page::show::html::{Html, Piece, html};
use crate::page::views::icon::Icon;
use crate::texts;

/// A lock mode in the colour of what it stops: reads, writes or neither.
pub struct Mode<'a>(pub &'a str);

impl Mode<'_> {
    /// The class of a mode that stops reads or writes.
    pub fn stops(&self) -> &'static str {
        match self.0 {
            "ACCESS EXCLUSIVE" => " stops-reads",
            "SHARE" | "SHARE ROW EXCLUSIVE" | "EXCLUSIVE" => " stops-writes",
            _ => "",
        }
    }
}

impl Piece for Mode<'_> {
    fn write(&self, out: &mut Html) {
        html!(out, "<span class=\"mode" {self.stops()} "\">" {self.0} "</span>");
    }
}

/// How many kinds of everyday statements the review tells apart.
const EVERYDAY: usize = 5;

/// Who waits for a lock, in words.
pub fn who_waits(blocks: &[String]) -> String {
    match blocks.len() {
        0 => texts::NOBODY.to_owned(),
        all if all == EVERYDAY => texts::EVERYONE.to_owned(),
        _ => blocks.join("; "),
    }
}

/// What is done to data: its words, and on request how long it takes and how that was reckoned.
pub struct Working<'a>(pub &'a Work);

impl Working<'_> {
    /// What is done, without why.
    pub fn what(&self) -> String {
        let relation = &self.0.relation;
        match self.0.kind.as_str() {
            "rewrite" => format!("rewrites {relation}"),
            "scan" => format!("reads all of {relation}"),
            "build-index" => format!("builds an index on {relation}"),
            "validate-foreign-key" => format!("checks every row of {relation} against a foreign key"),
            other => format!("{other} {relation}"),
        }
    }

    /// How long it takes: `2 s to 8 s for every million rows`.
    pub fn time(&self) -> Option<String> {
        let estimate = self.0.estimate.as_ref()?;
        let range = estimate::range(estimate.from_ms, estimate.to_ms);
        Some(match estimate.per_million_rows {
            true => texts::per_million_rows(&range),
            false => texts::by_size(&range, estimate.assumed),
        })
    }
}

impl Piece for Working<'_> {
    fn write(&self, out: &mut Html) {
        html!(out, { self.what() });
        if !self.0.reason.is_empty() {
            html!(out, ": " {self.0.reason});
        }
        let (Some(time), Some(estimate)) = (self.time(), &self.0.estimate) else { return };
        html!(
            out,
            "<details class=\"why\"><summary>" {time} "</summary><p>" {capital(&estimate.sentence)} ". "
        );
        if let Some(waiting) = &estimate.waiting {
            html!(out, {waiting} ". ");
        }
        html!(out, {capital(&estimate.basis)} ".</p></details>");
    }
}

fn capital(sentence: &str) -> String {
    let mut sentence = sentence.to_owned();
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    sentence
}

/// Which servers confirm a statement's locks and work.
pub struct Claim<'a> {
    /// The servers; none where the oracle has no such statement.
    pub confirmed: Option<&'a Confirmed>,
    /// The version of this review.
    pub postgres: u32,
}

impl Piece for Claim<'_> {
    fn write(&self, out: &mut Html) {
        let Some(Confirmed { claim, versions, statements }) = self.confirmed else { return };
        let here = versions.contains(&self.postgres);
        let icon = if here { Icon::Check } else { Icon::Question };
        let listed: Vec<String> = versions.iter().map(u32::to_string).collect();
        html!(
            out,
            "<details class=\"why claim\"><summary>" {icon} {texts::confirmed_on(&listed)} "</summary><p><strong>"
            {claim} "</strong></p><p>" {texts::confirmed_by(*statements, &listed)}
        );
        if !here {
            html!(out, " " {texts::not_confirmed_on(self.postgres)});
        }
        html!(out, "</p></details>");
    }
}
