//! Guesses the next tokens of an answer from a text that the answer may repeat in parts.

/// A written token is looked for among this many tokens of the text after the answer's last place. Elsewhere in the
/// text it counts only if the token before it is the same as well.
const AHEAD: usize = 8;

/// Follows an answer through the text `near`, parts of which the answer may repeat.
#[derive(Debug)]
pub struct Guess {
    near: Vec<u32>,
    /// First the answer's latest token at the time its place in `near` was last looked up; then the guesses, which are
    /// the tokens after that place. If no place was found, there are no guesses.
    next: Vec<u32>,
    /// Index in `next` of the answer's latest token. The guesses up to it have come true.
    passed: usize,
    /// The answer's place in `near`: the index after the latest of its tokens that was found there.
    at: usize,
}

impl Guess {
    /// A guess for an answer that has no tokens yet.
    pub fn new(near: Vec<u32>) -> Guess {
        Guess { near, next: Vec::new(), passed: 0, at: 0 }
    }

    /// The latest token of the answer, which is to be read, and at most `guesses` tokens that may follow it. Empty
    /// before the answer has a token.
    pub fn next(&self, guesses: usize) -> &[u32] {
        &self.next[self.passed..(self.passed + 1 + guesses).min(self.next.len())]
    }

    /// Takes in a token that the model has written. `more` says whether the step that predicted this token has also
    /// read a guess for it. Returns `false` if a guess was read and was wrong, otherwise `true`. If a guess was read
    /// and was right, the answer's place moves on by one token; otherwise the place is looked up anew.
    pub fn wrote(&mut self, token: u32, more: bool) -> bool {
        if more && self.next.get(self.passed + 1) == Some(&token) {
            self.passed += 1;
            self.at += 1;
            return true;
        }
        let last = self.next.get(self.passed).copied();
        self.next.clear();
        self.next.push(token);
        if let Some(at) = self.place_of(last, token) {
            self.at = at + 1;
            self.next.extend_from_slice(&self.near[self.at..]);
        }
        self.passed = 0;
        !more
    }

    /// The index in `near` of `token`, which was just written; `None` if it is not found. After a change (words
    /// replaced, put in or left out) the text goes on in its order, so the token may be any of the next [`AHEAD`] ones.
    /// Clauses may also change places: elsewhere in `near`, the token counts only if `last`, which was written before
    /// it, stands before it there too. Of several places, those after `last` are preferred, and of these the nearest.
    fn place_of(&self, last: Option<u32>, token: u32) -> Option<usize> {
        let at = self.at;
        let follows = |i: usize| i > 0 && last == Some(self.near[i - 1]);
        let places = (0..self.near.len()).filter(|&i| self.near[i] == token);
        places.filter(|&i| follows(i) || (at..at + AHEAD).contains(&i)).min_by_key(|&i| (!follows(i), i.abs_diff(at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many steps an answer takes if each step may read at most `guesses` guesses.
    fn steps(near: &[u32], answer: &[u32], guesses: usize) -> usize {
        let mut guess = Guess::new(near.to_vec());
        let (mut steps, mut written) = (0, 0);
        while written < answer.len() {
            // The first token follows the prompt, and no guess is made for it.
            let read = if steps == 0 { 1 } else { guess.next(guesses).len() };
            steps += 1;
            for i in 0..read {
                let right = guess.wrote(answer[written], i + 1 < read);
                written += 1;
                if !right || written == answer.len() {
                    break;
                }
            }
        }
        steps
    }

    #[test]
    fn what_is_repeated_is_read_in_one_pass() {
        let near: Vec<u32> = (1..=20).collect();
        assert_eq!(steps(&near, &near, 0), 20);
        assert_eq!(steps(&near, &near, 7), 1 + 3);
        assert_eq!(steps(&[], &near, 7), 20);
    }

    #[test]
    fn behind_a_change_the_rest_is_found_again() {
        let near: Vec<u32> = (1..=20).collect();
        let with = |change: &[u32], left_out: usize| [&near[..8], change, &near[8 + left_out..]].concat();
        for (answer, most) in [(with(&[90], 1), 6), (with(&[90, 91], 0), 7), (with(&[], 3), 6), (with(&[3], 1), 6)] {
            let taken = steps(&near, &answer, 7);
            assert!(taken <= most, "{answer:?}: {taken}");
        }
    }
}
