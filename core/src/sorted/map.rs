//! A sorted map whose copies share what they have in common.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::iter::FlatMap;
use std::sync::Arc;
use std::vec::IntoIter;

/// How many entries a leaf holds before it is split in two. A change copies one leaf and the list of leaves.
const LEAF: usize = 32;

/// A sorted map. A copy costs nothing; a change costs one leaf of entries and a pointer for each other leaf,
/// so that a history can keep a map for every step of it.
///
/// Two levels are enough for the objects of a database, and small: this is compiled anew for every kind of entry.
pub struct Map<K, V> {
    /// None is empty, and each key of a leaf is less than all of the next.
    leaves: Arc<Vec<Leaf<K, V>>>,
}

type Leaf<K, V> = Arc<Vec<(K, V)>>;

/// An entry that is not the same in two maps: what it was and what it is.
pub type Changed<'a, K, V> = (Option<(&'a K, &'a V)>, Option<(&'a K, &'a V)>);

impl<K, V> Map<K, V> {
    /// All entries in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.leaves.iter().flat_map(|leaf| leaf.iter()).map(|(key, value)| (key, value))
    }

    /// All keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// All values in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// The entry with the greatest key.
    pub fn last(&self) -> Option<(&K, &V)> {
        self.leaves.last()?.last().map(|(key, value)| (key, value))
    }

    /// How many entries it has.
    pub fn len(&self) -> usize {
        self.leaves.iter().map(|leaf| leaf.len()).sum()
    }

    /// Has it no entries?
    pub fn is_empty(&self) -> bool {
        self.leaves.is_empty()
    }

    /// Are these copies of one another, unchanged?
    pub fn is_copy_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.leaves, &other.leaves)
    }

    /// The value whose key compares equal.
    pub fn find(&self, compare: impl Fn(&K) -> Ordering) -> Option<&V> {
        let (leaf, place) = self.place(compare).ok()?;
        Some(&self.leaves[leaf][place].1)
    }

    /// The entries from the first key that does not compare less, on.
    pub fn from(&self, compare: impl Fn(&K) -> Ordering) -> impl Iterator<Item = (&K, &V)> {
        let (leaf, place) = self.place(compare).unwrap_or_else(|gap| gap);
        let entries = self.leaves.iter().skip(leaf).flat_map(|leaf| leaf.iter());
        entries.skip(place).map(|(key, value)| (key, value))
    }

    /// Leaf and place in it of the key that compares equal, or of where it would stand: never before the first of
    /// a leaf, but for the very first.
    fn place(&self, compare: impl Fn(&K) -> Ordering) -> Result<(usize, usize), (usize, usize)> {
        let after = self.leaves.partition_point(|leaf| compare(&leaf[0].0).is_le());
        let leaf = after.saturating_sub(1);
        let Some(entries) = self.leaves.get(leaf) else { return Err((0, 0)) };
        match entries.binary_search_by(|(key, _)| compare(key)) {
            Ok(place) => Ok((leaf, place)),
            Err(place) => Err((leaf, place)),
        }
    }
}

impl<K: Ord, V> Map<K, V> {
    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.find(|own| own.borrow().cmp(key))
    }

    /// Is there an entry under this key?
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.get(key).is_some()
    }

    /// The entries that are not the same in both, by key.
    pub fn diff<'a>(&'a self, other: &'a Self, same: impl Fn(&V, &V) -> bool) -> Vec<Changed<'a, K, V>> {
        let mut found = Vec::new();
        let (mut was, mut is) = (Cursor::new(self), Cursor::new(other));
        loop {
            if was.is_at_leaf_of(&is) {
                was.skip_leaf();
                is.skip_leaf();
                continue;
            }
            let order = match (was.entry(), is.entry()) {
                (Some(old), Some(new)) => old.0.cmp(new.0),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => return found,
            };
            let old = if order.is_le() { was.next() } else { None };
            let new = if order.is_ge() { is.next() } else { None };
            if !matches!((old, new), (Some(old), Some(new)) if same(old.1, new.1)) {
                found.push((old, new));
            }
        }
    }
}

impl<K: Ord + Clone, V: Clone> Map<K, V> {
    /// Puts in an entry; the value that was there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let place = self.place(|own| own.cmp(&key));
        let leaves = Arc::make_mut(&mut self.leaves);
        match place {
            Ok((leaf, place)) => {
                let entry = &mut Arc::make_mut(&mut leaves[leaf])[place];
                Some(std::mem::replace(&mut entry.1, value))
            }
            Err((leaf, place)) => {
                if leaves.is_empty() {
                    leaves.push(Leaf::default());
                }
                let entries = Arc::make_mut(&mut leaves[leaf]);
                entries.insert(place, (key, value));
                if entries.len() > LEAF {
                    // What is only ever appended fills its leaves.
                    let at = if place == LEAF { LEAF } else { LEAF / 2 };
                    let second = entries.split_off(at);
                    leaves.insert(leaf + 1, Arc::new(second));
                }
                None
            }
        }
    }

    /// Takes out an entry; its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let (leaf, place) = self.place(|own| own.borrow().cmp(key)).ok()?;
        let leaves = Arc::make_mut(&mut self.leaves);
        let entries = Arc::make_mut(&mut leaves[leaf]);
        let (_, value) = entries.remove(place);
        if entries.is_empty() {
            leaves.remove(leaf);
        }
        Some(value)
    }

    /// The value of a key, to change; where there is none, `missing` is put in first.
    pub fn entry(&mut self, key: K, missing: impl FnOnce() -> V) -> &mut V {
        if !self.contains_key(&key) {
            self.insert(key.clone(), missing());
        }
        let (Ok((leaf, place)) | Err((leaf, place))) = self.place(|own| own.cmp(&key));
        let entries = Arc::make_mut(&mut Arc::make_mut(&mut self.leaves)[leaf]);
        &mut entries[place].1
    }

    /// The value of a key, to change.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let (leaf, place) = self.place(|own| own.borrow().cmp(key)).ok()?;
        let entries = Arc::make_mut(&mut Arc::make_mut(&mut self.leaves)[leaf]);
        Some(&mut entries[place].1)
    }
}

