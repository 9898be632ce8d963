//! Where tables stand in diagrams: one arrangement for the whole history, so that a table keeps its place while
//! the history goes on around it.
//!
//! Layered, as entity diagrams are read: what is referenced stands left of what references it, and within a layer
//! tables stand beside those they are linked with. Tables that no path of links joins are in groups of their own.

use lockstep_core::schema::{ConstraintKind, Id, Relation, RelationKind, Schema};
use lockstep_core::sorted::{self, Map, Set};
use lockstep_core::timeline::{Run, Timeline};

use crate::protocol::Slot;

/// How often the order within the layers is improved, to the right and back.
const SWEEPS: usize = 4;

/// The places of all tables and views that the history ever has.
pub fn arrange(timeline: &Timeline) -> Vec<Slot> {
    let mut graph = Graph::default();
    for relation in timeline.start.schema.relations() {
        graph.take(&timeline.start.schema, relation);
    }
    let mut before = &timeline.start.schema;
    for schema in timeline.ups.iter().flat_map(states) {
        for relation in schema.relations_changed_since(before) {
            graph.take(schema, relation);
        }
        before = schema;
    }
    let places = places(graph.rows.len(), &graph.links);
    let slot = |(id, node): (&Id, &usize)| {
        let (group, layer, order) = places[*node];
        Slot { id: id.0, group, layer, order, rows: graph.rows[*node] }
    };
    graph.nodes.iter().map(slot).collect()
}

/// The tables and views that a migration works on at any of its statements, also those that are gone afterwards.
pub fn touched(run: &Run) -> Vec<u32> {
    let mut touched: Set<u32> = Set::default();
    let mut before = &run.before.schema;
    for schema in states(run) {
        for relation in
            schema.relations_changed_since(before).into_iter().chain(before.relations_changed_since(schema))
        {
            match &relation.kind {
                RelationKind::Table(_) | RelationKind::View(_) => touched.insert(relation.id.0),
                RelationKind::Index(index) => touched.insert(index.table.0),
                RelationKind::Sequence(_) => false,
            };
        }
        before = schema;
    }
    touched.iter().copied().collect()
}

fn states(run: &Run) -> impl Iterator<Item = &Schema> {
    let within = run.moments.iter().map(|moment| &moment.step.after.schema);
    std::iter::once(&run.before.schema).chain(within).chain([&run.after.schema])
}

/// All tables and views, and what links them.
#[derive(Default)]
struct Graph {
    nodes: Map<Id, usize>,
    /// Who had a name last.
    names: Map<String, Id>,
    /// The most columns that each node ever has.
    rows: Vec<u32>,
    /// From what refers to what it refers to.
    links: Set<(usize, usize)>,
}

impl Graph {
    fn take(&mut self, schema: &Schema, relation: &Relation) {
        let (rows, targets): (usize, Vec<Id>) = match &relation.kind {
            RelationKind::Table(table) => {
                let keys = table.constraints.iter().filter_map(|constraint| match &constraint.kind {
                    ConstraintKind::ForeignKey(key) => Some(key.references),
                    _ => None,
                });
                (table.columns.len(), keys.chain(table.parents.iter().copied()).collect())
            }
            RelationKind::View(view) => (view.columns.len(), view.reads.iter().map(|(id, _)| *id).collect()),
            RelationKind::Index(_) | RelationKind::Sequence(_) => return,
        };
        let node = self.node(schema, relation);
        self.rows[node] = self.rows[node].max(rows as u32);
        for target in targets.into_iter().filter_map(|id| schema.relation(id)) {
            let target = self.node(schema, target);
            if target != node {
                self.links.insert((node, target));
            }
        }
    }

    /// A table that is made again in the place of one that is gone has its place in diagrams as well.
    fn node(&mut self, schema: &Schema, relation: &Relation) -> usize {
        let name = relation.display_name();
        let node = match self.nodes.get(&relation.id) {
            Some(node) => *node,
            None => {
                let former = self.names.get(&name).filter(|id| schema.relation(**id).is_none());
                let node = former.and_then(|id| self.nodes.get(id)).copied().unwrap_or(self.rows.len());
                if node == self.rows.len() {
                    self.rows.push(0);
                }
                self.nodes.insert(relation.id, node);
                node
            }
        };
        self.names.insert(name, relation.id);
        node
    }
}

