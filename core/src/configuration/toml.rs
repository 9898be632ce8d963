//! As much of TOML as a configuration needs: tables, bare and quoted keys, strings, whole numbers, arrays of strings.

use std::ops::Range;

/// A line `key = value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The table it is in; empty before the first.
    pub table: String,
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: Value,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// What a key can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// A string.
    Text(String),
    /// A whole number.
    Number(u64),
    /// Several strings.
    Texts(Vec<String>),
}

/// Something that is not understood, and where.
pub(super) type Fault = (Range<usize>, String);

/// What a value may be.
const VALUES: &str = "a value is a \"string\", a whole number or an array of strings";

/// The entries of a text. A line that is not understood is left out and told of.
pub(super) fn read(text: &str) -> (Vec<Entry>, Vec<Fault>) {
    let mut reader = Reader { text, at: text.len() - text.trim_start_matches('\u{feff}').len() };
    let (mut entries, mut faults): (Vec<Entry>, Vec<Fault>) = (Vec::new(), Vec::new());
    let mut table = String::new();
    loop {
        reader.skip_blank();
        let start = reader.at;
        if reader.rest().is_empty() {
            return (entries, faults);
        }
        let outcome = match reader.table() {
            Some(name) => name.map(|name| table = name),
            None => reader.entry().and_then(|(key, value)| {
                if entries.iter().any(|known| known.table == table && known.key == key) {
                    return Err(format!("{key} is set twice"));
                }
                entries.push(Entry { table: table.clone(), key, value, range: start..reader.at });
                Ok(())
            }),
        };
        if let Err(message) = outcome.and_then(|()| reader.end_of_line()) {
            faults.push((start..reader.line_end(), message));
            reader.at = reader.line_end();
        }
    }
}

