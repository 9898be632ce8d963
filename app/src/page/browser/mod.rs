//! The browser's own services, each behind a few plain functions.

pub mod apart;
pub mod clipboard;
pub mod dialog;
pub mod download;
pub mod files;
pub mod focus;
pub mod kept;
pub mod storage;
pub mod theme;
