//! Files out of a zip archive, and into one. Source: PKWARE's APPNOTE.TXT, sections 4.3 and 4.4.

use miniz_oxide::inflate::decompress_to_vec_with_limit;

use super::{MAX_FILE_BYTES, shared_folders};

/// The most entries that an archive may have.
const MAX_ENTRIES: usize = 100_000;

/// The most bytes that all files taken out may have together.
const MAX_BYTES: usize = 4 * MAX_FILE_BYTES;

const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";

/// How long these are without names, extra fields and comments.
const END_BYTES: usize = 22;
const ENTRY_BYTES: usize = 46;
const LOCAL_BYTES: usize = 30;

/// Are these the bytes of a zip archive?
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(LOCAL) || bytes.starts_with(END)
}

/// The files of an archive whose paths `is_wanted`, path and bytes, in its order. Of the folders that all of them share only the last two
/// are in the paths. What cannot be read is refused in one sentence, which begins with no name.
pub fn unpack(bytes: &[u8], is_wanted: fn(&str) -> bool) -> Result<Vec<(String, Vec<u8>)>, String> {
    let (count, mut at) = directory(bytes).ok_or("it is damaged, or no zip archive")?;
    if count > MAX_ENTRIES {
        return Err(format!("it has {count} files, and {MAX_ENTRIES} are the most"));
    }
    let (mut files, mut size) = (Vec::new(), 0);
    for _ in 0..count {
        let entry = Entry::read(bytes, at).ok_or("its list of files is damaged")?;
        at = entry.next;
        // What macOS adds about each file is no file.
        if entry.path.ends_with('/')
            || entry.path.split('/').any(|part| part == "__MACOSX")
            || !is_wanted(&entry.path)
        {
            continue;
        }
        size += entry.size;
        if entry.size > MAX_FILE_BYTES || size > MAX_BYTES {
            return Err(format!(
                "unpacked it has more than {} MB, or one file more than {} MB",
                MAX_BYTES >> 20,
                MAX_FILE_BYTES >> 20
            ));
        }
        let unpacked = entry.unpack(bytes).map_err(|why| format!("{} in it {why}", entry.path))?;
        files.push((entry.path, unpacked));
    }
    let paths: Vec<&str> = files.iter().map(|(path, _)| &**path).collect();
    let kept = shared_folders(&paths).rmatch_indices('/').nth(2).map_or(0, |(at, _)| at + 1);
    files.iter_mut().for_each(|(path, _)| drop(path.drain(..kept)));
    Ok(files)
}

/// A file, as the archive's list has it.
struct Entry {
    path: String,
    flags: u16,
    method: u16,
    checksum: u32,
    packed: usize,
    size: usize,
    local: usize,
    /// Where the next one is in the list.
    next: usize,
}

impl Entry {
    fn read(bytes: &[u8], at: usize) -> Option<Entry> {
        let head = bytes.get(at..at.checked_add(ENTRY_BYTES)?)?;
        let [name, extra, comment] = [28, 30, 32].map(|field| u16_at(head, field) as usize);
        let start = at + ENTRY_BYTES;
        let path = String::from_utf8_lossy(bytes.get(start..start + name)?).replace('\\', "/");
        head.starts_with(ENTRY).then(|| Entry {
            path: path.trim_start_matches('/').to_owned(),
            flags: u16_at(head, 8),
            method: u16_at(head, 10),
            checksum: u32_at(head, 16),
            packed: u32_at(head, 20) as usize,
            size: u32_at(head, 24) as usize,
            local: u32_at(head, 42) as usize,
            next: start + name + extra + comment,
        })
    }

    fn unpack(&self, bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
        const DAMAGED: &str = "is damaged";
        if self.flags & 1 != 0 {
            return Err("is encrypted");
        }
        let rest =
            bytes.get(self.local..).filter(|rest| rest.starts_with(LOCAL) && rest.len() >= LOCAL_BYTES);
        let rest = rest.ok_or(DAMAGED)?;
        let start = LOCAL_BYTES + u16_at(rest, 26) as usize + u16_at(rest, 28) as usize;
        let packed = start.checked_add(self.packed).and_then(|end| rest.get(start..end)).ok_or(DAMAGED)?;
        let unpacked = match self.method {
            0 => packed.to_vec(),
            8 => decompress_to_vec_with_limit(packed, self.size).map_err(|_| DAMAGED)?,
            _ => return Err("is packed in another way than deflate"),
        };
        if unpacked.len() == self.size && checksum(&unpacked) == self.checksum {
            Ok(unpacked)
        } else {
            Err(DAMAGED)
        }
    }
}

/// How many files there are, and where their list begins. Its end is at the archive's, before a comment.
fn directory(bytes: &[u8]) -> Option<(usize, usize)> {
    let last = bytes.len().checked_sub(END_BYTES)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    let end =
        bytes[first..].windows(END.len()).take(last - first + 1).rposition(|window| window == END)? + first;
    let (count, start) = (u16_at(&bytes[end..], 10), u32_at(&bytes[end..], 16));
    // All ones point to the fields of an archive of more than 4 GB.
    (start != u32::MAX).then_some((usize::from(count), start as usize))
}

