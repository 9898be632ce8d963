//! The grammar's file, as Bison writes it.

use crate::c::{array, defined, definition, definition_line, numbers};
use crate::grammar_tables::{ERROR, Grammar, NO_ROW, Tables, derive};

/// More entries than the packed tables can need.
const ROOM: usize = 1 << 20;

/// The C with room for the tables in their place, and with a parser that has them filled before it begins. They are worked
/// out here as they will be there, and compared.
pub fn without_tables(source: &str) -> String {
    let tokens = defined(source, "YYNTOKENS");
    // Rule 0 is none.
    let made: Vec<u16> = numbers(source, "yyr1").into_iter().skip(1).map(|symbol| symbol as u16).collect();
    let symbols = short(numbers(source, "yyrhs"));
    let original = Filled::read(source);
    let [states, nonterminals] = [original.rows.len(), original.columns.len()];
    let mut grammar = Grammar {
        tokens: tokens as u16,
        nonterminals: nonterminals as u16,
        made: &made,
        symbols: &symbols,
        decisions: &[],
    };
    let decisions = original.decisions(&Filled::derive(grammar, states), tokens as usize);
    grammar.decisions = &decisions;
    let derived = Filled::derive(grammar, states);
    original.compare(&derived, tokens as usize);

    let mut c = source.to_owned();
    let used = derived.actions.len();
    for (name, kind, size) in [
        ("yydefact", "unsigned short", states),
        ("yypact", "int", states),
        ("yydefgoto", "short", nonterminals),
        ("yypgoto", "int", nonterminals),
        ("yytable", "short", used),
        ("yycheck", "short", used),
    ] {
        c = c.replace(definition(source, name), &format!("static {kind} {name}[{size}];"));
    }
    for (name, value) in
        [("YYLAST", used as i32 - 1), ("YYPACT_NINF", NO_ROW), ("YYTABLE_NINF", ERROR.into())]
    {
        c = c.replace(definition_line(source, name), &format!("#define {name} ({value})"));
    }
    c = c.replace("#define yyparse base_yyparse", "#define yyparse parse_with_tables");
    c += &array("short", "grammar_symbols", &symbols);
    c += &array("short", "grammar_decisions", &decisions);
    c + include_str!("parse.c")
}

/// Filled tables, under the names that [`Tables`] has for them.
struct Filled {
    default_rules: Vec<u16>,
    rows: Vec<i32>,
    default_gotos: Vec<i16>,
    columns: Vec<i32>,
    actions: Vec<i16>,
    check: Vec<i16>,
}

impl Filled {
    /// What Bison wrote.
    fn read(source: &str) -> Self {
        let (no_row, error) = (defined(source, "YYPACT_NINF"), defined(source, "YYTABLE_NINF"));
        let row = |row| if row == no_row { NO_ROW } else { row };
        // Either is an error, of an entry that is for the token.
        let action = |action| if action == error || action == 0 { ERROR } else { action as i16 };
        Filled {
            default_rules: numbers(source, "yydefact").into_iter().map(|rule| rule as u16).collect(),
            rows: numbers(source, "yypact").into_iter().map(row).collect(),
            default_gotos: short(numbers(source, "yydefgoto")),
            columns: numbers(source, "yypgoto"),
            actions: numbers(source, "yytable").into_iter().map(action).collect(),
            check: short(numbers(source, "yycheck")),
        }
    }

    /// What the module will work out.
    fn derive(grammar: Grammar<'_>, states: usize) -> Self {
        let nonterminals = usize::from(grammar.nonterminals);
        let mut filled = Filled {
            default_rules: vec![0; states],
            rows: vec![0; states],
            default_gotos: vec![0; nonterminals],
            columns: vec![0; nonterminals],
            actions: vec![0; ROOM],
            check: vec![-1; ROOM],
        };
        let mut tables = Tables {
            default_rules: &mut filled.default_rules,
            rows: &mut filled.rows,
            default_gotos: &mut filled.default_gotos,
            columns: &mut filled.columns,
            actions: &mut filled.actions,
            check: &mut filled.check,
        };
        let used = derive(grammar, &mut tables).expect("there is room");
        filled.actions.truncate(used);
        filled.check.truncate(used);
        filled
    }

    /// The entry of a row or column, as the parser looks it up.
    fn entry(&self, start: i32, index: usize) -> Option<i16> {
        let at = usize::try_from(start + index as i32).ok()?;
        self.check.get(at).filter(|check| **check == index as i16).map(|_| self.actions[at])
    }

    /// What to do in a state on each token, 0 for its default rule; none where that needs no look at the token.
    fn actions(&self, state: usize, tokens: usize) -> Option<Vec<i16>> {
        let row = Some(self.rows[state]).filter(|row| *row != NO_ROW)?;
        Some((0..tokens).map(|token| self.entry(row, token).unwrap_or(0)).collect())
    }

    /// Where the parser does not go as usual once it has made a nonterminal, by state.
    fn gotos(&self, nonterminal: usize) -> Vec<Option<i16>> {
        (0..self.rows.len()).map(|state| self.entry(self.columns[nonterminal], state)).collect()
    }

    /// What does not follow from the rules: see [`Grammar::decisions`].
    fn decisions(&self, undecided: &Filled, tokens: usize) -> Vec<i16> {
        let mut decisions = Vec::new();
        for state in 0..self.rows.len() {
            let of = |filled: &Filled| filled.actions(state, tokens).unwrap_or_else(|| vec![0; tokens]);
            let (actions, undecided_actions) = (of(self), of(undecided));
            let decided: Vec<i16> = (0..tokens)
                .filter(|token| actions[*token] != undecided_actions[*token])
                .flat_map(|token| [token as i16, actions[token]])
                .collect();
            let rule = self.default_rules[state];
            if !decided.is_empty() || rule != undecided.default_rules[state] {
                decisions.extend([state as i16, rule as i16, decided.len() as i16 / 2]);
                decisions.extend(decided);
            }
        }
        decisions
    }

    /// Fails where the parser would read something else.
    fn compare(&self, derived: &Filled, tokens: usize) {
        assert_eq!(self.default_rules, derived.default_rules);
        assert_eq!(self.default_gotos, derived.default_gotos);
        for state in 0..self.rows.len() {
            assert_eq!(self.actions(state, tokens), derived.actions(state, tokens), "state {state}");
        }
        for nonterminal in 0..self.columns.len() {
            assert_eq!(self.gotos(nonterminal), derived.gotos(nonterminal), "nonterminal {nonterminal}");
        }
    }
}

fn short(numbers: Vec<i32>) -> Vec<i16> {
    numbers.into_iter().map(|number| number.try_into().expect("a small number")).collect()
}
