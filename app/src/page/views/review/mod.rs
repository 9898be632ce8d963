//! The review itself: verdict, findings, and the code they are about.

mod code;
mod findings;
mod notes;
mod verdict;

use leptos::prelude::*;
use lockstep_core::report::json::Severity;

use crate::page::session::FindingKey;
use code::Code;
use findings::Findings;
use verdict::VerdictPart;

/// Verdict, findings and code.
#[component]
pub fn ReviewPart() -> impl IntoView {
    provide_context(Filter::default());
    view! {
        <VerdictPart />
        <div class="read">
            <Findings />
            <Code />
        </div>
    }
}

/// Which findings are listed.
#[derive(Clone, Copy)]
struct Filter {
    /// Severities that are left out.
    hidden: RwSignal<Vec<Severity>>,
    /// Only those of the migration that is looked at?
    only_selected: RwSignal<bool>,
    /// How many at most.
    limit: RwSignal<usize>,
}

/// How many findings are drawn at a time.
const PORTION: usize = 100;

impl Default for Filter {
    fn default() -> Self {
        Filter {
            hidden: RwSignal::default(),
            only_selected: RwSignal::new(false),
            limit: RwSignal::new(PORTION),
        }
    }
}

impl Filter {
    /// Lists everything, so that no finding is out of reach.
    fn lift(self) {
        self.hidden.set(Vec::new());
        self.only_selected.set(false);
        self.limit.set(usize::MAX);
    }
}

fn finding_id((migration, index): FindingKey) -> String {
    match migration {
        Some(migration) => format!("finding-{migration}-{index}"),
        None => format!("finding-set-{index}"),
    }
}
