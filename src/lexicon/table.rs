//! The plain format of the data files: lines, `#` comments, cells by tabs, forms by `|`.

/// Lines that hold data.
pub fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#'))
}

/// Forms of a cell.
pub fn forms(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split('|').map(str::trim).filter(|f| !f.is_empty())
}
