//! Pictures. Each stands beside a word that says the same, so screen readers skip them.

use crate::page::show::html::{Html, Piece, html};

/// A picture of 16 by 16.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Icon {
    Check,
    Info,
    Warning,
    Stop,
    Critical,
    Lock,
    Work,
    Question,
    Files,
    Folder,
    Sun,
    Moon,
    Close,
    Copy,
    Download,
    Shield,
    Back,
    Search,
    Up,
    Down,
    Previous,
    Next,
    Added,
    Removed,
    Changed,
    Fit,
    Share,
    Shelf,
}

impl Piece for Icon {
    fn write(&self, out: &mut Html) {
        html!(
            out,
            "<svg class=\"icon\" viewBox=\"0 0 16 16\" width=\"16\" height=\"16\" aria-hidden=\"true\" focusable=\"false\"><path d=\""
            {self.path()}
            "\"/></svg>"
        );
    }
}

impl Icon {
    /// Its outline; `theme.css` says how it is stroked.
    pub fn path(self) -> &'static str {
        match self {
            Icon::Check => "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M5 8.2l2.1 2.1L11 6.2",
            Icon::Info => "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M8 7.2v4M8 4.7v.2",
            Icon::Warning => "M8 2L14.8 13.8H1.2ZM8 6.3v3.6M8 11.7v.2",
            Icon::Stop => "M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3ZM8 4.8v4M8 11v.2",
            Icon::Critical => {
                "M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3ZM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8"
            }
            Icon::Search => "M7 2a5 5 0 1 0 0 10a5 5 0 1 0 0-10M10.6 10.6L14.2 14.2",
            Icon::Lock => "M3.5 7.2h9v6.3h-9ZM5.4 7V5a2.6 2.6 0 0 1 5.2 0v2",
            Icon::Work => {
                "M2.2 4.2c0-1.2 2.6-2.2 5.8-2.2s5.8 1 5.8 2.2s-2.6 2.2-5.8 2.2s-5.8-1-5.8-2.2v7.6c0 1.2 2.6 2.2 5.8 2.2s5.8-1 5.8-2.2V4.2M2.2 8c0 1.2 2.6 2.2 5.8 2.2s5.8-1 5.8-2.2"
            }
            Icon::Question => {
                "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M6 6.3a2 2 0 1 1 2.8 1.8c-.6.3-.8.6-.8 1.2M8 11.3v.2"
            }
            Icon::Files => "M4.5 3.5v-2h5.2l3.3 3.3v7h-2M3 4h5.2l3.3 3.3v7.2H3Z",
            Icon::Folder => "M1.5 3h4.6l1.6 2h6.8v8.5h-13Z",
            Icon::Sun => {
                "M8 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6M8 1v1.4M8 13.6V15M1 8h1.4M13.6 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1"
            }
            Icon::Moon => "M13.8 9.6A6.2 6.2 0 0 1 6.4 2.2a6.2 6.2 0 1 0 7.4 7.4Z",
            Icon::Close => "M4 4l8 8M12 4l-8 8",
            Icon::Copy => "M5.5 5.5h8v9h-8ZM10.5 5.3V1.5h-8v9h2.8",
            Icon::Download => "M8 1.8v8.4M4.6 7L8 10.4L11.4 7M2 13.8h12",
            Icon::Shield => {
                "M8 1.5l5.5 2v4.2c0 3.2-2.2 5.7-5.5 6.8c-3.3-1.1-5.5-3.6-5.5-6.8V3.5ZM5.6 8l1.7 1.7L10.6 6.4"
            }
            Icon::Back => "M6.2 3.2L2.5 6.9l3.7 3.7M2.7 6.9h6.6a4 4 0 0 1 0 6.6H8",
            Icon::Up => "M8 13.5V3M3.8 7L8 2.8L12.2 7",
            Icon::Down => "M8 2.5V13M3.8 9L8 13.2L12.2 9",
            Icon::Previous => "M10.5 3L5.5 8l5 5",
            Icon::Next => "M5.5 3l5 5l-5 5",
            Icon::Added => "M8 3v10M3 8h10",
            Icon::Removed => "M3 8h10",
            Icon::Fit => "M2 6V2h4M14 6V2h-4M2 10v4h4M14 10v4h-4",
            Icon::Changed => "M2.5 13.5l.9-3.4L11 2.5L13.5 5L5.9 12.6Z",
            Icon::Share => "M8 10V2M5 5l3-3l3 3M3 8v6h10V8",
            Icon::Shelf => "M2 2.5h3v11H2ZM6 2.5h3v11H6ZM10.2 3.2l2.6-.7l2.5 10.4l-2.6.7Z",
        }
    }
}
