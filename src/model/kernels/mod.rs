//! Products and attention on the CPU, for many short sequences at once.
//!
//! * [`format`] says how weights lie in memory, [`pack`] brings them into that form, and [`activations`] quantises what
//!   they are multiplied with;
//! * [`portable`], `avx2`, `avx512` and `neon` multiply. All of them give exactly the same numbers, because everything
//!   within a block is integer arithmetic, and the floating-point operations come in the same order in all of them;
//! * [`float`] and [`attention`] do what lies between the products;
//! * [`matrix`] splits a product into pieces, and [`pool`] hands the pieces to threads.
//!
//! Most of the program's unsafe code is here. The other unsafe code calls these modules, shares the keys and values
//! that attention reads among threads, or maps files. Each unsafe block says why it is sound.

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
