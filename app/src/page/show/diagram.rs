//! What of a schema is drawn as a diagram, and where.
//!
//! The reviewer says how tables stand to each other in the whole history ([`Slot`]); here those that are drawn are
//! moved together. Tables that are not there at the moment, but before or after, keep their room: nothing moves while
//! the reader goes through the statements.

use lockstep_core::schema::{Change, Object, OutlineColumn};
use lockstep_core::sorted::{self, Map, Set};

use super::objects::is_found;
use crate::protocol::{SchemaShown, Slot};

/// Everything in pixels, at a zoom of 1.
pub const WIDTH: i32 = 244;
/// The height of a box's head.
pub const HEAD: i32 = 28;
/// The height of a column's row.
pub const ROW: i32 = 19;
/// The room below the last row.
pub const FOOT: i32 = 6;
const GAP: i32 = 26;
const BETWEEN_LAYERS: i32 = 84;
const MARGIN: i32 = 20;

/// The most tables that are drawn at a time.
pub const LIMIT: usize = 250;

/// With more tables than this, only keys and what changed are drawn of each.
const MANY: usize = 30;

/// The most rows of a box, and of one among many.
const ROWS: usize = 12;
const ROWS_OF_MANY: usize = 4;

/// A diagram.
#[derive(Debug, PartialEq, Eq)]
pub struct Diagram<'a> {
    /// Its size.
    pub width: i32,
    /// Its size.
    pub height: i32,
    /// The tables and views.
    pub boxes: Vec<Drawn<'a>>,
    /// What links them.
    pub links: Vec<Link<'a>>,
    /// How many more there would be to draw.
    pub left_out: usize,
    /// Nothing differs, so all is drawn instead of what differs.
    pub instead: bool,
}

/// A table or view.
#[derive(Debug, PartialEq, Eq)]
pub struct Drawn<'a> {
    /// What it is.
    pub object: &'a Object,
    /// Its upper left corner.
    pub x: i32,
    /// Its upper left corner.
    pub y: i32,
    /// Its columns, as far as they are drawn.
    pub rows: Vec<&'a OutlineColumn>,
    /// How many columns are not drawn.
    pub more: usize,
    /// Was it searched for?
    pub is_found: bool,
}

/// What a link says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// A foreign key.
    ForeignKey,
    /// A partition or child of a table, or a view that reads it.
    Parent,
}

/// A line from one box to another.
#[derive(Debug, PartialEq, Eq)]
pub struct Link<'a> {
    /// What it says.
    pub kind: LinkKind,
    /// The first column of a foreign key.
    pub column: &'a str,
    /// Which box it starts at.
    pub from: usize,
    /// Which box it leads to.
    pub to: usize,
    /// Added, removed or changed.
    pub change: Change,
}

impl Drawn<'_> {
    /// Its height.
    pub fn height(&self) -> i32 {
        height(self.rows.len() + (self.more > 0) as usize)
    }
}

fn height(rows: usize) -> i32 {
    HEAD + rows as i32 * ROW + FOOT
}

/// What is drawn: the whole schema, or what differs, what the migration works on, and the neighbours of both. What is
/// searched for is drawn in any case.
pub fn diagram<'a>(shown: &'a SchemaShown, whole: bool, query: &str) -> Diagram<'a> {
    let tables: Vec<&Object> = shown.objects.iter().filter(|object| is_table_or_view(object)).collect();
    let links = links(&tables);
    let touched: Set<u32> = shown.touched.iter().copied().collect();
    let differs = |object: &Object| object.change != Change::Same || touched.contains(&object.id);
    let found = |object: &Object| !query.trim().is_empty() && is_found(object, query);
    let instead = !whole && !tables.iter().any(|object| differs(object));
    // The gravest reason to be drawn counts, when not all can be.
    let mut reasons: Vec<u8> = tables
        .iter()
        .map(|object| match object {
            object if found(object) => 0,
            object if differs(object) => 1,
            _ if whole || instead => 3,
            _ => 4,
        })
        .collect();
    for link in &links {
        for (one, other) in [(link.from, link.to), (link.to, link.from)] {
            if reasons[one] <= 1 {
                reasons[other] = reasons[other].min(2);
            }
        }
    }
    let mut chosen: Vec<usize> = (0..tables.len()).filter(|table| reasons[*table] < 4).collect();
    sorted::sort_by_key(&mut chosen, |table| reasons[*table]);
    let left_out = chosen.len().saturating_sub(LIMIT);
    chosen.truncate(LIMIT);
    let limit = if chosen.len() > MANY { ROWS_OF_MANY } else { ROWS };

    let slots: Map<u32, &Slot> = shown.slots.iter().map(|slot| (slot.id, slot)).collect();
    let drawn: Set<u32> = chosen.iter().map(|table| tables[*table].id).collect();
    // With too much to draw, there is no room to keep for what is not there.
    let keeps_room = |slot: &&Slot| left_out == 0 && (whole || touched.contains(&slot.id));
    let wanted = shown.slots.iter().filter(|slot| drawn.contains(&slot.id) || keeps_room(slot));
    let (places, width, height) = place(&wanted.collect::<Vec<_>>(), limit);

    let mut index: Map<usize, usize> = Map::default();
    let mut boxes = Vec::new();
    for table in chosen {
        let object = tables[table];
        let Some(&(x, y)) = slots.get(&object.id).and_then(|slot| places.get(&key(slot))) else { continue };
        let rows = rows(object, limit);
        index.insert(table, boxes.len());
        let more = object.columns.len() - rows.len();
        boxes.push(Drawn { object, x, y, rows, more, is_found: found(object) });
    }
    let both_drawn = |link: Link<'a>| {
        let (from, to) = (*index.get(&link.from)?, *index.get(&link.to)?);
        Some(Link { from, to, ..link })
    };
    let links = links.into_iter().filter_map(both_drawn).collect();
    Diagram { width, height, boxes, links, left_out, instead }
}

