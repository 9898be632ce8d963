//! From a review to what stands on the page: plain functions, tested without a browser.

pub mod code;
pub mod place;
pub mod prose;
pub mod title;
