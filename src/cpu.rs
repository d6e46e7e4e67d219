//! Finds out which instruction sets the processor has. This is done at run time, so that the
//! program starts on every processor of its architecture.

/// An instruction set for which the model has its own kernels (the inner loops of its arithmetic).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Isa {
    /// Plain Rust, for every processor.
    Portable,
    /// x86-64 with AVX2, FMA and F16C: Intel processors since 2013, AMD processors since 2015.
    Avx2,
    /// x86-64 with the sets of [`Isa::Avx2`] and with AVX-512 F, BW, VL and VNNI: many Intel
    /// processors since 2019, AMD processors since 2022.
    Avx512,
    /// AArch64 with the dot-product instructions, such as Apple's M1 and Arm's Neoverse N1.
    Neon,
}

impl Isa {
    /// All sets that this processor has, the fastest last.
    pub fn all() -> Vec<Isa> {
        let mut all = vec![Isa::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            let avx2 =
                is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") && is_x86_feature_detected!("f16c");
            let avx512 = is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vnni");
            if avx2 {
                all.push(Isa::Avx2);
            }
            if avx2 && avx512 {
                all.push(Isa::Avx512);
            }
        }
        #[cfg(target_arch = "aarch64")]
        if std::arch::is_aarch64_feature_detected!("dotprod") {
            all.push(Isa::Neon);
        }
        all
    }

    /// The fastest set that this processor has.
    pub fn best() -> Isa {
        *Self::all().last().expect("there is always the portable one")
    }

    /// Name for the user.
    pub fn name(self) -> &'static str {
        match self {
            Isa::Portable => "portable",
            Isa::Avx2 => "AVX2",
            Isa::Avx512 => "AVX-512 VNNI",
            Isa::Neon => "NEON dot product",
        }
    }
}
