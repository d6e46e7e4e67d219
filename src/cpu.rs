//! What the processor can do.
//!
//! The program is built for x86-64-v3 (see `.cargo/config.toml`), so `is_x86_feature_detected!` answers "yes" at compile
//! time for everything in that level. Whether this machine really has it is asked of the processor itself.

/// What the program was built to use and this processor lacks, in the names that makers use; empty when all is there.
pub fn missing() -> Vec<&'static str> {
    baseline().into_iter().filter(|(_, built, has)| *built && !*has).map(|(name, ..)| name).collect()
}

/// Vector extensions that matter for the speed of a quantised model and that this processor has.
pub fn vector_extensions() -> Vec<&'static str> {
    let base = baseline().into_iter().filter(|(.., has)| *has).map(|(name, ..)| name);
    base.filter(|name| VECTOR.contains(name)).chain(beyond()).collect()
}

const VECTOR: &[&str] = &["AVX2", "FMA", "F16C", "NEON"];

/// Name, whether the build uses it, whether the processor has it: the x86-64-v3 level of the System V psABI.
#[cfg(target_arch = "x86_64")]
fn baseline() -> Vec<(&'static str, bool, bool)> {
    // Older compilers, our minimum among them, call this unsafe. CPUID is there on every x86-64 processor.
    #[allow(unused_unsafe)]
    let cpuid = |leaf| unsafe { std::arch::x86_64::__cpuid_count(leaf, 0) };
    let bit = |register: u32, n: u32| register >> n & 1 == 1;
    // Intel 64 Software Developer's Manual, volume 2A, table "Information Returned by CPUID Instruction".
    let one = cpuid(1);
    let seven = if cpuid(0).eax >= 7 { cpuid(7).ebx } else { 0 };
    let extended = if cpuid(0x8000_0000).eax >= 0x8000_0001 { cpuid(0x8000_0001).ecx } else { 0 };
    vec![
        ("AVX", cfg!(target_feature = "avx"), bit(one.ecx, 28) && bit(one.ecx, 27)),
        ("AVX2", cfg!(target_feature = "avx2"), bit(seven, 5)),
        ("FMA", cfg!(target_feature = "fma"), bit(one.ecx, 12)),
        ("F16C", cfg!(target_feature = "f16c"), bit(one.ecx, 29)),
        ("BMI1", cfg!(target_feature = "bmi1"), bit(seven, 3)),
        ("BMI2", cfg!(target_feature = "bmi2"), bit(seven, 8)),
        ("LZCNT", cfg!(target_feature = "lzcnt"), bit(extended, 5)),
        ("MOVBE", cfg!(target_feature = "movbe"), bit(one.ecx, 22)),
    ]
}

#[cfg(target_arch = "x86_64")]
fn beyond() -> Vec<&'static str> {
    let mut found = Vec::new();
    if is_x86_feature_detected!("avx512f") {
        found.push("AVX-512");
    }
    if is_x86_feature_detected!("avx512vnni") {
        found.push("AVX-512 VNNI");
    }
    if is_x86_feature_detected!("avxvnni") {
        found.push("AVX-VNNI");
    }
    found
}

#[cfg(target_arch = "aarch64")]
fn baseline() -> Vec<(&'static str, bool, bool)> {
    vec![("NEON", true, std::arch::is_aarch64_feature_detected!("neon"))]
}

#[cfg(target_arch = "aarch64")]
fn beyond() -> Vec<&'static str> {
    let mut found = Vec::new();
    if std::arch::is_aarch64_feature_detected!("dotprod") {
        found.push("dot product");
    }
    if std::arch::is_aarch64_feature_detected!("i8mm") {
        found.push("I8MM");
    }
    found
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn baseline() -> Vec<(&'static str, bool, bool)> {
    Vec::new()
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn beyond() -> Vec<&'static str> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The test itself is built for the baseline: were something missing, it would not run.
    #[test]
    fn the_machine_that_runs_the_tests_has_what_they_were_built_for() {
        assert_eq!(missing(), Vec::<&str>::new());
    }

    #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
    #[test]
    fn the_processor_is_read_as_the_operating_system_reads_it() {
        let cpuinfo = std::fs::read_to_string("/proc/cpuinfo").unwrap();
        let flags = cpuinfo.lines().find(|l| l.starts_with("flags")).unwrap();
        for (name, _, has) in baseline() {
            let flag = match name {
                "LZCNT" => "abm".to_owned(),
                _ => name.to_lowercase(),
            };
            assert_eq!(has, flags.split_whitespace().any(|f| f == flag), "{name}");
        }
    }
}
