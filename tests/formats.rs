//! The output that is meant for programs keeps to its schemas.

use depeche::article::ArticleView;
use depeche::report::json::Run;
use depeche::report::jsonl::JsonlRecord;
use depeche::report::tables::Record;
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// Standard output of `depeche check …` in the folder of the command-line tests.
fn check(args: &str) -> String {
    depeche("check", args)
}

/// Standard output of any command, run in the folder `tests/cli/COMMAND.in`.
fn depeche(command: &str, args: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cli/{command}.in"));
    let args = args.split(' ');
    let output =
        Command::new(env!("CARGO_BIN_EXE_depeche")).arg(command).args(args).current_dir(folder).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Fails where a value does not keep to a schema.
fn assert_valid(schema: schemars::Schema, instance: &Value) {
    let validator = jsonschema::validator_for(&schema.to_value()).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(instance).map(|e| format!("{e} at {}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{instance:#}");
}

/// Arguments of `depeche check`: a project, a file of pairs, two files, and a file that does not
/// exist.
const RUNS: [&str; 4] =
    ["--config depeche.toml", "--pairs pairs.jsonl", "fr/pont.fr.txt en/pont.en.txt", "nowhere.txt en/pont.en.txt"];

#[test]
fn json_lines_keep_to_their_schema() {
    for run in RUNS {
        let out = check(&format!("{run} --format jsonl"));
        assert!(!out.is_empty());
        for line in out.lines() {
            assert_valid(schemars::schema_for!(JsonlRecord), &serde_json::from_str(line).unwrap());
        }
    }
}

#[test]
fn json_keeps_to_its_schema() {
    for run in RUNS {
        let out = check(&format!("{run} --format json"));
        assert_valid(schemars::schema_for!(Run), &serde_json::from_str(&out).unwrap());
    }
}

/// `serde-sarif` is generated from the schema of SARIF 2.1.0, and fails to read what that does not allow.
#[test]
fn sarif_is_sarif() {
    for run in RUNS {
        let out = check(&format!("{run} --format sarif"));
        let sarif: serde_sarif::sarif::Sarif = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}\n{out}"));
        let value: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(serde_json::to_value(&sarif).unwrap(), value, "nothing is lost that SARIF does not know");
        let run = &value["runs"][0];
        for result in run["results"].as_array().unwrap() {
            let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
            assert_eq!(rule["id"], result["ruleId"]);
            assert!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].is_string(), "{result:#}");
        }
    }
}

#[test]
fn a_sarif_region_names_the_words_in_code_points() {
    let out: Value = serde_json::from_str(&check("fr/pont.fr.txt en/pont.en.txt --format sarif")).unwrap();
    let result = &out["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "number-changed");
    let region = &result["locations"][0]["physicalLocation"]["region"];
    let text = include_str!("cli/check.in/en/pont.en.txt");
    let covered = |offset: &Value, length: &Value| -> String {
        text.chars().skip(offset.as_u64().unwrap() as usize).take(length.as_u64().unwrap() as usize).collect()
    };
    assert_eq!(region["snippet"]["text"], covered(&region["charOffset"], &region["charLength"]).as_str());
    assert_eq!(result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"], "fr/pont.fr.txt");
}

#[test]
fn tables_and_articles_keep_to_their_schemas() {
    let tables = depeche("tables", "siege.fr.txt --format json");
    assert_valid(schemars::schema_for!(Record), &serde_json::from_str(&tables).unwrap());
    for article in ["treve.fr.txt", "lot.jsonl"] {
        let line = depeche("read", &format!("{article} --format jsonl"));
        assert_valid(schemars::schema_for!(ArticleView), &serde_json::from_str(&line).unwrap());
    }
}
