//! The scanner's file, as flex writes it.

use crate::c::{array, definition, numbers};

/// flex's table: what is to be found at each place, and how far it leads.
const TABLE: &str = "yy_transition";

/// The C with room for the table in its place, and with a scanner that has it filled before it begins.
///
/// Both numbers of an entry come in runs: the first one counts up, the second stays the same.
pub fn without_tables(source: &str) -> String {
    let table = numbers(source, TABLE);
    let (verify, next): (Vec<i32>, Vec<i32>) = table.chunks(2).map(|entry| (entry[0], entry[1])).unzip();
    let (counts_up, stays) = (Runs::of(&verify, 1), Runs::of(&next, 0));
    assert_eq!(counts_up.unfolded(1), verify);
    assert_eq!(stays.unfolded(0), next);

    // What is behind the last entry that is given is zero, and read.
    let (declaration, _) = definition(source, TABLE).split_once(" =").expect("a table is filled");
    let room = format!("{};", declaration.replace("const ", ""));
    let mut c = source.replace(definition(source, TABLE), &room);
    c = c.replace("\nscanner_init(", "\nscanner_init_with_table(");
    for (name, runs) in [("verify", counts_up), ("next", stays)] {
        c += &array("int", &format!("{name}_starts"), &runs.starts);
        c += &array("int", &format!("{name}_lengths"), &runs.lengths);
    }
    c + include_str!("scan.c")
}

/// Numbers that differ from the one before by the same step, but for the first of a run.
struct Runs {
    starts: Vec<i32>,
    lengths: Vec<i32>,
}

impl Runs {
    fn of(numbers: &[i32], step: i32) -> Self {
        let mut runs = Runs { starts: Vec::new(), lengths: Vec::new() };
        for (at, number) in numbers.iter().enumerate() {
            match runs.lengths.last_mut() {
                Some(length) if *number == numbers[at - 1] + step => *length += 1,
                _ => {
                    runs.starts.push(*number);
                    runs.lengths.push(1);
                }
            }
        }
        runs
    }

    fn unfolded(&self, step: i32) -> Vec<i32> {
        let run = |(start, length): (&i32, &i32)| {
            let start = *start;
            (0..*length).map(move |at| start + at * step)
        };
        self.starts.iter().zip(&self.lengths).flat_map(run).collect()
    }
}
