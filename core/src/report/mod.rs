//! A renderer a format, each a pure function of a [`crate::Review`]. No parsing here.

pub mod github;
pub mod human;
pub mod json;
pub mod junit;
pub mod rule;
pub mod sarif;
