//! Temporary.
use depeche::facts::{extract_statements, reading::Reading};
use depeche::lang::Lang;
fn main() {
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let (l, t) = line.split_at(3);
        let r = Reading::new(t, if l == "fr " { Lang::Fr } else { Lang::En });
        let mut facts = Vec::new();
        extract_statements(&r, &mut facts);
        println!("{line}");
        for f in facts {
            println!("   {:?} {:?}", f.span.of(t), f.value);
        }
    }
}
