//! Signing the review off: what was decided is the text of the sign-off itself, so that it can come as a file and be taken
//! along as one. The reviewer says what of it still holds.

use js_sys::Date;
use leptos::prelude::*;
use leptos::task::spawn_local;
use lockstep_core::signoff::is_sign_off;

use super::{FindingKey, Session, Tab};
use crate::page::browser::storage;
use crate::protocol::{Answer, Decision, Request, Signed, Signing};
use crate::texts;

/// Where the reader's name is kept.
const NAME: &str = "lockstep.name";

/// The name of the file that a paste of several may have it in.
const FILE_LINE: &str = "-- file:";

/// A sign-off.
#[derive(Clone, Copy)]
pub struct SignOff {
    /// Whose name stands for what is decided.
    pub by: RwSignal<String>,
    /// The sign-off as it came or was last written; none where nothing was decided.
    pub sheet: RwSignal<Option<String>>,
    /// What of it holds, once the reviewer has told; or why it cannot be read.
    pub signed: RwSignal<Option<Result<Signed, String>>>,
    /// What is missing for a decision.
    pub problem: RwSignal<&'static str>,
    /// Reasons that are being typed. They are not listened to, only kept.
    reasons: StoredValue<Vec<(FindingKey, String)>>,
}

impl Default for SignOff {
    fn default() -> Self {
        SignOff {
            by: RwSignal::new(storage::load(NAME).unwrap_or_default()),
            sheet: RwSignal::new(None),
            signed: RwSignal::new(None),
            problem: RwSignal::new(""),
            reasons: StoredValue::default(),
        }
    }
}

impl SignOff {
    /// The reason that was typed for a danger.
    pub fn reason(self, key: FindingKey) -> String {
        let reasons = self.reasons.read_value();
        reasons.iter().find(|(other, _)| *other == key).map(|(_, reason)| reason.clone()).unwrap_or_default()
    }

    /// A reason is typed.
    pub fn type_reason(self, key: FindingKey, reason: String) {
        self.reasons.update_value(|reasons| {
            reasons.retain(|(other, _)| *other != key);
            reasons.push((key, reason));
        });
    }

    /// The reader gives a name.
    pub fn name(self, name: String) {
        storage::save(NAME, &name);
        self.by.set(name);
    }
}

impl Session {
    /// Has the reviewer say what of the sign-off holds, while it is looked at.
    pub fn keep_signed(self) {
        let wanted = Memo::new(move |_| {
            let number = self.shown.read().as_ref().map(|shown| shown.number);
            number.filter(|_| self.tab.get() == Tab::SignOff).map(|number| (number, self.signing.sheet.get()))
        });
        Effect::new(move |_| {
            if let Some((number, sheet)) = wanted.get() {
                self.ask_signed(number, sheet, None);
            }
        });
    }

    fn ask_signed(self, number: u32, sheet: Option<String>, decision: Option<Decision>) {
        spawn_local(async move {
            let decided = decision.is_some();
            let (by, on) = (self.signing.by.get_untracked().trim().to_owned(), today());
            let answer = self.ask(Request::Sign(Signing { sheet, decision, by, on })).await;
            // A newer review may have come meanwhile.
            let Ok(Answer::Signed(answer)) = answer else { return };
            if self.shown_number() != Some(number) {
                return;
            }
            if let Ok(signed) = &answer
                && decided
            {
                self.signing.sheet.set(Some(signed.text.clone()));
                self.keep_soon();
            }
            self.signing.signed.set(Some(answer));
        });
    }

    /// Notes a decision down, unless the review is older than the text.
    pub fn decide(self, decision: Decision) {
        if let Some(number) = self.shown_number().filter(|_| !self.stale.get_untracked()) {
            self.ask_signed(number, self.signing.sheet.get_untracked(), Some(decision));
        }
    }

    /// Looks at a sign-off that came in.
    pub fn take_sign_off(self, sheet: String) {
        self.signing.sheet.set(Some(sheet));
        self.tab.set(Tab::SignOff);
        self.notices.set(vec![texts::SIGN_OFF_TAKEN.to_owned()]);
        self.keep_soon();
    }
}

/// Takes the sign-off out of a text that was pasted: the text that is left, and the sign-off.
pub fn cut_sign_off(text: &str) -> Option<(String, String)> {
    if !text.contains("\"signoff\"") {
        return None;
    }
    let begins = |line: &&str| line.trim_start().starts_with(FILE_LINE);
    let (mut rest, mut sheet, mut part) = (String::new(), None, String::new());
    let mut end = |part: &mut String| {
        let (head, body) = part.split_once('\n').filter(|(head, _)| begins(head)).unwrap_or(("", part));
        if sheet.is_none() && is_sign_off(body) && (head.is_empty() || head.contains(".md")) {
            sheet = Some(body.to_owned());
        } else {
            rest.push_str(part);
        }
        part.clear();
    };
    for line in text.split_inclusive('\n') {
        if begins(&line) {
            end(&mut part);
        }
        part.push_str(line);
    }
    end(&mut part);
    Some((rest, sheet?))
}

/// The day, `2025-03-14`, where the reader is.
fn today() -> String {
    let now = Date::new_0();
    format!("{}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_off_is_taken_out_of_what_is_pasted() {
        let sheet = "# Sign-off\n\n```json\n{\"signoff\": 1}\n```\n";
        let of = |rest: &str| Some((rest.to_owned(), sheet.to_owned()));
        assert_eq!(cut_sign_off(sheet), of(""));
        let (first, last) = ("-- file: 1.sql\nSELECT 1;\n", "-- file: 2.sql\nSELECT 2;\n");
        assert_eq!(
            cut_sign_off(&format!("{first}-- file: SIGNOFF.md\n{sheet}{last}")),
            of(&format!("{first}{last}"))
        );
        for text in ["", first, "SELECT '\"signoff\"';"] {
            assert_eq!(cut_sign_off(text), None, "{text}");
        }
    }
}
