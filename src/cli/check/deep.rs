//! `--deep`: the model that is asked, after the rules, where the French gives reason to doubt a word of the English.

use crate::contrasts::SecondLook;

/// Finds the model's file, or fetches it where it is missing. The model is loaded at the first question that the cache
/// on disk cannot answer.
#[cfg(feature = "model")]
pub(super) fn open(args: &crate::cli::model_args::ModelArgs) -> anyhow::Result<SecondLook<'static>> {
    use crate::contrasts::cache::Cache;
    use crate::contrasts::look::Look;
    use crate::contrasts::score::{Judge, prompts};
    use crate::model::fetch::Cache as Folder;
    let located = args.locate(std::sync::Arc::default())?;
    let adapted = located.is_adapted();
    let asker = serde_json::to_string(&(&located.record, prompts(adapted)))?;
    let cache = Cache::new(Folder::from_env().root(), &asker);
    let load = move || {
        let engine = located.load(&mut |_, _| {}).map_err(|e| std::io::Error::other(format!("{e:#}")))?;
        Ok(Judge::new(engine, adapted))
    };
    let mut look = Look::new(Some(cache), load);
    Ok(Box::new(move |asked| look.findings(asked)))
}

/// Always fails, with a message that this build has no model to ask.
#[cfg(not(feature = "model"))]
pub(super) fn open() -> anyhow::Result<SecondLook<'static>> {
    anyhow::bail!("--deep asks a model, and this program was built without one: build it with --features model")
}