/// A place in a map, for walking along two at a time.
struct Cursor<'a, K, V> {
    leaves: &'a [Leaf<K, V>],
    place: usize,
}

impl<'a, K, V> Cursor<'a, K, V> {
    fn new(map: &'a Map<K, V>) -> Self {
        Cursor { leaves: &map.leaves, place: 0 }
    }

    fn entry(&self) -> Option<(&'a K, &'a V)> {
        self.leaves.first()?.get(self.place).map(|(key, value)| (key, value))
    }

    fn next(&mut self) -> Option<(&'a K, &'a V)> {
        let entry = self.entry()?;
        self.place += 1;
        if self.leaves.first().is_some_and(|leaf| leaf.len() == self.place) {
            self.skip_leaf();
        }
        Some(entry)
    }

    /// Do both stand at the start of a leaf that the maps share?
    fn is_at_leaf_of(&self, other: &Self) -> bool {
        let at_start = self.place == 0 && other.place == 0;
        let leaves = self.leaves.first().zip(other.leaves.first());
        at_start && leaves.is_some_and(|(own, others)| Arc::ptr_eq(own, others))
    }

    fn skip_leaf(&mut self) {
        self.leaves = self.leaves.get(1..).unwrap_or_default();
        self.place = 0;
    }
}

// Not derived: that would ask the same of keys and values.
impl<K, V> Clone for Map<K, V> {
    fn clone(&self) -> Self {
        Map { leaves: Arc::clone(&self.leaves) }
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Map { leaves: Arc::default() }
    }
}

impl<K: Ord + Clone, V: Clone> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Ord + Clone, V: Clone> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Map::default();
        map.extend(entries);
        map
    }
}

impl<K: Clone, V: Clone> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = FlatMap<IntoIter<Leaf<K, V>>, Vec<(K, V)>, fn(Leaf<K, V>) -> Vec<(K, V)>>;

    fn into_iter(self) -> Self::IntoIter {
        Arc::unwrap_or_clone(self.leaves).into_iter().flat_map(Arc::unwrap_or_clone)
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for Map<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.is_copy_of(other) || self.iter().eq(other.iter())
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone)]
    enum Change {
        Insert(u8, u8),
        Remove(u8),
        Edit(u8),
    }

    fn changes() -> impl Strategy<Value = Vec<Change>> {
        let change = prop_oneof![
            4 => (any::<u8>(), any::<u8>()).prop_map(|(key, value)| Change::Insert(key, value)),
            2 => any::<u8>().prop_map(Change::Remove),
            1 => any::<u8>().prop_map(Change::Edit),
        ];
        prop::collection::vec(change, 0..400)
    }

    fn apply(map: &mut Map<u8, u8>, model: &mut BTreeMap<u8, u8>, changes: &[Change]) {
        for change in changes {
            match *change {
                Change::Insert(key, value) => assert_eq!(map.insert(key, value), model.insert(key, value)),
                Change::Remove(key) => assert_eq!(map.remove(&key), model.remove(&key)),
                Change::Edit(key) => {
                    assert_eq!(map.get_mut(&key).map(|v| *v ^= 1), model.get_mut(&key).map(|v| *v ^= 1));
                }
            }
        }
    }

    proptest! {
        #[test]
        fn it_is_a_sorted_map(first in changes(), second in changes()) {
            let (mut map, mut model) = (Map::default(), BTreeMap::new());
            apply(&mut map, &mut model, &first);
            let (old_map, old_model) = (map.clone(), model.clone());
            apply(&mut map, &mut model, &second);
            prop_assert!(map.iter().eq(model.iter()) && old_map.iter().eq(old_model.iter()));
            prop_assert!(map.last() == model.last_key_value() && old_map.last() == old_model.last_key_value());
            prop_assert!((0..=255).all(|key| map.get(&key) == model.get(&key)));
            prop_assert!((0..=255).all(|key| map.from(|own| own.cmp(&key)).eq(model.range(key..))));
            let keys: std::collections::BTreeSet<_> = model.keys().chain(old_model.keys()).collect();
            let differences: Vec<Changed<'_, u8, u8>> = keys
                .into_iter()
                .map(|key| (old_model.get_key_value(key), model.get_key_value(key)))
                .filter(|(was, is)| was != is)
                .collect();
            prop_assert_eq!(old_map.diff(&map, |a, b| a == b), differences);
        }
    }

    #[test]
    fn what_is_shared_is_not_compared() {
        let mut map: Map<u32, u32> = Map::default();
        for key in 0..1_000 {
            map.insert(key, key);
        }
        let before = map.clone();
        map.insert(500, 0);
        let compared = std::cell::Cell::new(0);
        let found = before.diff(&map, |a, b| {
            compared.set(compared.get() + 1);
            a == b
        });
        assert_eq!(found, [(Some((&500, &500)), Some((&500, &0)))]);
        assert_eq!(compared.get(), LEAF);
    }
}
