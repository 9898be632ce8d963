//! What a click on the page does. HTML names it in the attribute `data-do`, in words.

use super::browser::focus::lead_to;
use super::session::{Direction, FindingKey, LineOfScript, Session};
use crate::page::show::html::{Html, Piece};
