//! A view that reads protected tables with its owner's rights.

use super::{Axis, Docs, Findings, Rule, Scene};
use crate::report::json::Severity;
use crate::sql::Command;

pub(super) static RULE: Rule = Rule {
    id: "view-bypasses-row-security",
    severity: Severity::Warning,
    axis: Axis::Data,
    aliases: &["splinter:0010_security_definer_view"],
    check,
};

pub(super) static DOCS: Docs = Docs {
    summary: "A view reads a table with row level security, and shows its rows to whoever may read the view",
    why: "A view reads its tables with the rights of the view's owner, so the policies that apply are the owner's, not the reader's; and an \
owner who also owns the table is bound by none. Whoever has SELECT on the view sees all rows.

It does not apply to a view WITH (security_invoker = true), from PostgreSQL 15 on, nor when the view filters the rows itself on purpose.",
    manual: "CREATE VIEW",
    bad: &["CREATE TABLE notes (id bigint PRIMARY KEY, owner text);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;\nCREATE POLICY own ON notes USING (owner = current_user);\nCREATE VIEW all_notes AS SELECT id FROM notes;"],
    good: &["CREATE TABLE notes (id bigint PRIMARY KEY, owner text);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;\nCREATE POLICY own ON notes USING (owner = current_user);\nCREATE VIEW all_notes WITH (security_invoker = true) AS SELECT id FROM notes;"],
};

fn check(scene: &Scene, findings: &mut Findings) {
    let last = scene.last();
    for place in scene.places().filter(|place| place.step().error.is_none()) {
        let Command::CreateView(create) = place.command() else { continue };
        let after = place.after();
        let Some(id) = after.schema.resolve(&create.name, &after.session.search_path()).map(|view| view.id) else { continue };
        let Some((relation, view)) = last.relation(id).and_then(|relation| Some((relation, relation.view()?))) else { continue };
        let invoker = relation.options.iter().any(|option| {
            &*option.name == "security_invoker" && option.value.as_deref().is_none_or(|value| matches!(value, "true" | "on" | "1" | "yes"))
        });
        if invoker {
            continue;
        }
        let protected = view.reads.iter().find_map(|(read, _)| {
            let table = last.relation(*read)?;
            table.table().is_some_and(|own| own.row_security).then(|| table.display_name())
        });
        let Some(table) = protected else { continue };
        let help = if scene.version() >= 15 {
            "Create it WITH (security_invoker = true), so that the reader's own policies apply."
        } else {
            "PostgreSQL 14 knows no security_invoker: filter the rows in the view, WITH (security_barrier = true), or do not grant SELECT on it."
        };
        findings.at(
            &place,
            format!("{} reads {table} with its owner's rights: the policies of {table} do not hold back who reads the view.", relation.display_name()),
            help,
        );
    }
}
