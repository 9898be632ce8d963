//! What is split does what it did before: small programs, run whole and split, after a first run has told what ran.

use std::collections::BTreeSet;

use wasmi::{Engine, Extern, Func, Instance, Linker, Module, Ref, Store, Val};

use super::{Linked, Parted, instrument, parted};

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
    (
        "data",
        "(if (local.get $n) (then MUCH (return (i32.add (i32.load (i32.const 0x424)) (i32.load offset=0x430 (i32.const 0))))))
         (i32.add (i32.load (i32.load offset=0x400 (i32.const 0))) (i32.load8_u offset=0x3fe (i32.const 0x3a)))",
    ),
];

/// The symbols of [`module`]'s data: names, pieces, places in them and sizes.
const SYMBOLS: [(&str, u8, u8, u8); 7] = [
    ("pointer", 0, 0x00, 16),
    ("pointed at", 0, 0x10, 16),
    ("cold", 0, 0x20, 16),
    ("one", 0, 0x30, 4),
    ("two", 0, 0x34, 4),
    ("three", 0, 0x38, 8),
    ("written", 1, 0, 16),
];

/// Where its addresses stand in the code: symbols, and what is added to them.
const IN_CODE: [(u8, i8); 4] = [(0, 0), (2, 4), (3, 0), (5, -0x3a)];

/// Where they stand in the data section, behind the head of each piece, and their symbols.
const IN_DATA: [(u8, u8); 2] = [(7, 1), (7 + 0x40 + 6, 4)];

/// The module as a linker would write it.
fn linked(module: &[u8]) -> Vec<u8> {
    fn named(name: &str) -> Vec<u8> {
        [&[name.len() as u8], name.as_bytes()].concat()
    }
    fn of_length(kind: u8, content: Vec<u8>) -> Vec<u8> {
        let length = content.len();
        assert!(length < 1 << 14);
        [vec![kind, length as u8 | 0x80, (length >> 7) as u8], content].concat()
    }
    let pieces = [vec![2], named(".rodata"), vec![0, 0], named(".data"), vec![0, 0]].concat();
    let symbols = SYMBOLS
        .map(|(name, piece, place, size)| [vec![1, 0], named(name), vec![piece, place, size]].concat());
    let symbols = [vec![SYMBOLS.len() as u8], symbols.concat()].concat();
    let linking = [named("linking"), vec![2], of_length(5, pieces), of_length(8, symbols)].concat();
    // The numbers of sections and of kinds of relocations: an address that is added to another, one in data.
    let in_code = IN_CODE.map(|(symbol, more)| [3, 0, symbol, more as u8 & 0x7f]).concat();
    let in_code = [named("reloc.CODE"), vec![8, IN_CODE.len() as u8], in_code].concat();
    let in_data = IN_DATA.map(|(place, symbol)| [5, place, symbol, 0]).concat();
    let in_data = [named("reloc.DATA"), vec![9, IN_DATA.len() as u8], in_data].concat();
    [module.to_vec(), of_length(0, linking), of_length(0, in_code), of_length(0, in_data)].concat()
}

/// A module with such a function.
fn module(body: &str) -> Vec<u8> {
    let text = format!(
        "(module
           (type $of (func (param i32) (result i32)))
           (import \"host\" \"join\" (func $join))
           (memory 1)
           (data (i32.const 0x400) \"\\10\\04\\00\\00............pointed at this.kept for later..one\\00two\\00three\\00..\")
           (data (i32.const 0x440) \"\\34\\04\\00\\00............\")
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

/// The module in two, by what runs of it with 0.
fn in_two(bytes: &[u8], pages: impl Fn(&crate::Module, &Linked) -> BTreeSet<u32>) -> Parted {
    parted(bytes, &Linked::read(&linked(bytes)).unwrap(), &ran(bytes), pages).unwrap()
}

#[test]
fn both_parts_together_do_what_the_whole_did() {
    for (title, body) in BODIES {
        let bytes = module(body);
        let parted = in_two(&bytes, |_, _| BTreeSet::new());
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
fn data_comes_with_what_reads_it() {
    let (_, body) = BODIES.iter().find(|(title, _)| *title == "data").unwrap();
    let bytes = module(body);
    let parted = in_two(&bytes, |_, _| BTreeSet::new());
    // And the string that neither the first code mentions nor data that can be written.
    assert_eq!((parted.left.len(), &parted.left[0]), (1, &(0x420..0x434)));
}

#[test]
fn without_the_rest_it_says_what_it_lacks() {
    let bytes = module(BODIES[0].1);
    let parted = in_two(&bytes, |_, _| BTreeSet::new());
    let mut store = Store::new(&Engine::default(), ());
    let first = instance(&mut store, &parted.first);
    assert_eq!(run(&mut store, first, 1), None);
}

#[test]
fn what_the_page_needs_is_not_split() {
    let bytes = module(BODIES[0].1);
    let parted = in_two(&bytes, |module, _| module.defined().collect());
    assert_eq!(parted.plan.rest.len(), 0);
}
