//! Where the model runs.

use super::ModelError;
use super::gguf::first_line;
use candle_core::Device;

/// Where the user wants the model to run: the values of `--device`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum DeviceChoice {
    /// The best device that this build supports and this machine has.
    #[default]
    Auto,
    Cpu,
    Cuda,
    Metal,
}

impl DeviceChoice {
    /// Opens the device.
    ///
    /// # Errors
    /// When the device was asked for by name and this build or this machine does not have it.
    pub fn open(self) -> Result<Device, ModelError> {
        let fail = |name: &str, built_in: bool, e: candle_core::Error| {
            ModelError::Device(if built_in {
                format!("no {name} device: {}; use --device cpu", first_line(&e))
            } else {
                format!("this build has no {name}; build with --features {name}, or use --device cpu")
            })
        };
        match self {
            DeviceChoice::Cpu => Ok(Device::Cpu),
            DeviceChoice::Cuda => cuda().map_err(|e| fail("cuda", cfg!(feature = "cuda"), e)),
            DeviceChoice::Metal => Device::new_metal(0).map_err(|e| fail("metal", cfg!(feature = "metal"), e)),
            DeviceChoice::Auto => {
                if cfg!(feature = "cuda")
                    && let Ok(device) = cuda()
                {
                    return Ok(device);
                }
                if cfg!(feature = "metal")
                    && let Ok(device) = Device::new_metal(0)
                {
                    return Ok(device);
                }
                Ok(Device::Cpu)
            }
        }
    }
}

/// Opens the first NVIDIA GPU.
fn cuda() -> candle_core::Result<Device> {
    if cfg!(not(feature = "cuda")) {
        return Device::new_cuda(0);
    }
    // A build that loads CUDA's libraries at run time panics where there are none. Here the panic
    // becomes an error, and the empty hook keeps its message from being printed.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| ()));
    let opened = std::panic::catch_unwind(|| Device::new_cuda(0));
    std::panic::set_hook(hook);
    opened.unwrap_or_else(|_| candle_core::bail!("CUDA's libraries, or the driver's, are not on this machine"))
}

/// `cpu`, `cuda` or `metal`, for the record of a dispatch.
pub fn name(device: &Device) -> &'static str {
    match device {
        Device::Cpu => "cpu",
        Device::Cuda(_) => "cuda",
        Device::Metal(_) => "metal",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No machine has both devices, so at least one of the two fails to open, whatever features the
    /// build has.
    #[test]
    fn the_error_for_a_missing_device_is_one_line_that_names_what_works() {
        for (choice, name) in [(DeviceChoice::Cuda, "cuda"), (DeviceChoice::Metal, "metal")] {
            if let Err(e) = choice.open() {
                let said = e.to_string();
                assert!(said.contains(name) && said.contains("--device cpu") && !said.contains('\n'), "{said}");
            }
        }
        assert!(DeviceChoice::Auto.open().is_ok());
    }
}
