//! A renderer a format, each a pure function of a [`crate::Review`]. No parsing here.

pub mod json;
