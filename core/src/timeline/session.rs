//! SET LOCAL: what it covers comes back at the transaction's end.

use crate::simulate::Session;
use crate::sql::Name;
use crate::sql::command::Set;

/// The values that SET LOCAL covers for the rest of a transaction.
#[derive(Debug, Clone, Default)]
pub(super) struct Locals {
    covered: Vec<(Name, Option<Name>)>,
}

impl Locals {
    /// Before SET LOCAL takes effect: the value that the transaction began with.
    pub fn remember(&mut self, set: &Set, before: &Session) {
        if let Some(parameter) = &set.name
            && !self.covered.iter().any(|(known, _)| known == parameter)
        {
            self.covered.push((parameter.clone(), before.get(parameter).cloned()));
        }
    }

    /// Puts the covered values back.
    pub fn restore(self, session: &mut Session) {
        for (parameter, value) in self.covered {
            put_back(session, parameter, value);
        }
    }

    /// The session as if SET LOCAL had not run.
    pub fn undone(set: &Set, session: &Session) -> Session {
        let mut session = session.clone();
        if let Some(parameter) = &set.name {
            put_back(&mut session, parameter.clone(), None);
        }
        session
    }
}

fn put_back(session: &mut Session, parameter: Name, value: Option<Name>) {
    let values = value.into_iter().collect();
    session.set(&Set { name: Some(parameter), values, local: false });
}
