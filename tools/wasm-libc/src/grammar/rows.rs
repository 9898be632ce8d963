//! Rows with gaps, laid over each other in one table.

/// The table: what each entry holds, and which of its row's entries it is, -1 for none. An entry of a row that begins at
/// `start` is at `start + index`, so no two rows begin at the same place.
pub struct Rows<'t> {
    values: &'t mut [i16],
    check: &'t mut [i16],
    /// The first entry that is free.
    free: usize,
    used: usize,
    placed: Vec<Placed>,
}

/// A row that is in the table.
struct Placed {
    start: i32,
    length: usize,
    sum: u32,
}

impl<'t> Rows<'t> {
    /// An empty table.
    pub fn new(values: &'t mut [i16], check: &'t mut [i16]) -> Self {
        Rows { values, check, free: 0, used: 0, placed: Vec::new() }
    }

    /// Up to which entry the table is used.
    pub fn used(&self) -> usize {
        self.used
    }

    /// Puts a row, index and value of each entry in order, into the table, unless the same one is there.
    /// Returns where it begins; none where there is no room.
    pub fn place(&mut self, row: &[(u16, i16)]) -> Option<i32> {
        let sum = row.iter().fold(0, |sum: u32, (index, value)| {
            sum.wrapping_mul(31).wrapping_add(u32::from(*index) << 16 | u32::from(*value as u16))
        });
        let same = |placed: &&Placed| {
            placed.sum == sum && placed.length == row.len() && self.holds(placed.start, row)
        };
        if let Some(placed) = self.placed.iter().find(same) {
            return Some(placed.start);
        }
        let start = self.room_for(row)?;
        for &(index, value) in row {
            let at = (start + i32::from(index)) as usize;
            self.values[at] = value;
            self.check[at] = index as i16;
            self.used = self.used.max(at + 1);
        }
        while self.check.get(self.free).is_some_and(|check| *check >= 0) {
            self.free += 1;
        }
        self.placed.push(Placed { start, length: row.len(), sum });
        Some(start)
    }

    fn holds(&self, start: i32, row: &[(u16, i16)]) -> bool {
        row.iter().all(|(index, value)| {
            let at = (start + i32::from(*index)) as usize;
            self.check[at] == *index as i16 && self.values[at] == *value
        })
    }

    fn room_for(&self, row: &[(u16, i16)]) -> Option<i32> {
        let first = row.first().map_or(0, |(index, _)| i32::from(*index));
        let last = row.last().map_or(0, |(index, _)| i32::from(*index));
        let is_free = |at: i32| self.check[at as usize] < 0;
        (self.free as i32 - first..self.check.len() as i32 - last).find(|start| {
            row.iter().all(|(index, _)| is_free(start + i32::from(*index)))
                && self.placed.iter().all(|placed| placed.start != *start)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_share_the_table_and_each_finds_its_own_entries() {
        let (mut values, mut check) = ([0; 32], [-1; 32]);
        let mut rows = Rows::new(&mut values, &mut check);
        let placed: [&[(u16, i16)]; 5] =
            [&[(0, 1), (2, 2), (9, 3)], &[(1, 4), (3, 5)], &[(0, 1), (2, 2)], &[(7, 6)], &[]];
        let starts = placed.map(|row| rows.place(row).unwrap());
        assert_eq!(rows.place(placed[1]), Some(starts[1]));
        assert!(rows.used() <= 12, "{}", rows.used());
        for (row, start) in placed.into_iter().zip(starts) {
            for index in 0..10 {
                let at = usize::try_from(start + i32::from(index)).ok();
                let found = at.filter(|at| check.get(*at) == Some(&(index as i16))).map(|at| values[at]);
                let expected = row.iter().find(|(other, _)| *other == index).map(|(_, value)| *value);
                assert_eq!(found, expected, "{index} of {row:?}");
            }
        }
    }

    #[test]
    fn a_full_table_takes_no_more() {
        let (mut values, mut check) = ([0; 2], [-1; 2]);
        let mut rows = Rows::new(&mut values, &mut check);
        assert_eq!(rows.place(&[(0, 1), (1, 1)]), Some(0));
        assert_eq!(rows.place(&[(0, 1)]), None);
    }
}
