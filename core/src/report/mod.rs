//! A renderer a format, each a pure function of a [`crate::Review`]. No parsing here.

pub mod github;
pub mod html;
pub mod human;
pub mod json;
pub mod junit;
pub mod markdown;
pub(crate) mod markup;
pub mod readme;
pub mod rule;
pub mod sarif;

#[cfg(test)]
mod tests;