/// A place in the text.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn line_end(&self) -> usize {
        self.at + self.rest().find('\n').unwrap_or(self.rest().len())
    }

    fn take(&mut self, expected: char) -> bool {
        let is_next = self.rest().starts_with(expected);
        self.at += if is_next { expected.len_utf8() } else { 0 };
        is_next
    }

    fn skip_spaces(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches([' ', '\t']).len();
    }

    /// Over white space, line ends and comments.
    fn skip_blank(&mut self) {
        loop {
            self.at = self.text.len() - self.rest().trim_start().len();
            if !self.rest().starts_with('#') {
                return;
            }
            self.at = self.line_end();
        }
    }

    fn end_of_line(&mut self) -> Result<(), String> {
        self.skip_spaces();
        let rest = self.rest();
        if rest.is_empty() || rest.starts_with(['\n', '\r', '#']) {
            return Ok(());
        }
        Err(format!("nothing is expected after the value; {VALUES}"))
    }

    /// `[name]`, where there is one.
    fn table(&mut self) -> Option<Result<String, String>> {
        if !self.take('[') {
            return None;
        }
        self.skip_spaces();
        let name = self.key();
        self.skip_spaces();
        let is_closed = self.take(']');
        Some(name.filter(|_| is_closed).ok_or_else(|| "a table is written [name]".to_owned()))
    }

    fn entry(&mut self) -> Result<(String, Value), String> {
        let key = self.key().ok_or("a line is written key = value")?;
        self.skip_spaces();
        if !self.take('=') {
            return Err(format!("after {key} an = is expected"));
        }
        self.skip_spaces();
        self.value().map(|value| (key, value))
    }

    fn key(&mut self) -> Option<String> {
        if self.rest().starts_with(['"', '\'']) {
            return self.string().ok();
        }
        let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let length = self.rest().find(|c| !is_bare(c)).unwrap_or(self.rest().len());
        let key = &self.rest()[..length];
        self.at += length;
        (length > 0).then(|| key.to_owned())
    }

    fn value(&mut self) -> Result<Value, String> {
        if self.rest().starts_with(['"', '\'']) {
            return self.string().map(Value::Text);
        }
        if !self.take('[') {
            let is_part = |c: char| c.is_ascii_digit() || c == '_';
            let length = self.rest().find(|c| !is_part(c)).unwrap_or(self.rest().len());
            let digits = self.rest()[..length].replace('_', "");
            self.at += length;
            return digits.parse().map(Value::Number).map_err(|_| VALUES.to_owned());
        }
        let mut texts = Vec::new();
        loop {
            self.skip_blank();
            if self.take(']') {
                return Ok(Value::Texts(texts));
            }
            texts.push(self.string()?);
            self.skip_blank();
            if !self.take(',') && !self.rest().starts_with(']') {
                return Err("the array is not closed by ]".to_owned());
            }
        }
    }

    /// A string in double quotes, with escapes, or in single ones, without.
    fn string(&mut self) -> Result<String, String> {
        let quote = self.rest().chars().next().filter(|c| matches!(c, '"' | '\'')).ok_or(VALUES)?;
        let mut chars = self.rest().char_indices().skip(1);
        let mut text = String::new();
        while let Some((at, c)) = chars.next() {
            match c {
                _ if c == quote => {
                    self.at += at + 1;
                    return Ok(text);
                }
                '\n' => break,
                '\\' if quote == '"' => match chars.next() {
                    Some((_, c @ ('"' | '\\'))) => text.push(c),
                    Some((_, 'n')) => text.push('\n'),
                    Some((_, 't')) => text.push('\t'),
                    _ => return Err("of escapes \\\\, \\\", \\n and \\t are known".to_owned()),
                },
                _ => text.push(c),
            }
        }
        Err("the string is not closed on its line".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<(String, String, Value)> {
        let (entries, faults) = read(text);
        assert_eq!(faults, [], "{text}");
        entries.into_iter().map(|entry| (entry.table, entry.key, entry.value)).collect()
    }

    #[test]
    fn entries_are_read() {
        let text = "\u{feff}# settings\na = 'x\\'\r\n\"b:c\"=\"q\\\"\\n\" # why\n\n[ t ] # table\nn = 10_000\nlist = [ 'a', # one\n  \"b\",\n]\nnone=[]";
        let owned = |table: &str, key: &str, value| (table.to_owned(), key.to_owned(), value);
        assert_eq!(
            values(text),
            [
                owned("", "a", Value::Text("x\\".to_owned())),
                owned("", "b:c", Value::Text("q\"\n".to_owned())),
                owned("t", "n", Value::Number(10_000)),
                owned("t", "list", Value::Texts(vec!["a".to_owned(), "b".to_owned()])),
                owned("t", "none", Value::Texts(Vec::new())),
            ]
        );
    }

    #[test]
    fn faults_say_where_and_why_and_the_rest_is_read() {
        for (line, message) in [
            ("a", "after a an = is expected"),
            ("= 1", "a line is written key = value"),
            ("a = ", VALUES),
            ("a = true", VALUES),
            ("a = 1.5", "nothing is expected after the value"),
            ("a = \"x", "the string is not closed on its line"),
            ("a = \"\\u0041\"", "of escapes"),
            ("a = 99999999999999999999999", VALUES),
            ("[t", "a table is written [name]"),
            ("[[t]]", "a table is written [name]"),
            ("b = 2", "b is set twice"),
            ("c = ['a'", "the array is not closed by ]"),
        ] {
            let text = format!("b = 1\n{line}\nz = 2\n");
            let (entries, faults) = read(&text);
            assert_eq!(faults.len(), 1, "{line}: {faults:?}");
            assert_eq!(faults[0].0.start, 6, "{line}");
            assert!(faults[0].1.starts_with(message), "{line}: {}", faults[0].1);
            if !line.starts_with('c') {
                assert_eq!(entries.last().map(|entry| entry.key.as_str()), Some("z"), "{line}");
            }
        }
    }
}
