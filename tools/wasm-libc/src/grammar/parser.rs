//! The parser's side of it: the tables are statics of C.

use std::ffi::{c_int, c_short, c_ushort};
use std::slice;

use super::{Grammar, Tables, derive};

/// The structure of `tables/parse.c`.
#[repr(C)]
pub struct GrammarAndTables {
    tokens: c_int,
    nonterminals: c_int,
    rules: c_int,
    symbols: c_int,
    decisions: c_int,
    states: c_int,
    entries: c_int,
    made: *const c_ushort,
    symbols_of_rules: *const c_short,
    decided: *const c_short,
    default_rules: *mut c_ushort,
    rows: *mut c_int,
    default_gotos: *mut c_short,
    columns: *mut c_int,
    actions: *mut c_short,
    check: *mut c_short,
}

/// Fills the tables of PostgreSQL's grammar.
///
/// # Safety
///
/// Each pointer must be to as many numbers as the structure says: of rules, symbols and decisions what is read; by state,
/// by nonterminal and by entry what is written, which nothing else may use meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fill_grammar_tables(c: &GrammarAndTables) {
    let [states, nonterminals, entries] = [c.states, c.nonterminals, c.entries].map(|count| count as usize);
    // SAFETY: the caller promises as much.
    let (grammar, mut tables) = unsafe {
        let grammar = Grammar {
            tokens: c.tokens as u16,
            nonterminals: c.nonterminals as u16,
            made: slice::from_raw_parts(c.made, c.rules as usize),
            symbols: slice::from_raw_parts(c.symbols_of_rules, c.symbols as usize),
            decisions: slice::from_raw_parts(c.decided, c.decisions as usize),
        };
        let tables = Tables {
            default_rules: slice::from_raw_parts_mut(c.default_rules, states),
            rows: slice::from_raw_parts_mut(c.rows, states),
            default_gotos: slice::from_raw_parts_mut(c.default_gotos, nonterminals),
            columns: slice::from_raw_parts_mut(c.columns, nonterminals),
            actions: slice::from_raw_parts_mut(c.actions, entries),
            check: slice::from_raw_parts_mut(c.check, entries),
        };
        (grammar, tables)
    };
    tables.check.fill(-1);
    let filled = derive(grammar, &mut tables);
    assert!(
        filled.is_some(),
        "there is room: the tables are as long as they came out when the parser was compiled"
    );
}
