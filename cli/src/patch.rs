//! Rewrites as a patch: what `patch` and `git apply` read, below a few lines that say what it is.

use std::fmt::Write;

use lockstep_core::Workspace;
use lockstep_core::rewrite::Fixed;
use similar::TextDiff;

/// What was rewritten, what has to be done between the migrations, and the diff of the files.
pub fn render(fixed: &Fixed, before: &Workspace) -> String {
    let mut text = String::new();
    if fixed.rewrites.is_empty() {
        return "Nothing was found that can be rewritten.\n".to_owned();
    }
    for rewrite in &fixed.rewrites {
        let _ = writeln!(text, "# {} ({})", rewrite.kind.title, rewrite.fixes.join(", "));
        if let (Some(before), Some(after)) = rewrite.locks {
            let _ = writeln!(text, "#   over work on a table in use: {before}, then {after}");
        }
        for step in &rewrite.steps {
            match &step.first {
                Some(first) => {
                    let _ = writeln!(text, "#   {}, before which {first}", step.path);
                }
                None => {
                    let _ = writeln!(text, "#   {}", step.path);
                }
            }
        }
        for difference in &rewrite.differences {
            let _ = writeln!(text, "#   meant to differ: {difference}");
        }
    }
    for (_, file) in fixed.workspace.files() {
        let old = before.files().find(|(_, old)| old.path == file.path).map(|(_, old)| &*old.text);
        if old == Some(&*file.text) {
            continue;
        }
        let from = old.map_or_else(|| "/dev/null".to_owned(), |_| format!("a/{}", file.path));
        let diff = TextDiff::from_lines(old.unwrap_or_default(), &*file.text);
        let _ = write!(text, "{}", diff.unified_diff().header(&from, &format!("b/{}", file.path)));
    }
    text
}
