//! From a review to what stands on the page: plain functions, tested without a browser.

pub mod action;
pub mod code;
pub mod commands;
pub mod deployment;
pub mod diagram;
pub mod explorer;
pub mod held;
pub mod html;
pub mod moment;
pub mod objects;
pub mod place;
pub mod prose;
pub mod rulebook;
pub mod sizes;
pub mod title;
pub mod view;
