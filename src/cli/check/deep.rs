//! `--deep`: the model that is asked where a rule only has a doubt.

use crate::contrasts::SecondLook;

/// Loads the model.
#[cfg(feature = "model")]
pub(super) fn open(args: &crate::cli::model_args::ModelArgs) -> anyhow::Result<SecondLook<'static>> {
    use crate::contrasts::score::{Judge, Question};
    let located = args.locate(std::sync::Arc::default())?;
    let mut judge = Judge::new(located.load(&mut |_, _| {})?, located.is_adapted());
    Ok(Box::new(move |asked| {
        let questions: Vec<Question<'_>> = asked.iter().map(|a| Question::new(a.source, a.target, a.known)).collect();
        judge.findings(&questions).map_err(std::io::Error::other)
    }))
}

/// Says that there is none.
#[cfg(not(feature = "model"))]
pub(super) fn open() -> anyhow::Result<SecondLook<'static>> {
    anyhow::bail!("--deep asks a model, and this program was built without one: build it with --features model")
}