/// The group, the layer in it, and the place in the layer of each of so many nodes.
fn places(count: usize, links: &Set<(usize, usize)>) -> Vec<(u32, u32, u32)> {
    let mut targets: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut sources: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (from, to) in links.iter() {
        targets[*from].push(*to);
        sources[*to].push(*from);
    }
    let groups = groups(&targets, &sources);
    let layers = layers(&targets, &sources);
    let mut places = vec![(0, 0, 0); count];
    for (group, members) in groups.iter().enumerate() {
        let depth = members.iter().map(|node| layers[*node] + 1).max().unwrap_or(0);
        let first = members.iter().map(|node| layers[*node]).min().unwrap_or(0);
        let mut columns: Vec<Vec<usize>> = vec![Vec::new(); depth - first];
        for node in members {
            columns[layers[*node] - first].push(*node);
        }
        order(&mut columns, &targets, &sources);
        for (layer, column) in columns.iter().enumerate() {
            for (order, node) in column.iter().enumerate() {
                places[*node] = (group as u32, layer as u32, order as u32);
            }
        }
    }
    places
}

/// The nodes that are joined by links, the largest group first.
fn groups(targets: &[Vec<usize>], sources: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut seen = vec![false; targets.len()];
    let mut groups = Vec::new();
    for start in 0..targets.len() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let mut group = vec![start];
        let mut next = 0;
        while let Some(node) = group.get(next).copied() {
            next += 1;
            for other in targets[node].iter().chain(&sources[node]) {
                if !std::mem::replace(&mut seen[*other], true) {
                    group.push(*other);
                }
            }
        }
        groups.push(group);
    }
    sorted::sort_by(&mut groups, |a, b| b.len().cmp(&a.len()));
    groups
}

/// Each node is right of all that it refers to. Where nodes refer to each other in a circle, one of them goes first.
fn layers(targets: &[Vec<usize>], sources: &[Vec<usize>]) -> Vec<usize> {
    let mut layers = vec![0; targets.len()];
    let mut waits_for: Vec<usize> = targets.iter().map(Vec::len).collect();
    let mut done = vec![false; targets.len()];
    let mut ready: Vec<usize> = (0..targets.len()).filter(|node| waits_for[*node] == 0).collect();
    let mut next = 0;
    for _ in 0..targets.len() {
        let node = match ready.get(next) {
            Some(node) => {
                next += 1;
                *node
            }
            // The one that most others wait for.
            None => {
                let waiting = (0..targets.len()).rev().filter(|node| !done[*node]);
                let Some(node) = waiting.max_by_key(|node| sources[*node].len()) else { break };
                ready.push(node);
                next += 1;
                node
            }
        };
        done[node] = true;
        for source in &sources[node] {
            if !done[*source] {
                layers[*source] = layers[*source].max(layers[node] + 1);
                waits_for[*source] -= 1;
                if waits_for[*source] == 0 {
                    ready.push(*source);
                }
            }
        }
    }
    // What refers to nothing stands near what refers to it.
    for node in 0..targets.len() {
        let nearest = sources[node].iter().map(|source| layers[*source]).min().unwrap_or(0);
        if targets[node].is_empty() && nearest > 0 {
            layers[node] = nearest - 1;
        }
    }
    layers
}

