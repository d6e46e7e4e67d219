//! What the processor can do.
//!
//! The program runs on every processor of its architecture; the kernels of [`crate::model`] choose their instructions at
//! run time (`kernels::isa`).

/// Vector extensions that the kernels use, in the names that makers use; empty where plain code has to do.
pub fn vector_extensions() -> Vec<&'static str> {
    #[cfg_attr(not(target_arch = "x86_64"), allow(unused_mut))]
    let mut found = Vec::new();
    #[cfg(target_arch = "x86_64")]
    {
        // What the kernels need of each: see `kernels::isa::Isa::all`.
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") && is_x86_feature_detected!("f16c") {
            found.push("AVX2");
        }
        if is_x86_feature_detected!("avx512bw") && is_x86_feature_detected!("avx512vnni") {
            found.push("AVX-512 VNNI");
        }
    }
    found
}
