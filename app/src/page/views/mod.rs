//! What stands on the page, a file per part of it.

mod dialogs;
mod empty;
mod events;
mod export;
mod frame;
mod header;
mod icon;
mod input;
mod keys;
mod level;
mod live;
mod locks;
mod page;
mod parts;
mod readme;
mod review;
mod rollback;
mod schema;
mod sections;
mod sql;
mod status;
mod timeline;

pub use page::begin;
