#!/usr/bin/env bash
# A CUDA toolkit from PyPI's packages, enough to build depeche with --features cuda on a machine without card or driver.
#
#     tools/cuda_toolkit.sh DIR && source DIR/env.sh && cargo build --release --features cuda
#
# Such a build starts only where the libraries of CUDA and of a driver are. One that starts anywhere, and looks for them
# when a card is asked for: add --config DIR/anywhere.toml, and restore Cargo.lock afterwards.
#
# It wants Python 3 with pip, a C compiler, and 3 GB of disk. CUDA 13.0 because its kernels run from driver 580 on: a
# driver refuses what a newer toolkit than its own wrote. CUDA_COMPUTE_CAP names the card that the kernels are for,
# without a dot (80 for A100, 86 for RTX 30, 89 for L4 and RTX 40, 90 for H100): set it before cargo, 90 where it is not.
set -euo pipefail

[ $# = 1 ] || { sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2; }
mkdir -p "$1"
dir=$(cd "$1" && pwd)
python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore --no-deps --upgrade \
    --target "$dir/packages" nvidia-cuda-nvcc==13.0.88 nvidia-cuda-crt==13.0.88 nvidia-nvvm==13.0.88 \
    nvidia-cuda-runtime==13.0.96 nvidia-cuda-cccl==13.0.85 nvidia-cuda-nvrtc==13.0.88 nvidia-curand==10.4.0.35 \
    nvidia-cublas==13.1.0.3
root=$dir/packages/nvidia/cu13
chmod +x "$root"/bin/* "$root"/nvvm/bin/*
ln -sfn lib "$root/lib64"
# Linkers look for names without a version.
for lib in cudart.so.13 cublas.so.13 cublasLt.so.13 curand.so.10 nvrtc.so.13; do
    ln -sf "lib$lib" "$root/lib/lib${lib%.so.*}.so"
done

# The driver's library comes with a driver only. In its place stands one with the same functions, which all answer that
# there is no device (CUDA_ERROR_NO_DEVICE): programs link against it, and start with it where there is no card.
mkdir -p "$root/lib/stubs"
grep -ohE '\bcu[A-Z][A-Za-z0-9_]*' "$root/include/cuda.h" | sort -u | sed 's/.*/int &(void) { return 100; }/' |
    "${CC:-cc}" -w -shared -fPIC -Wl,-soname,libcuda.so.1 -x c -o "$root/lib/stubs/libcuda.so" -
ln -sf libcuda.so "$root/lib/stubs/libcuda.so.1"

# candle asks for linking, which no feature of ours takes back: a copy of it asks for loading instead. What remains to be
# linked, the runtime, is linked statically.
mkdir -p "$dir/static"
ln -sf "$root/lib/libcudart_static.a" "$dir/static/libcudart.a"
manifest=$(cargo metadata --locked --format-version 1 --manifest-path "$(dirname "$0")/../Cargo.toml" | python3 -c '
import json, sys
print(next(p["manifest_path"] for p in json.load(sys.stdin)["packages"] if p["name"] == "candle-core"))')
rm -rf "$dir/candle-core"
cp -r "$(dirname "$manifest")" "$dir/candle-core"
sed -i 's/"dynamic-linking"/"fallback-dynamic-loading"/' "$dir/candle-core/Cargo.toml"
grep -q '"fallback-dynamic-loading"' "$dir/candle-core/Cargo.toml"
printf '[patch.crates-io]\ncandle-core = { path = "%s" }\n' "$dir/candle-core" >"$dir/anywhere.toml"

cat >"$dir/env.sh" <<END
export CUDA_HOME='$root' CUDA_PATH='$root' CUDA_ROOT='$root' CUDA_COMPUTE_CAP="\${CUDA_COMPUTE_CAP:-90}"
export PATH='$root/bin':"\$PATH" LIBRARY_PATH='$dir/static'"\${LIBRARY_PATH:+:\$LIBRARY_PATH}"
END
"$root/bin/nvcc" --version | sed -n 's/^Cuda compilation tools, //p'
echo "now: source $dir/env.sh"
