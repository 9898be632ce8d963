//! Takes the large tables out of the C that was made of PostgreSQL's grammar and scanner, and leaves what they follow from.
//!
//! `cc` compiles and runs it when it comes to these files. Arguments are the file to read and the file to write. It fails
//! where the tables would come out different in the module, be it in a single entry that is ever read.

mod c;
mod grammar;
#[path = "../src/grammar/mod.rs"]
mod grammar_tables;
mod scanner;

use std::{env, fs};

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [from, to] = arguments.as_slice() else { panic!("which file, and where to?") };
    let source = fs::read_to_string(from).expect("the file can be read");
    let without_tables =
        if from.ends_with("gram.c") { grammar::without_tables } else { scanner::without_tables };
    fs::write(to, without_tables(&source)).expect("the file can be written");
}
