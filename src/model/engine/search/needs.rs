//! What an answer must contain, and how much of it a hypothesis contains.

/// The strings that an answer must contain, and those that it must not contain, as tokens.
#[derive(Debug, Clone, Default)]
pub struct Needs {
    /// For each need its alternatives, one of which must be in the answer.
    pub needs: Vec<Vec<Vec<u32>>>,
    /// None of these may be in the answer.
    pub bans: Vec<Vec<u32>>,
}

/// How much of what is needed a hypothesis contains.
#[derive(Debug, Clone, PartialEq)]
pub struct NeedsMet {
    /// Which of the needs are met.
    met: Vec<bool>,
    /// The alternatives that the last tokens of the hypothesis begin: index of the need, index of the alternative, and
    /// how many tokens of the alternative are there. Alternatives of needs that are met are left out.
    begun: Vec<(usize, usize, usize)>,
}

impl Needs {
    /// Whether nothing is needed and nothing banned.
    pub fn is_empty(&self) -> bool {
        self.needs.is_empty() && self.bans.is_empty()
    }

    /// What is met by an answer without tokens.
    pub fn start(&self) -> NeedsMet {
        NeedsMet { met: vec![false; self.needs.len()], begun: Vec::new() }
    }

    /// The tokens that would go on with an alternative that is begun, or would begin an alternative of a need that is
    /// not met.
    pub fn wanted(&self, so_far: &NeedsMet) -> Vec<u32> {
        let begun = so_far.begun.iter().map(|&(need, alternative, at)| self.needs[need][alternative][at]);
        let open = self.needs.iter().zip(&so_far.met).filter(|(_, met)| !**met);
        let first = open.flat_map(|(alternatives, _)| alternatives.iter().filter_map(|a| a.first().copied()));
        let mut wanted: Vec<u32> = begun.chain(first).collect();
        wanted.sort_unstable();
        wanted.dedup();
        wanted
    }

    /// Whether `token` after `tokens` would complete a banned string.
    pub fn forbids(&self, tokens: &[u32], token: u32) -> bool {
        self.bans
            .iter()
            .any(|ban| ban.split_last().is_some_and(|(last, rest)| *last == token && tokens.ends_with(rest)))
    }

    /// What is met after one more token.
    pub fn advance(&self, so_far: &NeedsMet, token: u32) -> NeedsMet {
        let mut next = NeedsMet { met: so_far.met.clone(), begun: Vec::new() };
        let open = (0..self.needs.len()).filter(|&need| !so_far.met[need]);
        let fresh = open.flat_map(|need| (0..self.needs[need].len()).map(move |alternative| (need, alternative, 0)));
        for (need, alternative, at) in so_far.begun.iter().copied().chain(fresh) {
            let tokens = &self.needs[need][alternative];
            if tokens.get(at) == Some(&token) {
                if at + 1 == tokens.len() {
                    next.met[need] = true;
                } else {
                    next.begun.push((need, alternative, at + 1));
                }
            }
        }
        let met = &next.met;
        next.begun.retain(|(need, ..)| !met[*need]);
        next
    }
}

impl NeedsMet {
    /// Whether all needs are met.
    pub fn is_complete(&self) -> bool {
        self.met.iter().all(|m| *m)
    }

    /// Number of the bank of the beam to which the hypothesis belongs. Hypotheses that contain equally much of what is
    /// needed share a bank: its number is twice the number of needs that are met, plus one if another need is begun.
    pub fn bank(&self) -> usize {
        2 * self.met.iter().filter(|m| **m).count() + usize::from(!self.begun.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(needs: &Needs, tokens: &[u32]) -> NeedsMet {
        tokens.iter().fold(needs.start(), |p, &t| needs.advance(&p, t))
    }

    #[test]
    fn a_need_is_met_by_one_alternative_in_one_piece() {
        let needs = Needs { needs: vec![vec![vec![1, 2, 3], vec![7]], vec![vec![4]]], bans: vec![vec![8, 9]] };
        assert_eq!(read(&needs, &[9, 1, 2]).bank(), 1);
        assert_eq!(needs.wanted(&read(&needs, &[9, 1, 2])), [1, 3, 4, 7]);
        assert_eq!(read(&needs, &[1, 2, 9, 3]).bank(), 0, "interrupted");
        assert_eq!(read(&needs, &[1, 1, 2, 3]).bank(), 2, "begun anew");
        assert!(!read(&needs, &[7]).is_complete());
        assert!(needs.forbids(&[1, 8], 9) && !needs.forbids(&[8, 1], 9) && !needs.forbids(&[1, 8], 7));
        assert!(read(&needs, &[7, 4]).is_complete() && read(&needs, &[4, 1, 2, 3]).is_complete());
    }
}
