//! The tables of PostgreSQL's grammar, worked out from its rules.
//!
//! A parser made by Bison is driven by tables: for each of its states what to do on a token, and where to go on
//! once a rule is complete. PostgreSQL's take half a megabyte, 50 kB of a compressed module. All of it but a few
//! hundred entries follows from the rules, which are an eighth of that. So the tables stay out of the module
//! (`tables/main.rs` takes them out while the parser is compiled), and [`derive`] fills them before the first parse.

mod automaton;
#[cfg(target_arch = "wasm32")]
pub mod parser;
mod rows;

use automaton::Automaton;
use rows::Rows;

/// A symbol: a token, or, after all of these, what a rule makes.
pub type Symbol = u16;
/// A state of the parser.
pub type State = u16;

/// What the tables follow from.
#[derive(Clone, Copy)]
pub struct Grammar<'a> {
    /// How many symbols are tokens.
    pub tokens: u16,
    /// How many are not.
    pub nonterminals: u16,
    /// What each rule makes, in the order of these; the first rule is number 1 (Bison's `yyr1`).
    pub made: &'a [Symbol],
    /// The symbols of each rule, ended by -1, from number 1 on (Bison's `yyrhs`).
    pub symbols: &'a [i16],
    /// Where precedence decides, and which reduction is the default one: for each state that it concerns the state, the default
    /// rule, a number of entries, and these: a token and its [action](Tables::actions), 0 for none.
    pub decisions: &'a [i16],
}

/// The tables as Bison's parser reads them, under Bison's names. In `check`, all is -1 to begin with.
pub struct Tables<'a> {
    /// `yydefact`: each state's default rule, 0 for none.
    pub default_rules: &'a mut [u16],
    /// `yypact`: where each state's row begins in the packed table; [`NO_ROW`] where the default rule is all there is.
    pub rows: &'a mut [i32],
    /// `yydefgoto`: where each nonterminal leads in most states.
    pub default_gotos: &'a mut [i16],
    /// `yypgoto`: where the column with the others begins.
    pub columns: &'a mut [i32],
    /// `yytable`: a state to go to; a rule to reduce with, negative; or [`ERROR`].
    pub actions: &'a mut [i16],
    /// `yycheck`: the token, or the state, that the entry is for.
    pub check: &'a mut [i16],
}

/// `YYPACT_NINF`.
pub const NO_ROW: i32 = i16::MIN as i32;
/// `YYTABLE_NINF`.
pub const ERROR: i16 = i16::MIN;

/// Fills the tables and says how much of the packed ones is used; none where they are too small.
pub fn derive(grammar: Grammar<'_>, tables: &mut Tables<'_>) -> Option<usize> {
    let mut automaton = Automaton::of(grammar);
    let mut rows = Rows::new(&mut *tables.actions, &mut *tables.check);
    let mut decisions = grammar.decisions;
    let mut gotos: Vec<Vec<(u16, i16)>> = vec![Vec::new(); grammar.nonterminals.into()];
    let mut row = Vec::new();
    let mut state = 0;
    while let Some(step) = automaton.step(state) {
        row.clear();
        for &(symbol, next) in step.next {
            match symbol.checked_sub(grammar.tokens) {
                None => row.push((symbol, next as i16)),
                Some(nonterminal) => gotos[usize::from(nonterminal)].push((state, next as i16)),
            }
        }
        let mut default_rule = step.complete;
        if let [of, rule, count, rest @ ..] = decisions
            && *of == state as i16
        {
            default_rule = *rule as u16;
            let (entries, rest) = rest.split_at(2 * *count as usize);
            for entry in entries.chunks(2) {
                decide(&mut row, entry[0] as Symbol, entry[1]);
            }
            decisions = rest;
        }
        tables.default_rules[usize::from(state)] = default_rule;
        tables.rows[usize::from(state)] = if row.is_empty() { NO_ROW } else { rows.place(&row)? };
        state += 1;
    }
    for (nonterminal, mut column) in gotos.into_iter().enumerate() {
        let usual = most_frequent(&column);
        column.retain(|(_, next)| *next != usual);
        tables.default_gotos[nonterminal] = usual;
        tables.columns[nonterminal] = rows.place(&column)?;
    }
    Some(rows.used())
}

/// Puts an action in the place of the token's own.
fn decide(row: &mut Vec<(u16, i16)>, token: Symbol, action: i16) {
    let place = row.partition_point(|(other, _)| *other < token);
    if row.get(place).is_some_and(|(other, _)| *other == token) {
        row.remove(place);
    }
    if action != 0 {
        row.insert(place, (token, action));
    }
}

