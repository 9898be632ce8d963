//! Risk and severity: a word, a picture and a colour for each.

use lockstep_core::report::json::{Level, Severity};

use super::icon::Icon;
use crate::page::show::html::{Html, Piece, html};
use crate::texts;

/// All levels, mildest first.
pub const LEVELS: [Level; 5] = [Level::None, Level::Low, Level::Medium, Level::High, Level::Critical];

/// All severities, gravest first.
pub const SEVERITIES: [Severity; 3] = [Severity::Danger, Severity::Warning, Severity::Advice];

/// The level in words.
pub fn level_word(level: Level) -> &'static str {
    match level {
        Level::None => texts::LEVEL_NONE,
        Level::Low => texts::LEVEL_LOW,
        Level::Medium => texts::LEVEL_MEDIUM,
        Level::High => texts::LEVEL_HIGH,
        Level::Critical => texts::LEVEL_CRITICAL,
    }
}

/// The level in as few letters as there are, where its axis stands beside it.
pub fn level_short(level: Level) -> &'static str {
    match level {
        Level::None => texts::SHORT_NONE,
        Level::Low => texts::SHORT_LOW,
        Level::Medium => texts::SHORT_MEDIUM,
        Level::High => texts::SHORT_HIGH,
        Level::Critical => texts::SHORT_CRITICAL,
    }
}

/// The class that gives the level its colour.
pub fn level_class(level: Level) -> &'static str {
    match level {
        Level::None => "level-none",
        Level::Low => "level-low",
        Level::Medium => "level-medium",
        Level::High => "level-high",
        Level::Critical => "level-critical",
    }
}

/// The level's picture.
pub fn level_icon(level: Level) -> Icon {
    match level {
        Level::None => Icon::Check,
        Level::Low => Icon::Info,
        Level::Medium => Icon::Warning,
        Level::High => Icon::Stop,
        Level::Critical => Icon::Critical,
    }
}

/// Picture and word of a level.
pub struct LevelMark(pub Level);

impl Piece for LevelMark {
    fn write(&self, out: &mut Html) {
        let LevelMark(level) = *self;
        html!(out, "<span class=\"level " {level_class(level)} "\">" {level_icon(level)} {level_word(level)} "</span>");
    }
}

/// The severity in a word.
pub fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Danger => texts::DANGER,
        Severity::Warning => texts::WARNING,
        Severity::Advice => texts::ADVICE,
    }
}

/// The class that gives the severity its colour.
pub fn severity_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Danger => "level-high",
        Severity::Warning => "level-medium",
        Severity::Advice => "level-low",
    }
}

/// The severity's picture.
pub fn severity_icon(severity: Severity) -> Icon {
    match severity {
        Severity::Danger => Icon::Stop,
        Severity::Warning => Icon::Warning,
        Severity::Advice => Icon::Info,
    }
}
