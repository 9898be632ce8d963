//! PostgreSQL's parser, linked with this crate into a WebAssembly module.
//!
//! A function that is missing would be an import of the module, and the tests would not start.
#![cfg(target_arch = "wasm32")]

use core::arch::wasm32::memory_size;
use std::ffi::{CStr, c_char, c_int};

use lockstep_wasm_libc as _;
use wasm_bindgen_test::wasm_bindgen_test;

/// How many statements the parser sees, or its error message.
fn parse(sql: &str) -> Result<usize, String> {
    pg_query::parse(sql, 0).map(|result| result.protobuf.stmts.len()).map_err(|error| error.to_string())
}

#[track_caller]
fn assert_refused(sql: &str, message: &str) {
    let refused = parse(sql).expect_err("this SQL is wrong");
    assert!(refused.contains(message), "{refused}");
}

#[wasm_bindgen_test]
fn statements_are_parsed() {
    assert_eq!(parse("SELECT 1; CREATE TABLE t (a int PRIMARY KEY, b numeric(4, 2) DEFAULT 1.5e-3)"), Ok(2));
    assert_eq!(parse("-- nothing"), Ok(0));
}

#[wasm_bindgen_test]
fn errors_come_back_by_longjmp() {
    assert_refused("SELECT * FORM t", "syntax error at or near \"FORM\"");
    assert_refused("SELECT 'open", "unterminated quoted string");
    assert_refused("SELECT $$open", "unterminated dollar-quoted string");
    assert_refused("SELECT 1a", "trailing junk after numeric literal");
    assert_refused("SELECT U&'\\zzzz'", "invalid Unicode escape");
    assert_refused("ALTER TABLE t ALTER c TYPE", "syntax error at end of input");
}

#[wasm_bindgen_test]
fn many_errors_in_a_row_neither_leak_nor_break_the_parser() {
    let provoke = || {
        for i in 0..5_000 {
            assert_refused(&format!("SELECT {i} FORM t"), "syntax error");
        }
    };
    provoke();
    let pages = memory_size(0);
    provoke();
    assert_eq!(memory_size(0), pages);
    assert_eq!(parse("SELECT 1"), Ok(1));
}

#[wasm_bindgen_test]
fn a_script_of_a_megabyte_is_parsed() {
    let statement = "CREATE TABLE things (id bigint PRIMARY KEY, name text NOT NULL DEFAULT 'x');\n";
    assert_eq!(parse(&statement.repeat(14_000)), Ok(14_000));
}

#[wasm_bindgen_test]
fn hostile_nesting_is_an_error() {
    assert_refused(&format!("SELECT {}", "(".repeat(200_000)), "memory exhausted");
    // It depends on the build which of its limits the parser meets first.
    assert!(parse(&format!("SELECT 1{}", " || 1".repeat(20_000))).is_err());
    assert_refused(&format!("SELECT {}1{}", "f(".repeat(20_000), ")".repeat(20_000)), "memory exhausted");
    assert_eq!(parse("SELECT 1"), Ok(1));
}

#[wasm_bindgen_test]
fn tokens_are_scanned() {
    let scanned = pg_query::scan("SELECT 'a' -- b").expect("there is nothing wrong with it");
    assert_eq!(scanned.tokens.len(), 3);
    assert!(pg_query::scan("SELECT 'a").is_err());
}

#[wasm_bindgen_test]
fn plpgsql_is_parsed() {
    let function =
        |body: &str| format!("CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN {body} END $$");
    let parsed = pg_query::parse_plpgsql(&function("IF 1 > 2 THEN RETURN 1; END IF; RETURN 2;"));
    assert!(parsed.expect("there is nothing wrong with it").to_string().contains("PLpgSQL_stmt_if"));
    let refused = pg_query::parse_plpgsql(&function("IF 1 > 2 THN RETURN 1; END IF;"));
    assert!(refused.expect_err("this PL/pgSQL is wrong").to_string().contains("missing \"THEN\""));
}

/// Every function of the parser's library links, not only those that need no more than `parse`.
#[wasm_bindgen_test]
fn the_rest_of_the_library_works_too() {
    let sql = "SELECT a FROM t WHERE b = 'c' AND d = 1";
    let tree = pg_query::parse(sql, 0).expect("there is nothing wrong with it").protobuf;
    assert_eq!(pg_query::deparse(&tree, Default::default()).as_deref(), Ok(sql));
    assert_eq!(pg_query::normalize(sql).as_deref(), Ok("SELECT a FROM t WHERE b = $1 AND d = $2"));
    assert_eq!(pg_query::split_with_parser("SELECT 1; SELECT 2"), Ok(vec!["SELECT 1", "SELECT 2"]));
    let same = |a, b| {
        Ok::<_, pg_query::Error>(pg_query::fingerprint(a, 0, 0)?.hex == pg_query::fingerprint(b, 0, 0)?.hex)
    };
    assert_eq!(same("SELECT 1", "select 2"), Ok(true));
    assert_eq!(same("SELECT 1", "SELECT a"), Ok(false));
}

/// What C passes after the format arrives, whatever its size.
#[wasm_bindgen_test]
fn variadic_arguments_arrive() {
    unsafe extern "C" {
        fn snprintf(to: *mut c_char, size: usize, template: *const c_char, ...) -> c_int;
    }
    let mut text = [0; 64];
    // SAFETY: the size is the buffer's; the arguments are those of the format.
    let length = unsafe {
        snprintf(
            text.as_mut_ptr(),
            text.len(),
            c"%d %lld %s %f %zu %c %lu".as_ptr(),
            -1,
            1_i64 << 40,
            c"text".as_ptr(),
            0.5,
            2_usize,
            c_int::from(b'x'),
            std::ffi::c_ulong::MAX,
        )
    };
    // SAFETY: snprintf ends its text with a NUL.
    let text = unsafe { CStr::from_ptr(text.as_ptr()) };
    assert_eq!(text, c"-1 1099511627776 text ? 2 x 4294967295");
    assert_eq!(length, 38);
}