fn is_table_or_view(object: &Object) -> bool {
    object.kind.ends_with("table") || object.kind.ends_with("view")
}

/// All foreign keys, partitions, children and views, between tables by their index.
fn links<'a>(tables: &[&'a Object]) -> Vec<Link<'a>> {
    // Of two of the same name one is gone; links lead to the one that is there.
    let mut by_name: Map<&str, usize> = Map::default();
    for (index, table) in tables.iter().enumerate() {
        if table.change != Change::Removed || !by_name.contains_key(table.name.as_str()) {
            by_name.insert(&table.name, index);
        }
    }
    let mut links: Vec<Link<'a>> = Vec::new();
    for (from, table) in tables.iter().enumerate() {
        let mut push = |kind, to: &str, column: &'a str, change| {
            let Some(to) = by_name.get(to).copied() else { return };
            // An object that came or went did so with its links.
            let change = if change == Change::Same { whole_change(table.change) } else { change };
            links.push(Link { kind, column, from, to, change });
        };
        for part in &table.parts {
            if let Some(to) = &part.references {
                push(LinkKind::ForeignKey, to, part.columns.first().map_or("", String::as_str), part.change);
            }
        }
        for parent in &table.parents {
            push(LinkKind::Parent, parent, "", Change::Same);
        }
    }
    links
}

fn whole_change(change: Change) -> Change {
    if change == Change::Changed { Change::Same } else { change }
}

/// The columns that are drawn, in their order: keys and what changed first of all.
fn rows(object: &Object, limit: usize) -> Vec<&OutlineColumn> {
    let rank = |column: &OutlineColumn| match column {
        column if column.change != Change::Same => 0,
        column if column.primary || column.foreign => 1,
        _ => 2,
    };
    let mut order: Vec<usize> = (0..object.columns.len()).collect();
    sorted::sort_by_key(&mut order, |column| rank(&object.columns[*column]));
    // A box of few rows shows what matters only; where all fit, all are shown.
    order.truncate(if object.columns.len() > limit { limit.saturating_sub(1).max(1) } else { limit });
    sorted::sort_by_key(&mut order, |column| *column);
    order.into_iter().map(|column| &object.columns[column]).collect()
}

type Key = (u32, u32, u32);

fn key(slot: &Slot) -> Key {
    (slot.group, slot.layer, slot.order)
}

