//! A fixed sample of sentences from tab-separated files, whose header has the columns `id`, `fr` and `ref` and which
//! hold documents in order.

/// A French sentence with its reference translation.
pub struct Row {
    /// The cell of the column `id`.
    pub id: String,
    /// The cell of the column `fr`.
    pub french: String,
    /// The French of the line before it; `None` for the first line of a file.
    #[allow(dead_code, reason = "not every bench wants context")]
    pub before: Option<String>,
    /// The cell of the column `ref`.
    pub reference: String,
}

/// `count` of the sentences that are `wanted`, the same ones on every machine for a `seed`.
///
/// # Errors
/// If a file cannot be read, or lacks one of the columns.
pub fn sample(files: &[String], wanted: impl Fn(&str) -> bool, count: usize, seed: u64) -> anyhow::Result<Vec<Row>> {
    let mut rows = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file)?;
        let mut lines = text.lines().map(|l| l.split('\t').collect::<Vec<_>>());
        let header = lines.next().unwrap_or_default();
        let column = |name: &str| {
            header.iter().position(|c| *c == name).ok_or_else(|| anyhow::anyhow!("{file}: no column {name}"))
        };
        let (id, fr, reference) = (column("id")?, column("fr")?, column("ref")?);
        let mut last = None;
        for line in lines {
            let before = last.replace(line[fr].to_string());
            if wanted(line[fr]) {
                let [id, french, reference] = [id, fr, reference].map(|c| line[c].to_string());
                rows.push(Row { id, french, before, reference });
            }
        }
    }
    // A linear congruential generator (Knuth's MMIX constants) shuffles the same way everywhere.
    let mut state = seed;
    for i in (1..rows.len()).rev() {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        rows.swap(i, (state >> 33) as usize % (i + 1));
    }
    rows.truncate(count);
    Ok(rows)
}
