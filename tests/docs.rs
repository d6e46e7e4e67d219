//! The documentation of the rules is what their own source files say.

use depeche::cli::explain::markdown_table;
use std::path::Path;

const BEGIN: &str = "<!-- rules: begin.";
const END: &str = "<!-- rules: end -->";

#[test]
fn the_table_of_rules_is_made_from_the_rules() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/checks.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let begin = page.find(BEGIN).expect("the page has a table of rules");
    let from = begin + page[begin..].find('\n').expect("the marker is a line") + 1;
    let to = page.find(END).expect("the table ends");
    let table = markdown_table();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, format!("{}{table}{}", &page[..from], &page[to..])).unwrap();
        return;
    }
    assert_eq!(&page[from..to], table, "docs/checks.md is stale; CONTRIBUTING.md (Add a rule) says how to renew it");
}
