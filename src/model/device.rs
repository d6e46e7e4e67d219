//! Where the model runs.

use super::ModelError;
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
        let fail = |name: &str, e: candle_core::Error| {
            let how =
                if cfg!(any(feature = "cuda", feature = "metal")) { "" } else { " (this build has the CPU only)" };
            ModelError::Device(format!("no {name} device{how}: {e}; build with --features {name}, or use --device cpu"))
        };
        match self {
            DeviceChoice::Cpu => Ok(Device::Cpu),
            DeviceChoice::Cuda => Device::new_cuda(0).map_err(|e| fail("cuda", e)),
            DeviceChoice::Metal => Device::new_metal(0).map_err(|e| fail("metal", e)),
            DeviceChoice::Auto => {
                if cfg!(feature = "cuda")
                    && let Ok(device) = Device::new_cuda(0)
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

/// `cpu`, `cuda` or `metal`, for the record of a dispatch.
pub fn name(device: &Device) -> &'static str {
    match device {
        Device::Cpu => "cpu",
        Device::Cuda(_) => "cuda",
        Device::Metal(_) => "metal",
    }
}
