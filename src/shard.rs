//! Divides a batch among several machines: each works on one of its parts, the shards.
//!
//! In JSON lines, and for `depeche summarize` on standard input, the shard of an article follows
//! from its identifier, or, if it has none, from the hash of its JSON. What has neither, such as a
//! line that could not be decoded, is put into a shard by the name of its output, which has its
//! place in the input. Any other file belongs, with all that it holds, to the shard that follows
//! from the name of its output.
//!
//! So if an article is added later, every article that has an identifier or a hash stays in its
//! shard. A file may change its shard only if the name of its output changes: two files that would
//! have the same name each get a hash appended.

use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// One of the parts of a batch, which are about equally large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    /// How many parts the batch has.
    pub count: usize,
    /// Which of the parts this is, counted from 1.
    pub number: usize,
}

impl Shard {
    /// Part `number` of `count`; `None` unless `number` is from 1 to `count`.
    pub fn new(number: usize, count: usize) -> Option<Shard> {
        (1..=count).contains(&number).then_some(Shard { count, number })
    }

    /// Whether the article with this identifier belongs to this part. An identifier that is a number is given as its
    /// digits, so that the number 1 and the string "1" are the same identifier.
    pub fn has(self, id: &str) -> bool {
        let digest = Sha256::digest(id);
        let hash = u64::from_be_bytes(std::array::from_fn(|i| digest[i]));
        (hash % self.count as u64) as usize == self.number - 1
    }

    /// What is added to the names of files that depeche keeps for this part, such as `-2-of-8`.
    pub fn suffix(self) -> String {
        format!("-{}-of-{}", self.number, self.count)
    }

    /// The shard that has this [`Shard::suffix`]; `None` for any other text.
    pub fn of_suffix(suffix: &str) -> Option<Shard> {
        let (number, count) = suffix.strip_prefix('-')?.split_once("-of-")?;
        Shard::new(number.parse().ok()?, count.parse().ok()?).filter(|s| s.suffix() == suffix)
    }

    /// The part that a cluster gives this process, from the environment variables of a Slurm array
    /// or, if there is none, of an indexed Kubernetes job. `DEPECHE_SHARDS` gives the number of
    /// parts. A Kubernetes job needs this variable; with Slurm, the size of the array is the number
    /// of parts if it is not set. `var` reads an environment variable.
    ///
    /// # Errors
    /// When a variable is missing or makes no sense. The error is a text for the user that says
    /// which one.
    pub fn from_env(var: &dyn Fn(&str) -> Option<String>) -> Result<Shard, String> {
        let number = |name: &str| -> Result<Option<usize>, String> {
            let Some(value) = var(name) else { return Ok(None) };
            value.trim().parse().map(Some).map_err(|_| format!("{name} is {value:?}, which is no number"))
        };
        let count = number("DEPECHE_SHARDS")?;
        let wrong = |what: &str, n: usize, count: usize| format!("{what} {n} is not one of {count} parts");
        if let Some(id) = number("SLURM_ARRAY_TASK_ID")? {
            let first = number("SLURM_ARRAY_TASK_MIN")?.unwrap_or(0);
            let step = number("SLURM_ARRAY_TASK_STEP")?.unwrap_or(1).max(1);
            let count = count.or(number("SLURM_ARRAY_TASK_COUNT")?).ok_or("SLURM_ARRAY_TASK_COUNT is not set")?;
            let place = id.checked_sub(first).map(|n| n / step + 1);
            return place.and_then(|n| Shard::new(n, count)).ok_or_else(|| wrong("task", id, count));
        }
        if let Some(index) = number("JOB_COMPLETION_INDEX")? {
            let count =
                count.ok_or("set DEPECHE_SHARDS to the job's number of completions: Kubernetes does not tell it")?;
            return index.checked_add(1).and_then(|n| Shard::new(n, count)).ok_or_else(|| wrong("index", index, count));
        }
        Err("neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set: give the part as I/N".into())
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.count)
    }
}

impl FromStr for Shard {
    type Err = String;

    /// Reads `2/8`, or `auto` for the part that the cluster gives (see [`Shard::from_env`]).
    fn from_str(text: &str) -> Result<Shard, String> {
        if text == "auto" {
            return Shard::from_env(&|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
        }
        let parts = text.split_once('/').and_then(|(n, c)| Some((n.parse().ok()?, c.parse().ok()?)));
        let shard = parts.and_then(|(number, count)| Shard::new(number, count));
        shard.ok_or_else(|| "write it as I/N, from 1/N to N/N, or auto".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(vars: &[(&str, &str)]) -> Result<String, String> {
        let var = |name: &str| vars.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_string());
        Shard::from_env(&var).map(|s| s.to_string())
    }

    #[test]
    fn every_article_is_in_one_part_and_the_parts_are_about_equally_large() {
        let parts: Vec<Shard> = (1..=8).map(|n| Shard::new(n, 8).unwrap()).collect();
        let mut sizes = [0; 8];
        for id in 0..8000 {
            let of: Vec<usize> = (0..8).filter(|&i| parts[i].has(&id.to_string())).collect();
            assert_eq!(of.len(), 1);
            sizes[of[0]] += 1;
        }
        assert!(sizes.iter().all(|s| (850..1150).contains(s)), "{sizes:?}");
    }

    #[test]
    fn the_cluster_says_which_part() {
        let array = [("SLURM_ARRAY_TASK_ID", "12"), ("SLURM_ARRAY_TASK_MIN", "10"), ("SLURM_ARRAY_TASK_COUNT", "4")];
        assert_eq!(from(&array).as_deref(), Ok("3/4"));
        assert_eq!(from(&[("JOB_COMPLETION_INDEX", "0"), ("DEPECHE_SHARDS", "5")]).as_deref(), Ok("1/5"));
        assert!(from(&[("JOB_COMPLETION_INDEX", "5"), ("DEPECHE_SHARDS", "5")]).unwrap_err().contains("not one of 5"));
        assert!(from(&[("JOB_COMPLETION_INDEX", "0")]).unwrap_err().contains("DEPECHE_SHARDS"));
        assert!(from(&[]).unwrap_err().contains("I/N"));
    }

    #[test]
    fn a_part_is_written_as_it_is_read() {
        for wrong in ["", "0/4", "5/4", "1", "1/0", "a/b", "-1/4"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
        let shard: Shard = "2/8".parse().unwrap();
        assert_eq!((shard.to_string(), Shard::of_suffix(&shard.suffix())), ("2/8".into(), Some(shard)));
        assert_eq!(Shard::of_suffix("-02-of-8"), None);
    }
}
