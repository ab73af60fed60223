//! Pages that are generated must say what the program does.

use rubrica::checks::reference;

#[test]
fn the_page_on_checks_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/checks.md");
    let page = reference::page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written.replace("\r\n", "\n") == page, "docs/checks.md is out of date: run this test with UPDATE_DOCS=1");
}
