//! States, their capitals and the houses of their governments, which stand for each other in the news: « Moscou
//! dément » may be translated as "Russia denies it", and « le Kremlin » as "Moscow".

use super::entries::{Entries, State};
use super::key::{KeyMap, exact};
use super::table;
use super::{EntryId, NameClass};

/// What an entry is to its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StateRole {
    /// The state, by any of its names.
    Itself,
    /// The capital, or a seat of government.
    Capital,
    /// A building or a street that stands for the government.
    House,
}

impl Entries {
    /// Reads the table of capitals and houses; `codes` has the entries of the states by their codes.
    pub(super) fn load_capitals(&mut self, codes: &KeyMap<EntryId>) {
        for row in table::CAPITALS.rows() {
            let role = match row.cell(3) {
                "capital" => StateRole::Capital,
                "house" => StateRole::House,
                _ => row.fail("the last cell is neither capital nor house"),
            };
            let class = if role == StateRole::House { NameClass::Organisation } else { NameClass::Place };
            let id = self.add(class, row.forms(1).collect(), row.forms(2).collect());
            let state = *codes.get(&exact(row.cell(0))).unwrap_or_else(|| row.fail("no territory has this code"));
            self.list[id as usize].state = Some(State { id: state, role });
        }
    }

    /// Gives an entry without a role the role of a state, capital or house with which it shares a form:
    /// « Grande-Bretagne » and « Royaume-Uni » both have the English form "UK". A form shared by entries of different
    /// states or roles gives no role: "Congo" is a form of two states.
    pub(super) fn name_states(&mut self) {
        let mut found: Vec<(EntryId, State)> = Vec::new();
        for entries in self.shared_forms() {
            let mut states = entries.iter().filter_map(|&e| self.get(e).state);
            let Some(state) = states.next() else { continue };
            if states.all(|other| other == state) {
                found.extend(entries.iter().filter(|&&e| self.get(e).state.is_none()).map(|&e| (e, state)));
            }
        }
        for (entry, state) in found {
            self.list[entry as usize].state.get_or_insert(state);
        }
    }

    /// Whether two entries are the same, or stand for one another in the news: a state under two of its names, a state
    /// and its capital, or a house of the government and either of them or another house.
    pub fn agree(&self, a: EntryId, b: EntryId) -> bool {
        let known = |e: EntryId| (e as usize) < self.list.len();
        a == b || known(a) && known(b) && self.stand_for_one(a, b)
    }

    /// Whether two entries, which are not the same, mean one state or its government.
    pub fn stand_for_one(&self, a: EntryId, b: EntryId) -> bool {
        use StateRole::{Capital, House, Itself};
        let (Some(x), Some(y)) = (self.get(a).state, self.get(b).state) else { return false };
        a != b
            && x.id == y.id
            && match (x.role, y.role) {
                // The two capitals of one state are different towns (« La Haye », Amsterdam).
                (Capital, Capital) => false,
                (Itself | Capital | House, Itself | Capital | House) => true,
            }
    }

    /// The state that an entry is, by any of its names.
    pub fn state_of(&self, entry: EntryId) -> Option<EntryId> {
        self.get(entry).state.filter(|s| s.role == StateRole::Itself).map(|s| s.id)
    }

    /// The state that an entry is, or that it stands for as a capital or a house of the government.
    pub fn stands_for(&self, entry: EntryId) -> Option<EntryId> {
        self.get(entry).state.map(|s| s.id)
    }

    /// Whether an entry is a capital.
    pub fn is_capital(&self, entry: EntryId) -> bool {
        self.get(entry).state.is_some_and(|s| s.role == StateRole::Capital)
    }

    /// Whether an entry is a state, by any of its names.
    pub fn is_state(&self, entry: EntryId) -> bool {
        self.get(entry).state.is_some_and(|s| s.role == StateRole::Itself)
    }
}

#[cfg(test)]
mod tests {
    use crate::lang::Lang;
    use crate::lexicon::key::folded;
    use crate::lexicon::{EntryId, Lexicon};

    fn entries(lang: Lang, name: &str) -> Vec<EntryId> {
        let list = &Lexicon::get().entries;
        let words: Vec<_> = name.split([' ', '-']).map(|w| folded(&w.to_lowercase())).collect();
        let form = list.beginning(lang, words[0]).find(|f| f.keys == words).expect(name);
        form.entries.clone()
    }

    fn agree(fr: &str, en: &str) -> bool {
        let (fr, en) = (entries(Lang::Fr, fr), entries(Lang::En, en));
        fr.iter().any(|&a| en.iter().any(|&b| Lexicon::get().entries.agree(a, b)))
    }

    #[test]
    fn a_capital_stands_for_its_state_and_no_other() {
        for (fr, en) in [("Moscou", "Russia"), ("Kigali", "Rwanda"), ("Londres", "Britain"), ("Iran", "Tehran")] {
            assert!(agree(fr, en), "{fr} {en}");
        }
        for (fr, en) in [("Moscou", "Ukraine"), ("Kigali", "Burundi"), ("Brazzaville", "DRC"), ("La Haye", "Amsterdam")]
        {
            assert!(!agree(fr, en), "{fr} {en}");
        }
    }

    #[test]
    fn a_house_stands_for_capital_and_state() {
        for (fr, en) in [("Kremlin", "Moscow"), ("Maison Blanche", "United States"), ("Paris", "France")] {
            assert!(agree(fr, en), "{fr} {en}");
        }
    }
}