/// Where a column leads most often, the first of equals; -1 where nowhere.
fn most_frequent(column: &[(u16, i16)]) -> i16 {
    let states = column.iter().map(|(_, next)| *next as usize + 1).max().unwrap_or(0);
    let mut counts = vec![0; states];
    for (_, next) in column {
        counts[*next as usize] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    counts.iter().position(|count| *count == most).map_or(-1, |next| next as i16)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATES: usize = 16;
    const NONTERMINALS: u16 = 3;

    /// The tokens `$end + n ( )`, then `$accept`, `sum` and `term`.
    const TOKENS: u16 = 5;
    const MADE: [Symbol; 5] = [5, 6, 6, 7, 7];
    /// `$accept: sum $end`, `sum: sum + term | term`, `term: n | ( sum )`.
    const SYMBOLS: [i16; 15] = [6, 0, -1, 6, 1, 7, -1, 7, -1, 2, -1, 3, 6, 4, -1];

    /// `sum: sum + sum | n`: which `+` goes first is a matter of decision.
    const AMBIGUOUS: ([Symbol; 3], [i16; 9]) = ([5, 6, 6], [6, 0, -1, 6, 1, 6, -1, 2, -1]);

    fn grammar<'a>(made: &'a [Symbol], symbols: &'a [i16], decisions: &'a [i16]) -> Grammar<'a> {
        Grammar { tokens: TOKENS, nonterminals: NONTERMINALS, made, symbols, decisions }
    }

    /// The rules that Bison's parser reduces with, up to the end of the input; none where that is refused.
    fn parse(grammar: Grammar<'_>, input: &[Symbol]) -> Option<Vec<u16>> {
        let (mut default_rules, mut rows) = ([0; STATES], [0; STATES]);
        let (mut default_gotos, mut columns) = ([0; NONTERMINALS as usize], [0; NONTERMINALS as usize]);
        let (mut actions, mut check) = ([0; 128], [-1; 128]);
        let mut tables = Tables {
            default_rules: &mut default_rules,
            rows: &mut rows,
            default_gotos: &mut default_gotos,
            columns: &mut columns,
            actions: &mut actions,
            check: &mut check,
        };
        derive(grammar, &mut tables)?;
        let entry = |start: i32, index: u16| {
            let at = usize::try_from(start + i32::from(index)).ok()?;
            (check.get(at) == Some(&(index as i16))).then(|| actions[at])
        };
        let rules: Vec<&[i16]> = grammar.symbols.split(|symbol| *symbol < 0).collect();
        let (mut input, mut states, mut reduced) = (input.iter().peekable(), vec![0_u16], Vec::new());
        loop {
            let state = *states.last()?;
            let row = Some(rows[usize::from(state)]).filter(|row| *row != NO_ROW);
            let token = **input.peek().unwrap_or(&&0);
            let rule = match row.and_then(|row| entry(row, token)) {
                Some(ERROR) => return None,
                Some(next) if next > 0 => {
                    if input.next().is_none() {
                        return Some(reduced);
                    }
                    states.push(next as u16);
                    continue;
                }
                Some(rule) => rule.unsigned_abs(),
                None => default_rules[usize::from(state)],
            };
            let made = grammar.made.get(usize::from(rule).checked_sub(1)?)?;
            states.truncate(states.len() - rules[usize::from(rule) - 1].len());
            let nonterminal = usize::from(made - TOKENS);
            let next = entry(columns[nonterminal], *states.last()?).unwrap_or(default_gotos[nonterminal]);
            states.push(u16::try_from(next).ok()?);
            reduced.push(rule);
        }
    }

    #[test]
    fn a_parser_of_derived_tables_reads_what_the_rules_say() {
        let sums = grammar(&MADE, &SYMBOLS, &[]);
        for (input, expected) in [
            (&[2][..], Some(vec![4, 3])),
            (&[2, 1, 2], Some(vec![4, 3, 4, 2])),
            (&[3, 2, 1, 2, 4], Some(vec![4, 3, 4, 2, 5, 3])),
            (&[2, 1], None),
            (&[2, 2], None),
            (&[3, 2], None),
            (&[], None),
        ] {
            assert_eq!(parse(sums, input), expected, "{input:?}");
        }
    }

    #[test]
    fn what_rules_leave_open_is_decided() {
        let (made, symbols) = AMBIGUOUS;
        let input = [2, 1, 2, 1, 2];
        // State 5 has read `sum + sum`. Without a decision, the second `+` goes first.
        for (decisions, expected) in [
            (&[][..], Some(vec![3, 3, 3, 2, 2])),
            (&[5, 2, 1, 1, -2], Some(vec![3, 3, 2, 3, 2])),
            (&[5, 2, 1, 1, 0], Some(vec![3, 3, 2, 3, 2])),
            (&[5, 2, 1, 1, ERROR], None),
            (&[5, 0, 1, 1, 0], None),
        ] {
            assert_eq!(parse(grammar(&made, &symbols, decisions), &input), expected, "{decisions:?}");
        }
    }
}