/// An archive of these files, path and bytes: stored as they are, and all of them of the day on which zip's time begins, so
/// that the same files give the same bytes. It takes up to 65,535 files and 4 GB.
pub fn pack(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    /// Version 2.0, names in UTF-8, stored, 1 January 1980.
    const FIELDS: [u8; 10] = [20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (path, bytes) in files {
        let size = (bytes.len() as u32).to_le_bytes();
        let mut fields = FIELDS.to_vec();
        for field in [checksum(bytes).to_le_bytes(), size, size] {
            fields.extend(field);
        }
        fields.extend((path.len() as u16).to_le_bytes());
        fields.extend([0, 0]);
        list.extend(
            [ENTRY, &[20, 0], &fields, &[0; 10], &(out.len() as u32).to_le_bytes(), path.as_bytes()].concat(),
        );
        out.extend([LOCAL, &fields, path.as_bytes(), bytes].concat());
    }
    let (count, start) = ((files.len() as u16).to_le_bytes(), (out.len() as u32).to_le_bytes());
    let size = (list.len() as u32).to_le_bytes();
    out.extend([&list, END, &[0; 4], &count, &count, &size, &start, &[0, 0]].concat());
    out
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// CRC-32.
fn checksum(bytes: &[u8]) -> u32 {
    let shift = |sum: u32, _: u32| (sum >> 1) ^ if sum & 1 == 1 { 0xEDB8_8320 } else { 0 };
    let table: Vec<u32> = (0..256).map(|byte| (0..8).fold(byte, shift)).collect();
    !bytes.iter().fold(!0, |sum, byte| (sum >> 8) ^ table[((sum ^ u32::from(*byte)) & 0xFF) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive of these files, each deflated or stored.
    fn archive(files: &[(&str, &[u8], bool)]) -> Vec<u8> {
        let (mut bytes, mut list) = (Vec::new(), Vec::new());
        for (path, content, deflated) in files {
            let packed = match deflated {
                true => miniz_oxide::deflate::compress_to_vec(content, 6),
                false => content.to_vec(),
            };
            let mut fields = vec![20, 0, 0, 0, if *deflated { 8 } else { 0 }, 0, 0, 0, 0, 0];
            fields.extend(checksum(content).to_le_bytes());
            fields.extend((packed.len() as u32).to_le_bytes());
            fields.extend((content.len() as u32).to_le_bytes());
            fields.extend((path.len() as u16).to_le_bytes());
            fields.extend([0, 0]);
            list.extend([ENTRY, &[20, 0], &fields, &[0; 10]].concat());
            list.extend((bytes.len() as u32).to_le_bytes());
            list.extend(path.as_bytes());
            bytes.extend([LOCAL, &fields, path.as_bytes(), &packed].concat());
        }
        let (count, start) = ((files.len() as u16).to_le_bytes(), (bytes.len() as u32).to_le_bytes());
        let size = (list.len() as u32).to_le_bytes();
        [&bytes, &list, END, &[0; 4], &count, &count, &size, &start, &[2, 0], b"hi"].concat()
    }

    fn unpacked(files: &[(&str, &[u8], bool)]) -> Vec<(String, String)> {
        let unpacked = unpack(&archive(files), |path| !path.ends_with(".png")).unwrap();
        unpacked
            .into_iter()
            .map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned()))
            .collect()
    }

    #[test]
    fn files_are_unpacked() {
        let long = "SELECT 1;\n".repeat(1000);
        let files: &[(&str, &[u8], bool)] = &[
            ("repo-main/", b"", false),
            ("repo-main/db/migrations/002.sql", long.as_bytes(), true),
            ("repo-main\\db\\migrations\\001.sql", b"SELECT 2;", false),
            ("__MACOSX/repo-main/db/migrations/._001.sql", b"x", false),
            ("repo-main/logo.png", b"x", false),
        ];
        let owned = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        assert_eq!(
            unpacked(files),
            [owned("db/migrations/002.sql", &long), owned("db/migrations/001.sql", "SELECT 2;")]
        );
        assert_eq!(unpacked(&[("a.sql", b"", true)]), [owned("a.sql", "")]);
        assert_eq!(unpacked(&[]), []);
        assert!(is_archive(&archive(&[])) && is_archive(&archive(files)) && !is_archive(b"PK SELECT"));
    }

    #[test]
    fn what_is_packed_comes_back() {
        let files = [("a/ä.sql", "SELECT 1;"), ("README.md", "")];
        let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
        assert_eq!(unpack(&pack(&files), |_| true), Ok(files.to_vec()));
        assert_eq!(unpack(&pack(&[]), |_| true), Ok(Vec::new()));
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        let whole = archive(&[("a.sql", b"SELECT 1; SELECT 1; SELECT 1;", true)]);
        let refused = |at: usize, value: u8| {
            let mut bytes = whole.clone();
            bytes[at] = value;
            unpack(&bytes, |_| true).unwrap_err()
        };
        let list = whole.windows(4).position(|window| window == ENTRY).unwrap();
        assert_eq!(refused(list, b'X'), "its list of files is damaged");
        assert_eq!(refused(list + 8, 1), "a.sql in it is encrypted");
        assert_eq!(refused(list + 10, 12), "a.sql in it is packed in another way than deflate");
        assert_eq!(refused(list + 16, 0), "a.sql in it is damaged");
        assert_eq!(refused(list + 24, 9), "a.sql in it is damaged");
        assert!(refused(list + 27, 9).starts_with("unpacked it has more than 64 MB"));
        assert_eq!(refused(list + 45, 9), "a.sql in it is damaged");
        // Without its last two bytes, the comment, it is whole.
        for end in 0..whole.len() - 2 {
            assert!(unpack(&whole[..end], |_| true).is_err(), "{end}");
        }
    }
}
