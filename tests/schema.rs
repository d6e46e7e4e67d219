//! The JSON Schema that is published is that of the dispatches that the program writes.

use depeche::dispatch::Dispatch;

/// To renew the file after a change of the dispatch: `DEPECHE_WRITE_SCHEMA=1 cargo test --release --test schema`.
#[test]
fn the_published_schema_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/dispatch.schema.json");
    let schema = serde_json::to_string_pretty(&Dispatch::schema()).unwrap() + "\n";
    if std::env::var_os("DEPECHE_WRITE_SCHEMA").is_some() {
        std::fs::write(path, &schema).unwrap();
    }
    let published = std::fs::read_to_string(path).unwrap_or_default();
    assert!(published == schema, "schema/dispatch.schema.json is out of date: see the comment of this test");
}
