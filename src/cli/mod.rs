//! One file a subcommand.

#[cfg(feature = "fetch")]
pub mod doctor;
#[cfg(feature = "fetch")]
pub mod fetch_progress;
#[cfg(feature = "fetch")]
pub mod models;