/// Orders each layer by where those stand that its nodes are linked with.
fn order(columns: &mut [Vec<usize>], targets: &[Vec<usize>], sources: &[Vec<usize>]) {
    let mut position: Map<usize, f32> = Map::default();
    let note = |column: &[usize], position: &mut Map<usize, f32>| {
        for (place, node) in column.iter().enumerate() {
            // The middle of every column is 0: columns are centred.
            position.insert(*node, place as f32 - column.len() as f32 / 2.0);
        }
    };
    columns.iter().for_each(|column| note(column, &mut position));
    for sweep in 0..2 * SWEEPS {
        let forward = sweep % 2 == 0;
        for step in 0..columns.len() {
            let at = if forward { step } else { columns.len() - 1 - step };
            let column = &mut columns[at];
            let wanted: Map<usize, f32> = column
                .iter()
                .map(|node| {
                    let neighbours = if forward { &targets[*node] } else { &sources[*node] };
                    let sum: f32 = neighbours.iter().filter_map(|other| position.get(other)).sum();
                    let own = position.get(node).copied().unwrap_or(0.0);
                    (*node, if neighbours.is_empty() { own } else { sum / neighbours.len() as f32 })
                })
                .collect();
            let of = |node: &usize| wanted.get(node).copied().unwrap_or(0.0);
            sorted::sort_by(column, |a, b| of(a).total_cmp(&of(b)));
            note(column, &mut position);
        }
    }
}

#[cfg(test)]
mod tests {
    use lockstep_core::{Settings, Workspace, review};

    use super::*;

    fn of(count: usize, links: &[(usize, usize)]) -> Vec<(u32, u32, u32)> {
        places(count, &links.iter().copied().collect())
    }

    #[test]
    fn what_is_referenced_stands_left() {
        assert_eq!(of(3, &[(1, 0), (2, 1)]), [(0, 0, 0), (0, 1, 0), (0, 2, 0)]);
        // 3 refers to 2 and to the root 0, which has nothing nearer to stand beside than 1.
        assert_eq!(of(4, &[(1, 0), (2, 1), (3, 2), (3, 0)])[3].1, 3);
        // The root 3 is only referred to by 2, and stands next to it.
        assert_eq!(of(4, &[(1, 0), (2, 1), (2, 3)])[3].1, 1);
    }

    #[test]
    fn circles_have_a_place_too() {
        for links in [&[(0, 1), (1, 0)][..], &[(0, 1), (1, 2), (2, 0)], &[(0, 1), (1, 0), (2, 0), (1, 2)]] {
            let places = of(3, links);
            let mut distinct = places.clone();
            distinct.dedup();
            assert_eq!(distinct.len(), 3, "{places:?}");
        }
    }

    #[test]
    fn groups_stand_apart_the_largest_first() {
        assert_eq!(of(4, &[(3, 2)]).iter().map(|place| place.0).collect::<Vec<_>>(), [1, 2, 0, 0]);
    }

    #[test]
    fn links_do_not_cross_where_they_need_not() {
        // 2 and 3 refer to 0 and 1 the other way round.
        let places = of(5, &[(2, 1), (3, 0), (4, 0), (4, 1)]);
        assert_eq!(places[0].2 < places[1].2, places[3].2 < places[2].2, "{places:?}");
    }

    fn timeline(sql: &str) -> Timeline {
        let mut workspace = Workspace::new();
        workspace.add("001_a.sql", sql);
        review(&workspace, &Settings::default()).timeline
    }

    #[test]
    fn a_table_that_is_renamed_or_made_again_keeps_its_place() {
        let timeline = timeline(
            "CREATE TABLE a (id int); CREATE TABLE b (id int); DROP TABLE a; CREATE TABLE a (id int, x int);
             ALTER TABLE b RENAME TO c;",
        );
        let slots = arrange(&timeline);
        let place = |slot: &Slot| (slot.group, slot.layer, slot.order);
        assert_eq!(slots.len(), 3);
        assert_eq!(place(&slots[0]), place(&slots[2]));
        assert_ne!(place(&slots[0]), place(&slots[1]));
        assert_eq!(slots[2].rows, 2);
    }

    #[test]
    fn what_a_migration_works_on_is_known_from_its_beginning() {
        let timeline = timeline(
            "CREATE TABLE a (id int); CREATE TABLE b (id int); CREATE INDEX ON a (id); DROP TABLE b;",
        );
        assert_eq!(touched(&timeline.ups[0]).len(), 2);
    }
}
