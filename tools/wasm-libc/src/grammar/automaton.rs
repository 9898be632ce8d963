//! The states of a grammar's parser, LR(0), in the order in which Bison finds and numbers them.

use super::{Grammar, State, Symbol};

/// A rule, and how far it has been read: an index of [`Grammar::symbols`], that of the symbol that comes next.
type Item = u16;

/// How many lists the states are spread over, for finding them again.
const BUCKETS: usize = 1024;

/// The states found so far.
pub struct Automaton<'a> {
    grammar: Grammar<'a>,
    /// Where each rule begins, from number 1, and the end.
    starts: Vec<Item>,
    /// For each nonterminal its first rule, and the end.
    rules: Vec<u16>,
    /// For each nonterminal those that can begin what it stands for: a bit each, itself among them.
    leading: Vec<Vec<u32>>,
    /// The items each state is known by, those that have been read into.
    kernels: Vec<Vec<Item>>,
    /// The states with a kernel of the same sum.
    buckets: Vec<Vec<State>>,
    /// The kernel that each symbol leads to from the state at hand.
    reached: Vec<Vec<Item>>,
    next: Vec<(Symbol, State)>,
}

/// What can be done in a state.
pub struct Step<'s> {
    /// Where each symbol leads, in the order of the symbols.
    pub next: &'s [(Symbol, State)],
    /// The first rule that is complete, 0 for none.
    pub complete: u16,
}

impl<'a> Automaton<'a> {
    /// With the first state.
    pub fn of(grammar: Grammar<'a>) -> Self {
        let mut starts = vec![0];
        starts.extend((1..).zip(grammar.symbols).filter(|(_, symbol)| **symbol < 0).map(|(after, _)| after));
        let rules = (grammar.tokens..=grammar.tokens + grammar.nonterminals)
            .map(|made| 1 + grammar.made.partition_point(|other| *other < made) as u16)
            .collect();
        let mut automaton = Automaton {
            grammar,
            starts,
            rules,
            leading: Vec::new(),
            kernels: Vec::new(),
            buckets: vec![Vec::new(); BUCKETS],
            reached: vec![Vec::new(); usize::from(grammar.tokens + grammar.nonterminals)],
            next: Vec::new(),
        };
        automaton.leading = automaton.leading();
        automaton.state(&[0]);
        automaton
    }

    /// What can be done in a state, all of whose predecessors have been asked for. None where there is no such state.
    pub fn step(&mut self, state: State) -> Option<Step<'_>> {
        let kernel = self.kernels.get(usize::from(state))?.clone();
        let mut complete = 0;
        let mut leading = vec![0; self.words()];
        for &item in &kernel {
            self.read(item, &mut complete);
            if let Some(nonterminal) = self.nonterminal_at(item) {
                union(&mut leading, &self.leading[nonterminal]);
            }
        }
        for nonterminal in (0..self.leading.len()).filter(|nonterminal| has(&leading, *nonterminal)) {
            for rule in self.rules[nonterminal]..self.rules[nonterminal + 1] {
                self.read(self.starts[usize::from(rule) - 1], &mut complete);
            }
        }
        self.next.clear();
        for symbol in 0..self.reached.len() {
            if !self.reached[symbol].is_empty() {
                let kernel = std::mem::take(&mut self.reached[symbol]);
                let next = self.state(&kernel);
                self.next.push((symbol as Symbol, next));
            }
        }
        Some(Step { next: &self.next, complete })
    }

    /// Reads an item's next symbol. The order in which items come, those of the kernel first, is the same for the
    /// same set of items: only kernel items have been read into.
    fn read(&mut self, item: Item, complete: &mut u16) {
        match self.grammar.symbols[usize::from(item)] {
            ..0 => {
                let rule = self.starts.partition_point(|start| *start <= item) as u16;
                *complete = if *complete == 0 { rule } else { rule.min(*complete) };
            }
            symbol => self.reached[symbol as usize].push(item + 1),
        }
    }

    /// The state of this kernel, which may be a new one.
    fn state(&mut self, kernel: &[Item]) -> State {
        let bucket = kernel.iter().map(|item| usize::from(*item)).sum::<usize>() % BUCKETS;
        let same = |state: &&State| self.kernels[usize::from(**state)] == kernel;
        if let Some(state) = self.buckets[bucket].iter().find(same) {
            return *state;
        }
        let state = self.kernels.len() as State;
        self.kernels.push(kernel.to_vec());
        self.buckets[bucket].push(state);
        state
    }

    fn leading(&self) -> Vec<Vec<u32>> {
        let count = usize::from(self.grammar.nonterminals);
        let mut leading = vec![vec![0; self.words()]; count];
        for (nonterminal, bits) in leading.iter_mut().enumerate() {
            set(bits, nonterminal);
            for rule in self.rules[nonterminal]..self.rules[nonterminal + 1] {
                if let Some(first) = self.nonterminal_at(self.starts[usize::from(rule) - 1]) {
                    set(bits, first);
                }
            }
        }
        for through in 0..count {
            let further = leading[through].clone();
            for bits in leading.iter_mut().filter(|bits| has(bits, through)) {
                union(bits, &further);
            }
        }
        leading
    }

    fn nonterminal_at(&self, item: Item) -> Option<usize> {
        let symbol = usize::try_from(self.grammar.symbols[usize::from(item)]).ok()?;
        symbol.checked_sub(self.grammar.tokens.into())
    }

    fn words(&self) -> usize {
        usize::from(self.grammar.nonterminals).div_ceil(32)
    }
}

fn set(bits: &mut [u32], index: usize) {
    bits[index / 32] |= 1 << (index % 32);
}

fn has(bits: &[u32], index: usize) -> bool {
    bits[index / 32] & 1 << (index % 32) != 0
}

fn union(bits: &mut [u32], others: &[u32]) {
    for (bits, others) in bits.iter_mut().zip(others) {
        *bits |= others;
    }
}