/// The upper left corner of each place, and the size of all together.
fn place(slots: &[&Slot], limit: usize) -> (Map<Key, (i32, i32)>, i32, i32) {
    // What was made again shares a place with what it is made again of.
    let mut rooms: Map<Key, i32> = Map::default();
    for slot in slots {
        let rows = (slot.rows as usize).min(limit);
        let room = rooms.entry(key(slot), || 0);
        *room = height(rows).max(*room);
    }
    let area: i64 =
        rooms.values().map(|room| i64::from(room + GAP) * i64::from(WIDTH + BETWEEN_LAYERS)).sum();
    let side = (area as f32).sqrt();
    // A screen is wider than high.
    let (wide, high) = ((side * 1.5) as i32, ((side * 0.85) as i32).max(420));

    // Columns: a layer of a group, or as much of it as is not too high.
    let mut columns: Vec<(u32, u32, i32, Vec<Key>)> = Vec::new();
    for (key, room) in rooms.iter() {
        match columns.last_mut() {
            Some((group, layer, filled, keys))
                if (*group, *layer) == (key.0, key.1) && *filled + room <= high =>
            {
                *filled += room + GAP;
                keys.push(*key);
            }
            _ => columns.push((key.0, key.1, room + GAP, vec![*key])),
        }
    }
    let mut places = Map::default();
    let (mut x, mut y, mut shelf, mut width) = (MARGIN, MARGIN, 0, 0);
    let mut rest = columns.as_slice();
    while let Some((group, ..)) = rest.first() {
        let count = rest.iter().take_while(|column| column.0 == *group).count();
        let (block, others) = rest.split_at(count);
        rest = others;
        let block_height = block.iter().map(|column| column.2).max().unwrap_or(0);
        let block_width = count as i32 * (WIDTH + BETWEEN_LAYERS);
        if x > MARGIN && x + block_width > wide.max(width) {
            (x, y, shelf) = (MARGIN, y + shelf, 0);
        }
        for (_, _, filled, keys) in block {
            let mut at = y + (block_height - filled) / 2;
            for key in keys {
                places.insert(*key, (x, at));
                at += rooms.get(key).copied().unwrap_or(0) + GAP;
            }
            x += WIDTH + BETWEEN_LAYERS;
        }
        width = width.max(x);
        shelf = shelf.max(block_height);
    }
    (places, width - BETWEEN_LAYERS + MARGIN, y + shelf - GAP + MARGIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use lockstep_core::schema::OutlinePart;

    fn table(id: u32, columns: usize, references: &[&str], change: Change) -> Object {
        let key = |to: &&str| OutlinePart { references: Some((*to).into()), ..OutlinePart::default() };
        Object {
            id,
            kind: "table".into(),
            name: format!("t{id}"),
            change,
            columns: vec![OutlineColumn::default(); columns],
            parts: references.iter().map(key).collect(),
            ..Object::default()
        }
    }

    fn slot(id: u32, group: u32, layer: u32, order: u32) -> Slot {
        Slot { id, group, layer, order, rows: 3 }
    }

    fn names(diagram: &Diagram<'_>) -> Vec<String> {
        let mut names: Vec<String> = diagram.boxes.iter().map(|drawn| drawn.object.name.clone()).collect();
        names.sort();
        names
    }

    fn sample() -> SchemaShown {
        SchemaShown {
            objects: vec![
                table(1, 3, &[], Change::Same),
                table(2, 3, &["t1"], Change::Changed),
                table(3, 3, &["t2"], Change::Same),
                table(4, 3, &["t3"], Change::Same),
            ],
            slots: vec![slot(1, 0, 0, 0), slot(2, 0, 1, 0), slot(3, 0, 2, 0), slot(4, 0, 3, 0)],
            ..SchemaShown::default()
        }
    }

    #[test]
    fn what_differs_is_drawn_with_its_neighbours() {
        let shown = sample();
        assert_eq!(names(&diagram(&shown, false, "")), ["t1", "t2", "t3"]);
        assert_eq!(names(&diagram(&shown, false, "t4")), ["t1", "t2", "t3", "t4"]);
        let whole = diagram(&shown, true, "");
        assert_eq!((names(&whole).len(), whole.links.len(), whole.left_out), (4, 3, 0));
    }

    #[test]
    fn where_nothing_differs_all_is_drawn() {
        let mut shown = sample();
        shown.objects[1].change = Change::Same;
        let all = diagram(&shown, false, "");
        assert_eq!((names(&all).len(), all.instead), (4, true));
    }

    #[test]
    fn boxes_do_not_overlap_and_stay_inside() {
        let objects: Vec<Object> =
            (0..300).map(|id| table(id, 1 + id as usize % 20, &[], Change::Same)).collect();
        let slots = (0..300)
            .map(|id| Slot { rows: 1 + id % 20, ..slot(id, id / 100, id % 3, id % 100 / 3) })
            .collect();
        let shown = SchemaShown { objects, slots, ..SchemaShown::default() };
        let diagram = diagram(&shown, true, "");
        assert_eq!((diagram.boxes.len(), diagram.left_out), (LIMIT, 300 - LIMIT));
        for (at, one) in diagram.boxes.iter().enumerate() {
            assert!(one.x >= 0 && one.x + WIDTH <= diagram.width, "{} {}", one.x, diagram.width);
            assert!(one.y >= 0 && one.y + one.height() <= diagram.height, "{} {}", one.y, diagram.height);
            for other in &diagram.boxes[at + 1..] {
                let apart = one.x + WIDTH <= other.x
                    || other.x + WIDTH <= one.x
                    || one.y + one.height() <= other.y
                    || other.y + other.height() <= one.y;
                assert!(apart, "{} and {}", one.object.name, other.object.name);
            }
        }
    }

    #[test]
    fn a_table_keeps_its_place_while_others_come_and_grow() {
        let later = SchemaShown { touched: vec![1, 2, 3], ..sample() };
        let mut earlier = later.clone();
        earlier.objects.remove(0);
        earlier.objects[0].columns.truncate(1);
        for whole in [true, false] {
            let place = |shown: &SchemaShown| {
                let diagram = diagram(shown, whole, "");
                let found = diagram
                    .boxes
                    .iter()
                    .find(|drawn| drawn.object.name == "t3")
                    .map(|drawn| (drawn.x, drawn.y));
                found.unwrap()
            };
            assert_eq!(place(&earlier), place(&later));
        }
    }

    #[test]
    fn keys_and_changes_are_the_last_rows_to_be_left_out() {
        let mut object = table(1, 20, &[], Change::Changed);
        object.columns[15].change = Change::Added;
        object.columns[18].primary = true;
        let rows = rows(&object, ROWS_OF_MANY);
        assert_eq!(rows.len(), ROWS_OF_MANY - 1);
        assert!(rows[1].change == Change::Added && rows[2].primary);
    }
}
