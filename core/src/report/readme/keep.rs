//! What people wrote into a README by hand, kept when it is written anew.
//!
//! It stands between two comments, and comes back at the end of the section that it was in:
//!
//! ```text
//! <!-- lockstep:keep -->
//! Ask the data team before the backfill.
//! <!-- lockstep:end -->
//! ```

const BEGIN: &str = "<!-- lockstep:keep";
const END: &str = "<!-- lockstep:end";
/// Where that comes whose section is gone.
const HOMELESS: &str = "## From an earlier README";

/// A part written by hand.
struct Kept<'a> {
    /// The heading that it stands under; empty for all above the first but the title.
    heading: &'a str,
    /// Its lines, with those of the comments.
    text: String,
}

/// The README with what was written by hand into an older one; or else the line of the older one in which a part begins
/// that does not end.
pub fn keep(written: &str, older: &str) -> Result<String, usize> {
    let mut kept = parts(older)?;
    let mut out = String::with_capacity(written.len());
    let mut heading = None;
    let mut fence = Fence::default();
    for line in written.lines() {
        if let Some(next) = fence.heading(line) {
            put(&mut out, &mut kept, heading);
            heading = Some(next);
        }
        out += line;
        out.push('\n');
    }
    put(&mut out, &mut kept, heading);
    out.truncate(out.trim_end().len());
    out.push('\n');
    if !kept.is_empty() {
        out += &format!("\n{HOMELESS}\n");
        for part in kept {
            out += &format!("\n{}", part.text);
        }
    }
    Ok(out)
}

/// Puts what stood under a heading behind what stands there now.
fn put(out: &mut String, kept: &mut Vec<Kept>, heading: Option<&str>) {
    let (here, others) = std::mem::take(kept).into_iter().partition(|part| Some(part.heading) == heading);
    *kept = others;
    let here: Vec<Kept> = here;
    if here.is_empty() {
        return;
    }
    out.truncate(out.trim_end().len());
    for part in here {
        *out += &format!("\n\n{}", part.text.trim_end());
    }
    *out += "\n\n";
}

fn parts(older: &str) -> Result<Vec<Kept<'_>>, usize> {
    let mut parts: Vec<Kept> = Vec::new();
    let mut open: Option<usize> = None;
    let mut heading = "";
    let mut fence = Fence::default();
    for (index, line) in older.lines().enumerate() {
        let mark = line.trim();
        match (open, parts.last_mut()) {
            (Some(_), Some(part)) => {
                part.text += line;
                part.text.push('\n');
                if mark.starts_with(END) {
                    open = None;
                }
            }
            _ if mark.starts_with(BEGIN) => {
                open = Some(index + 1);
                parts.push(Kept { heading, text: format!("{line}\n") });
            }
            _ => heading = fence.heading(line).unwrap_or(heading),
        }
    }
    open.map_or(Ok(parts), Err)
}

/// Knows what is code: a comment of a shell looks like a heading.
#[derive(Default)]
struct Fence {
    ticks: usize,
}

impl Fence {
    /// The heading that a line is. The title is the same whatever it says, as it tells how many migrations there are.
    fn heading<'a>(&mut self, line: &'a str) -> Option<&'a str> {
        let ticks = line.bytes().take_while(|byte| *byte == b'`').count();
        match self.ticks {
            0 if ticks >= 3 => self.ticks = ticks,
            0 if line.starts_with("# ") => return Some(""),
            0 if line.starts_with("## ") || line.starts_with("### ") => return Some(line.trim_end()),
            open if open > 0 && ticks >= open && line.trim_end().len() == ticks => self.ticks = 0,
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PART: &str = "<!-- lockstep:keep -->\nBy hand.\n\n## Not a section\n<!-- lockstep:end -->\n";

    #[test]
    fn parts_come_back_where_they_were() {
        let written =
            "# Migrations 001 to 003\n\nNew.\n\n## Run\n\n```sh\n# Run\n## Gone\n```\n\n## Naming\n\nSo.\n";
        let older = format!(
            "# Migrations 001 to 002\n\n{PART}\nOld.\n\n## Gone\n\n{PART}\n## Naming\n\nOld.\n\n{PART}"
        );
        let expected = format!(
            "# Migrations 001 to 003\n\nNew.\n\n{PART}\n## Run\n\n```sh\n# Run\n## Gone\n```\n\n## Naming\n\nSo.\n\n{PART}\n\
             ## From an earlier README\n\n{PART}"
        );
        let kept = keep(written, &older).expect("parts that end");
        assert_eq!(kept, expected);
        assert_eq!(keep(written, &kept).as_deref(), Ok(kept.as_str()), "and again");
        assert_eq!(keep(written, written).as_deref(), Ok(written), "nothing to keep");
    }

    #[test]
    fn a_part_that_does_not_end_is_refused() {
        assert_eq!(keep("", "# A\n\n<!-- lockstep:keep -->\nBy hand.\n"), Err(3));
    }
}
