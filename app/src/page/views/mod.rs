//! What stands on the page, a file per part of it.

mod clicks;
mod drawn;
mod empty;
mod export;
mod header;
mod icon;
mod input;
mod level;
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

pub use page::Page;
