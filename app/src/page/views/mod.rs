//! What stands on the page, a file per part of it.

mod before;
mod dialogs;
mod diff;
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
mod papers;
mod parts;
mod readme;
mod review;
mod reviews;
mod rewrite;
mod rollback;
mod schema;
mod sections;
mod share;
mod signing;
mod sizes;
mod sql;
mod status;
mod timeline;

pub use before::write as before;
pub use page::begin;
