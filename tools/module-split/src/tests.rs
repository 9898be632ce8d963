//! What is split does what it did before: small programs, run whole and split, after a first run has told what ran.

use std::collections::BTreeSet;

use wasmi::{Engine, Extern, Func, Instance, Linker, Module, Ref, Store, Val};

use super::{instrument, parted};

/// Enough code to be worth a part.
const MUCH: &str =
    "(local.set $x (i32.add (i32.mul (local.get $x) (i32.const 1103515245)) (i32.const 12345)))
     (local.set $y (i32.xor (local.get $y) (i32.add (local.get $x) (i32.const 77777))))
     (local.set $x (i32.add (i32.mul (local.get $x) (i32.const 69069001)) (local.get $y)))
     (local.set $y (i32.rotl (local.get $y) (i32.const 5)))
     (local.set $y (i32.xor (local.get $y) (i32.add (local.get $x) (i32.const 99999))))";

/// Bodies of `run`, which has a parameter `$n`, a result, and locals `$x` and `$y`. MUCH stands for some code. All run with
/// 0 before they are split.
const BODIES: &[(&str, &str)] = &[
    ("goes on behind it", "(if (local.get $n) (then MUCH)) (i32.add (local.get $x) (local.get $y))"),
    ("both arms", "(if (local.get $n) (then MUCH) (else (local.set $x (i32.const 3)))) (local.get $x)"),
    ("returns from it", "(if (local.get $n) (then MUCH (return (local.get $y)))) (i32.const 7)"),
    (
        "returns from it or goes on",
        "(if (local.get $n) (then MUCH (if (i32.and (local.get $x) (i32.const 1)) (then (return (local.get $y)))) MUCH)) (local.get $x)",
    ),
    (
        "branches out of it to several blocks",
        "(block $a (block $b (block $c
           (br_if $c (i32.eqz (local.get $n)))
           MUCH
           (br_if $a (i32.and (local.get $y) (i32.const 1)))
           MUCH
           (br_if $b (i32.and (local.get $y) (i32.const 2)))
           MUCH)
           (return (i32.add (local.get $x) (i32.const 1))))
           (local.set $x (i32.add (local.get $x) (i32.const 2))))
         (i32.add (local.get $x) (local.get $y))",
    ),
    (
        "a branch with a value",
        "(block $a (result i32)
           (if (local.get $n) (then MUCH (br_if $a (local.get $x) (i32.and (local.get $y) (i32.const 4))) (drop) MUCH))
           (local.get $y))",
    ),
    (
        "a table of branches within it and out of it",
        "(block $out (if (local.get $n) (then MUCH
           (block $in (br_table $in $out $in (i32.rem_u (local.get $x) (i32.const 3)))) MUCH))
           (local.set $y (i32.add (local.get $y) (i32.const 1))))
         (i32.add (local.get $x) (local.get $y))",
    ),
    (
        "within a loop, whose locals go round",
        "(local.set $x (i32.const 5))
         (loop $again
           (if (i32.gt_u (local.get $n) (i32.const 2)) (then MUCH (local.set $n (i32.sub (local.get $n) (i32.const 1))) (br $again)))
           (local.set $y (i32.add (local.get $y) (i32.const 1)))
           (br_if $again (i32.lt_u (local.get $y) (i32.const 3))))
         (i32.xor (local.get $x) (local.get $y))",
    ),
    (
        "a value waits below it",
        "(i32.add (i32.mul (local.get $n) (i32.const 3)) (block (result i32) (if (local.get $n) (then MUCH)) (local.get $x)))",
    ),
    ("calls a function that did not run", "(if (local.get $n) (then (local.set $x (call $cold (local.get $n))))) (local.get $x)"),
    (
        "calls what is called from both",
        "(if (local.get $n) (then MUCH (local.set $x (call $shared (local.get $x))))) (call $shared (local.get $x))",
    ),
    ("calls through a table", "(if (local.get $n) (then MUCH (local.set $x (call_indirect (type $of) (local.get $y) (i32.const 0))))) (local.get $x)"),
    ("ends there", "(if (i32.gt_u (local.get $n) (i32.const 9)) (then MUCH (unreachable))) (local.get $n)"),
    ("memory and globals", "(if (local.get $n) (then MUCH (i32.store (i32.const 8) (local.get $x)) (global.set $g (local.get $y)))) (i32.add (i32.load (i32.const 8)) (global.get $g))"),
];

