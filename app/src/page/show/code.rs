//! A script as lines: coloured, with its transactions, statements and findings beside them.

use std::ops::Range;

use lockstep_core::report::json::{Finding, Script};
use lockstep_core::text::SourceFile;

use crate::protocol::{Token, TokenKind};

/// The most lines that are drawn at a time.
pub const WINDOW: u32 = 1_500;

/// One line of a script.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Line {
    /// Its number in the file, from 1.
    pub number: u32,
    /// Its text, cut where the colour changes.
    pub pieces: Vec<Piece>,
    /// Is it outside of every statement and comment, as the prose of a document is?
    pub aside: bool,
    /// The transaction beside it.
    pub bracket: Option<Bracket>,
    /// The findings that begin on it, as indexes.
    pub findings: Vec<usize>,
    /// The findings that end on it, as indexes.
    pub findings_end: Vec<usize>,
    /// The statements that end on it, as indexes.
    pub ends: Vec<usize>,
}

/// A stretch of one colour.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// What it is; none for names and white space.
    pub kind: Option<TokenKind>,
}

/// A transaction beside a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Bracket {
    /// Its index in [`Script::transactions`].
    pub transaction: usize,
    /// Does it begin on the line?
    pub first: bool,
    /// Does it end on it?
    pub last: bool,
}

/// The numbers of all lines of a script.
pub fn line_numbers(file: &SourceFile, script: &Script) -> Range<u32> {
    let last = script.offset + script.length;
    let end = file.position(last).line;
    // A script that ends with a line end has no line behind it.
    let ends_at_start = last > script.offset && file.line(end).start == last;
    script.line..end + 1 - ends_at_start as u32
}

/// A window of lines that holds the wanted one.
pub fn window(all: Range<u32>, wanted: u32) -> Range<u32> {
    if all.end - all.start <= WINDOW {
        return all;
    }
    let start = wanted.saturating_sub(WINDOW / 4).clamp(all.start, all.end - WINDOW);
    start..start + WINDOW
}

/// Some lines of a script. `findings` are those of this script, with their indexes.
pub fn lines(
    file: &SourceFile,
    script: &Script,
    tokens: &[Token],
    findings: &[(usize, &Finding)],
    numbers: Range<u32>,
) -> Vec<Line> {
    let bounds = script.offset..script.offset + script.length;
    let last_number = line_numbers(file, script).end.saturating_sub(1).max(script.line);
    let last_lines: Vec<u32> = script
        .statements
        .iter()
        .map(|statement| file.position(statement.offset + statement.length).line)
        .collect();
    numbers
        .map(|number| {
            let range = file.line(number);
            let range = range.start.max(bounds.start)..range.end.min(bounds.end);
            // Statements stand in order, so these are the first that reaches this line and the first behind it.
            let reaches = last_lines.partition_point(|last| *last < number);
            let behind = last_lines.partition_point(|last| *last <= number);
            let inside = script.statements.get(reaches).is_some_and(|statement| statement.line <= number);
            let those = |on_line: &dyn Fn(&Finding) -> bool| {
                findings.iter().filter(|(_, finding)| on_line(finding)).map(|(index, _)| *index).collect()
            };
            let pieces = pieces(&file.text, range, tokens);
            Line {
                number,
                aside: !inside && pieces.iter().all(|piece| piece.kind.is_none()),
                pieces,
                bracket: bracket(script, &last_lines, number),
                findings: those(&|finding| finding.line.max(script.line) == number),
                findings_end: those(&|finding| finding.end_line.clamp(script.line, last_number) == number),
                ends: (reaches..behind).collect(),
            }
        })
        .collect()
}

fn bracket(script: &Script, last_lines: &[u32], number: u32) -> Option<Bracket> {
    script.transactions.iter().enumerate().find_map(|(index, transaction)| {
        let first = script.statements.get(transaction.first)?.line;
        let last = *last_lines.get(transaction.last)?;
        (first..=last).contains(&number).then_some(Bracket {
            transaction: index,
            first: number == first,
            last: number == last,
        })
    })
}

