//! Which locals of a function are live where: read again before they are written.

use wasmparser::Operator;

use crate::Outcome;
use crate::body::Body;

/// The live locals before each operator.
pub struct Liveness {
    /// How many words there are for an operator.
    words: usize,
    /// A bit for each local, operator after operator.
    live: Vec<u64>,
}

const BITS: usize = u64::BITS as usize;

impl Liveness {
    /// Finds them, backwards from where control goes on.
    pub fn of(body: &Body) -> Outcome<Self> {
        let words = body.locals.len().div_ceil(BITS);
        let is_try =
            |operator: &Operator| matches!(operator, Operator::Try { .. } | Operator::TryTable { .. });
        if body.ops.iter().any(|op| is_try(&op.operator)) {
            // Any call may go on at a handler: all of them, to be safe.
            return Ok(Liveness { words, live: vec![u64::MAX; words * body.ops.len()] });
        }
        let next: Vec<Vec<usize>> =
            (0..body.ops.len()).map(|index| body.next(index)).collect::<Outcome<_>>()?;
        let mut liveness = Liveness { words, live: vec![0; words * body.ops.len()] };
        while liveness.go_back(body, &next) {}
        Ok(liveness)
    }

    /// Goes through the operators once, from the last to the first. Has that changed anything?
    fn go_back(&mut self, body: &Body, next: &[Vec<usize>]) -> bool {
        let mut has_changed = false;
        let mut live = vec![0; self.words];
        for (index, op) in body.ops.iter().enumerate().rev() {
            live.fill(0);
            for next in &next[index] {
                let of_next = &self.live[next * self.words..][..self.words];
                live.iter_mut().zip(of_next).for_each(|(word, next)| *word |= next);
            }
            match op.operator {
                Operator::LocalGet { local_index: local } => live[local as usize / BITS] |= bit(local),
                Operator::LocalSet { local_index: local } | Operator::LocalTee { local_index: local } => {
                    live[local as usize / BITS] &= !bit(local);
                }
                _ => {}
            }
            let known = &mut self.live[index * self.words..][..self.words];
            if *known != *live {
                known.copy_from_slice(&live);
                has_changed = true;
            }
        }
        has_changed
    }

    /// Is it live before that operator?
    pub fn is_live(&self, local: u32, before: usize) -> bool {
        self.live[before * self.words + local as usize / BITS] & bit(local) != 0
    }
}

fn bit(local: u32) -> u64 {
    1 << (local as usize % BITS)
}
