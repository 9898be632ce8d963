//! JSON: reading it, small as WebAssembly and never so deep that it takes more stack than a browser has; and writing a string.

use std::fmt::{self, Write};
use std::ops::Index;

/// How many arrays and objects may stand in each other.
const DEPTH: usize = 127;

/// A value. What is not there is [`Json::Null`].
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`, or nothing at all.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object: names and values, in their order.
    Object(Vec<(String, Json)>),
}

/// Where a text stops being JSON, or nests too deep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Error {
    /// The line, from 1.
    pub line: usize,
    /// The byte of the line, from 1.
    pub column: usize,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no JSON from line {}, column {}", self.line, self.column)
    }
}

impl Json {
    /// Reads a text that is one value.
    pub fn parse(text: &str) -> Result<Json, Error> {
        let mut reader = Reader { text, at: 0, depth: 0 };
        let value = reader.value().filter(|_| {
            reader.skip_white();
            reader.at == text.len()
        });
        value.ok_or_else(|| {
            let read = &text.as_bytes()[..reader.at];
            let line = read.iter().filter(|byte| **byte == b'\n').count();
            let column = read.iter().rev().take_while(|byte| **byte != b'\n').count();
            Error { line: line + 1, column: column + 1 }
        })
    }

    /// Is there nothing?
    pub fn is_null(&self) -> bool {
        *self == Json::Null
    }

    /// A string; empty for anything else.
    pub fn text(&self) -> &str {
        match self {
            Json::String(text) => text,
            _ => "",
        }
    }

    /// A whole number that is not negative and not large.
    pub fn number(&self) -> Option<u32> {
        match self {
            Json::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// The elements of an array; none for anything else.
    pub fn list(&self) -> &[Json] {
        match self {
            Json::Array(list) => list,
            _ => &[],
        }
    }

    /// The members of an object; none for anything else.
    pub fn members(&self) -> &[(String, Json)] {
        match self {
            Json::Object(members) => members,
            _ => &[],
        }
    }
}

impl Index<&str> for Json {
    type Output = Json;

    /// The member of that name. As in other readers, the last of several counts.
    fn index(&self, name: &str) -> &Json {
        self.members().iter().rev().find(|(other, _)| other == name).map_or(&Json::Null, |(_, value)| value)
    }
}

impl Index<usize> for Json {
    type Output = Json;

    /// The element of that index.
    fn index(&self, index: usize) -> &Json {
        self.list().get(index).unwrap_or(&Json::Null)
    }
}

/// A text as a JSON string. It has no `<` or `>`, so that it can stand in HTML.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out += "\\n",
            '\0'..' ' | '<' | '>' => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            other => out.push(other),
        }
    }
    out + "\""
}

/// Reads from left to right. Where something is none, it stands at what is wrong.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_white(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Goes past this, if it comes next.
    fn take(&mut self, word: &str) -> Option<()> {
        self.text[self.at..].starts_with(word).then(|| self.at += word.len())
    }

    fn value(&mut self) -> Option<Json> {
        self.skip_white();
        match self.peek()? {
            b'{' => self
                .members(b'}', |reader| {
                    reader.skip_white();
                    let name = reader.string()?;
                    reader.skip_white();
                    reader.take(":")?;
                    Some((name, reader.value()?))
                })
                .map(Json::Object),
            b'[' => self.members(b']', Reader::value).map(Json::Array),
            b'"' => self.string().map(Json::String),
            b't' => self.take("true").map(|()| Json::Bool(true)),
            b'f' => self.take("false").map(|()| Json::Bool(false)),
            b'n' => self.take("null").map(|()| Json::Null),
            _ => self.number(),
        }
    }

    /// What stands between brackets, parted by commas.
    fn members<T>(&mut self, end: u8, mut member: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        if self.depth == DEPTH {
            return None;
        }
        self.depth += 1;
        self.at += 1;
        let mut members = Vec::new();
        self.skip_white();
        while self.peek()? != end {
            if !members.is_empty() {
                self.take(",")?;
            }
            members.push(member(self)?);
            self.skip_white();
        }
        self.depth -= 1;
        self.at += 1;
        Some(members)
    }

    fn string(&mut self) -> Option<String> {
        self.take("\"")?;
        let mut text = String::new();
        loop {
            let letter = self.text[self.at..].chars().next()?;
            match letter {
                '"' => {
                    self.at += 1;
                    return Some(text);
                }
                '\\' => text.push(self.escaped()?),
                '\0'..' ' => return None,
                other => {
                    text.push(other);
                    self.at += other.len_utf8();
                }
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let letter = match self.text.as_bytes().get(self.at + 1)? {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_point(),
            _ => return None,
        };
        self.at += 2;
        Some(letter)
    }

    /// `\u0041`, or a pair of surrogates. What is half of one is no character.
    fn code_point(&mut self) -> Option<char> {
        let first = self.unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        let second = self.unit().filter(|second| (0xdc00..0xe000).contains(second))?;
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
    }

    fn unit(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 6)?.strip_prefix("\\u")?;
        let unit =
            digits.bytes().try_fold(0, |unit, digit| Some(unit << 4 | char::from(digit).to_digit(16)?))?;
        self.at += 6;
        Some(unit)
    }

    fn number(&mut self) -> Option<Json> {
        let start = self.at;
        let _ = self.take("-");
        match self.peek()? {
            b'0' => self.at += 1,
            _ => self.digits()?,
        }
        if self.take(".").is_some() {
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            let _ = self.take("+").or_else(|| self.take("-"));
            self.digits()?;
        }
        Some(Json::Number(self.text[start..self.at].to_owned()))
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    /// The same value as the reader of everyone else has it.
    fn theirs(value: &Json) -> Value {
        match value {
            Json::Null => Value::Null,
            Json::Bool(value) => (*value).into(),
            Json::Number(digits) => serde_json::from_str(digits).unwrap(),
            Json::String(text) => text.as_str().into(),
            Json::Array(list) => list.iter().map(theirs).collect(),
            Json::Object(members) => {
                members.iter().map(|(name, value)| (name.clone(), theirs(value))).collect()
            }
        }
    }

    #[test]
    fn what_is_json_is_read_and_nothing_else() {
        for text in [
            "null",
            " true ",
            "false",
            "0",
            "-0",
            "-12.5e+3",
            "1E9",
            "\"\"",
            "[]",
            "{}",
            " [ 1 , [ ] , { } ] ",
            r#"{"a": {"b": [1, "x", null]}, "c": "d"}"#,
            r#"{"a": 1, "a": 2}"#,
            r#""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00é😀""#,
            "",
            " ",
            "nul",
            "tru",
            "truex",
            "01",
            "1.",
            ".5",
            "+1",
            "-",
            "1e",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[",
            "[1",
            "{",
            "{a: 1}",
            r#"{"a"}"#,
            r#"{"a": 1,}"#,
            r#"{"a": 1"#,
            r#"{1: 1}"#,
            "\"",
            "\"\n\"",
            r#""\x""#,
            r#""\u12""#,
            r#""\ud83d""#,
            r#""\ud83dx""#,
            r#""\ude00""#,
            "1 2",
            "[] x",
            "\u{feff}1",
            "'a'",
            "NaN",
        ] {
            let expected = serde_json::from_str::<Value>(text).ok();
            assert_eq!(Json::parse(text).ok().as_ref().map(theirs), expected, "{text}");
        }
    }

    #[test]
    fn an_error_says_where() {
        for (text, line, column) in [("", 1, 1), ("{\n  \"a\": x\n}", 2, 8), ("[1] 2", 1, 5)] {
            assert_eq!(Json::parse(text), Err(Error { line, column }), "{text}");
        }
    }

    #[test]
    fn nesting_has_an_end() {
        let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert!(Json::parse(&nested(DEPTH)).is_ok());
        assert!(Json::parse(&nested(DEPTH + 1)).is_err());
        assert!(Json::parse(&"[".repeat(1_000_000)).is_err());
    }

    #[test]
    fn what_is_not_there_is_null() {
        let json = Json::parse(r#"{"a": [{"b": "c", "d": 7}], "e": -1}"#).unwrap();
        assert_eq!((json["a"][0]["b"].text(), json["a"][0]["d"].number()), ("c", Some(7)));
        assert!(json["x"][3]["y"].is_null() && json["a"]["b"].is_null());
        assert_eq!((json["e"].number(), json["x"].text(), json["a"].list().len()), (None, "", 1));
    }
}
