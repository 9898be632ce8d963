//! The report and all else that is written, to be taken along.

use super::count;

pub const REPORT: &str = "Report";
pub const REPORT_INTRO: &str = "What was written about this review, each in the folder where the migration tool wants it. The report opens offline, prints, runs no script and names the SHA-256 of every file.";
pub const DOWNLOAD_EVERYTHING: &str = "Download everything";
pub const EVERYTHING: &str = "Everything as one zip";
pub const EVERYTHING_FILE: &str = "lockstep.zip";
pub const PAPER_README: &str = "Migration README";
pub const PAPER_REPORT: &str = "The review as one page";
pub const PAPER_COMMENT: &str = "Comment for the pull request";
pub const PAPER_WAY_BACK: &str = "Rollback, where there was none";
pub const PAPER_SIGN_OFF: &str = "Sign-off";
pub const REPORT_TOO_LONG: &str =
    "It is too long to be shown here. Download it, and open it in a tab of its own.";
pub const COMMENT_TITLE: &str = "Comment for the pull request";
pub const COPY_COMMENT: &str = "Copy comment";
pub const PAPERS: &str = "Written files";
pub const DOWNLOAD: &str = "Download";

pub fn in_the_zip(own: usize, written: usize) -> String {
    let [own, written] = [own, written].map(|number| count(number, "file"));
    format!("Your migrations ({own}) and what Lockstep wrote about them ({written}):")
}