/// A module with such a function.
fn module(body: &str) -> Vec<u8> {
    let text = format!(
        "(module
           (type $of (func (param i32) (result i32)))
           (import \"host\" \"join\" (func $join))
           (memory 1)
           (table 1 funcref)
           (global $g (mut i32) (i32.const 40))
           (elem (i32.const 0) $cold)
           (func (export \"join_rest\") (call $join))
           (func $cold (type $of) (local $x i32) (local $y i32) (local.set $x (local.get 0)) MUCH (call $shared (local.get $y)))
           (func $shared (type $of) (i32.mul (local.get 0) (i32.const 3)))
           (func (export \"run\") (param $n i32) (result i32) (local $x i32) (local $y i32) {body}))"
    );
    wat::parse_str(text.replace("MUCH", MUCH)).expect("a test's module is well written")
}

/// An instance of the module, which cannot join anything.
fn instance(store: &mut Store<()>, bytes: &[u8]) -> Instance {
    let mut linker = Linker::new(store.engine());
    linker.func_wrap("host", "join", || ()).unwrap();
    let module = Module::new(store.engine(), bytes).unwrap();
    linker.instantiate_and_start(store, &module).unwrap()
}

fn run(store: &mut Store<()>, instance: Instance, n: i32) -> Option<i32> {
    let run: Func = instance.get_func(&*store, "run").unwrap();
    let mut results = [Val::I32(0)];
    run.call(&mut *store, &[Val::I32(n)], &mut results).ok()?;
    results[0].i32()
}

/// The stretches that run with 0.
fn ran(bytes: &[u8]) -> BTreeSet<u32> {
    let mut store = Store::new(&Engine::default(), ());
    let copy = instrument::instrumented(&crate::Module::read(bytes).unwrap()).unwrap();
    let noting = instance(&mut store, &copy);
    run(&mut store, noting, 0);
    let mut ran = BTreeSet::new();
    for export in noting.exports(&store) {
        let Some(number) = export.name().strip_prefix(instrument::NOTES) else { continue };
        let number: u32 = number.parse().unwrap();
        let Some(Val::I32(notes)) = export.into_global().map(|global| global.get(&store)) else { continue };
        ran.extend((0..32).filter(|bit| notes >> bit & 1 == 1).map(|bit| number * 32 + bit));
    }
    ran
}

/// Joins the rest, as `app/src/rest.rs` does.
fn join(store: &mut Store<()>, first: Instance, rest: &[u8]) {
    let rest = Module::new(store.engine(), rest).unwrap();
    let mut linker = Linker::new(store.engine());
    let links = first.get_table(&*store, "links").unwrap();
    for import in rest.imports() {
        let item: Extern = if import.module() == "first" {
            first.get_export(&*store, import.name()).unwrap()
        } else {
            let place = import.name().parse().unwrap();
            match links.get(&*store, place) {
                Some(Ref::Func(function)) => Extern::Func(*function.val().unwrap()),
                other => panic!("{other:?} is linked"),
            }
        };
        linker.define(import.module(), import.name(), item).unwrap();
    }
    linker.instantiate_and_start(store, &rest).unwrap();
}

#[test]
fn both_parts_together_do_what_the_whole_did() {
    for (title, body) in BODIES {
        let bytes = module(body);
        let parted = parted(&bytes, &ran(&bytes), |_| false).unwrap();
        assert!(!parted.plan.entries.is_empty(), "{title}: nothing is left for the rest");
        let mut store = Store::new(&Engine::default(), ());
        let whole = instance(&mut store, &bytes);
        let first = instance(&mut store, &parted.first);
        assert_eq!(run(&mut store, first, 0), run(&mut store, whole, 0), "{title}: alone");
        join(&mut store, first, &parted.rest);
        for n in 0..40 {
            assert_eq!(run(&mut store, first, n), run(&mut store, whole, n), "{title}: {n}");
        }
    }
}

#[test]
fn without_the_rest_it_says_what_it_lacks() {
    let bytes = module(BODIES[0].1);
    let parted = parted(&bytes, &ran(&bytes), |_| false).unwrap();
    let mut store = Store::new(&Engine::default(), ());
    let first = instance(&mut store, &parted.first);
    assert_eq!(run(&mut store, first, 1), None);
}

#[test]
fn what_the_page_needs_is_not_split() {
    let bytes = module(BODIES[0].1);
    let parted = parted(&bytes, &ran(&bytes), |_| true).unwrap();
    assert_eq!(parted.plan.rest.len(), 0);
}
