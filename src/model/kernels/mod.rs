//! Products and attention on the CPU, for many short sequences at once.
//!
//! * [`format`] says how weights lie in memory, [`pack`] brings them there, [`activations`] quantises the other side;
//! * [`portable`], `avx2`, `avx512` and `neon` multiply; all of them give the very same numbers, because everything within a
//!   block is integer arithmetic and what is rounded is rounded in one order;
//! * [`float`] and [`attention`] do what lies between the products;
//! * [`pool`] shares the work, [`matrix`] splits it.
//!
//! Unsafe code stands only here. Each block says why it is sound.

pub mod activations;
pub mod attention;
#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod buffer;
pub mod float;
pub mod format;
pub use crate::cpu as isa;
pub mod matrix;
#[cfg(target_arch = "aarch64")]
mod neon;
mod pack;
pub mod pool;
mod portable;
#[cfg(target_arch = "x86_64")]
mod prefetch;
pub mod shared;
#[cfg(test)]
mod tests;
