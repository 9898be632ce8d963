//! What a reader sees before the page's module has arrived: put into `index.html`.

use crate::process::{command, output};
use crate::{Outcome, files};
use std::path::Path;

/// Where the page begins and ends in `index.html`.
const BEGIN: &str = "<div id=\"page\">";
const END: &str = "</body>";

/// What stands for a reader without JavaScript, which the first page keeps.
const WITHOUT: (&str, &str) = ("<noscript>", "</noscript>");

/// Has the page's own program, run here instead of in a browser, write it.
pub fn write(page: &Path) -> Outcome {
    let path = page.join("index.html");
    let first = output(command("cargo").args(["run", "--quiet", "--locked", "--package", "lockstep-app"]))?;
    let index = put_in(&files::read(&path)?, &first).ok_or("index.html has no place for the first page")?;
    files::write(&path, &index)
}

fn put_in(index: &str, first: &str) -> Option<String> {
    let (before, rest) = index.split_once(BEGIN)?;
    let (content, after) = rest.split_once(END)?;
    let without = &content[content.find(WITHOUT.0)?..content.find(WITHOUT.1)? + WITHOUT.1.len()];
    Some(format!("{before}<div id=\"page\" class=\"page\">{first}</div>\n{without}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository;

    #[test]
    fn the_first_page_takes_the_place_of_the_words_that_it_is_loading() {
        let index = files::read(&repository::root().join("index.html")).unwrap();
        let page = put_in(&index, "<main>first</main>").unwrap();
        assert!(page.contains("<div id=\"page\" class=\"page\"><main>first</main></div>"), "{page}");
        assert!(page.contains("needs JavaScript") && page.ends_with("</html>\n"), "{page}");
        assert!(!page.contains("id=\"starting\""), "{page}");
        assert_eq!(put_in("<body></body>", ""), None);
    }
}
