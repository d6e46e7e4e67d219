//! The model: where its weights come from and, with the feature `model`, what computes with them.

pub mod fetch;
pub mod manifest;
