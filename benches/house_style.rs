//! Puts translations into the house style: English typography, and "reportedly" for the press conditional. An adapter
//! is trained on targets in the form that translations leave the program in (`tools/adapter/`).
//!
//! ```text
//! cargo bench --bench house_style -- PAIRS.jsonl >out.jsonl
//! ```
//!
//! Lines are `{"id","source","target"}`; other keys are kept. The source is written as the program
//! gives it to the model. So is `before`, the sentence before it, which is empty where the program
//! would not give it.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use depeche::english::{reported::reported, typography};
use depeche::translate::{antecedent, phrasing::for_model};
use serde_json::Value;
use std::io::{BufRead, BufReader, BufWriter, Write};

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let [file] = args.as_slice() else {
        println!("needs: PAIRS.jsonl; nothing done");
        return Ok(());
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in BufReader::new(std::fs::File::open(file)?).lines() {
        let mut row: Value = serde_json::from_str(&line?)?;
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_string();
        let (source, target, before) = (text("source"), text("target"), text("before"));
        let target = typography::english(&target, &source);
        row["target"] = reported(&source, &target).unwrap_or(target).into();
        row["source"] = for_model(&source).into();
        row["before"] = match antecedent::may_stand_in(&before, &source) {
            true => for_model(&before).into(),
            false => "".into(),
        };
        writeln!(out, "{row}")?;
    }
    Ok(out.flush()?)
}