/// A line that stands alone, its tokens counted from its own start.
pub fn line_pieces(text: &str, tokens: &[Token]) -> Vec<Piece> {
    pieces(text, 0..text.len() as u32, tokens)
}

fn pieces(text: &str, range: Range<u32>, tokens: &[Token]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = range.start;
    let mut push = |range: Range<u32>, kind| {
        let text = text.get(range.start as usize..range.end as usize).unwrap_or_default();
        let text = text.trim_end_matches('\r').trim_start_matches('\u{feff}');
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), kind });
        }
    };
    let first = tokens.partition_point(|token| token.start + token.length <= range.start);
    for token in tokens[first..].iter().take_while(|token| token.start < range.end) {
        let start = token.start.max(at);
        let end = (token.start + token.length).min(range.end);
        if start < end {
            push(at..start, None);
            push(start..end, Some(token.kind));
            at = end;
        }
    }
    push(at..range.end, None);
    pieces
}

#[cfg(test)]
mod tests {
    use lockstep_core::report::json::{Statement, Transaction};
    use lockstep_core::text::Workspace;

    use super::*;

    const TEXT: &str = "BEGIN;\nSELECT 'a\nb';\n\nprose\r\nCOMMIT;\n";

    fn script(text: &str) -> Script {
        let mut offset = 0;
        let mut statements = Vec::new();
        for sql in ["BEGIN", "SELECT 'a\nb'", "COMMIT"] {
            offset += text[offset..].find(sql).unwrap();
            statements.push(Statement {
                line: text[..offset].matches('\n').count() as u32 + 1,
                column: 1,
                offset: offset as u32,
                length: sql.len() as u32,
                kind: String::new(),
                sql: sql.into(),
                modelled: true,
                error: None,
                locks: vec![],
                work: vec![],
                confirmed: None,
                changes: vec![],
                assumed: vec![],
            });
        }
        Script {
            path: "a.sql".into(),
            title: "a.sql".into(),
            transaction: "none".into(),
            missing: false,
            offset: 0,
            length: text.len() as u32,
            line: 1,
            statements,
            transactions: vec![Transaction { first: 0, last: 1, by: "script".into(), end: "commit".into() }],
        }
    }

    fn shown(tokens: &[Token]) -> Vec<Line> {
        let mut workspace = Workspace::new();
        let id = workspace.add("a.sql", TEXT);
        let file = workspace.file(id);
        let script = script(TEXT);
        lines(file, &script, tokens, &[], line_numbers(file, &script))
    }

    #[test]
    fn a_script_is_all_its_lines() {
        let shown = shown(&[]);
        assert_eq!(shown.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
        let text: Vec<_> = shown[4].pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(text, ["prose"], "without the carriage return");
        assert_eq!(
            shown.iter().map(|line| line.aside).collect::<Vec<_>>(),
            [false, false, false, true, true, false]
        );
    }

    #[test]
    fn statements_end_and_transactions_bracket() {
        let shown = shown(&[]);
        let ends: Vec<_> = shown.iter().map(|line| line.ends.clone()).collect();
        assert_eq!(ends, [vec![0], vec![], vec![1], vec![], vec![], vec![2]]);
        let brackets: Vec<_> =
            shown.iter().map(|line| line.bracket.map(|bracket| (bracket.first, bracket.last))).collect();
        assert_eq!(brackets[..4], [Some((true, false)), Some((false, false)), Some((false, true)), None]);
    }

    #[test]
    fn a_token_over_two_lines_colours_both() {
        let string = Token { start: 14, length: 5, kind: TokenKind::String };
        let shown = shown(&[string]);
        let coloured = |line: &Line| {
            line.pieces
                .iter()
                .filter(|piece| piece.kind.is_some())
                .map(|piece| piece.text.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!((coloured(&shown[1]), coloured(&shown[2])), (vec!["'a".into()], vec!["b'".into()]));
    }

    #[test]
    fn a_window_holds_the_wanted_line() {
        assert_eq!(window(1..100, 50), 1..100);
        for wanted in [1, 2_000, 9_999] {
            let window = window(1..10_000, wanted);
            assert!(
                window.contains(&wanted) && window.end - window.start == WINDOW && window.start >= 1,
                "{window:?}"
            );
        }
    }
}
