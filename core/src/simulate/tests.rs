//! Statements one after the other, and what the server would answer.
