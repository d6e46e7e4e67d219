//! What commands write: one format a file. Nothing here decides; everything here only shows.

pub mod text;
