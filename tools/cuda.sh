#!/usr/bin/env bash
# What an NVIDIA card does with depeche, beside the processor of the same machine: one Markdown table.
#
#     cargo build --release --features cuda
#     cargo test --release --features reference,cuda --test decoder --no-run     # names the test program
#     tools/cuda.sh target/release/depeche MODEL.gguf examples/pont-de-selm.fr.md [target/release/deps/decoder-…]
#
# With - for the article none is translated, and without the test program none of its tests is run.
#
# Variables: ADAPTER, a LoRA adapter in GGUF to translate with; LIMIT, the seconds that all steps together may take (600);
# STEP, the seconds that each may take (120); KEEP, a folder in which everything that the steps print stays.
set -uo pipefail

if [ $# -lt 3 ]; then
    sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" >&2
    exit 2
fi
program=$1 model=$2 article=$3 tests=${4:-}
for file in "$@"; do
    [ "$file" = - ] || [ -r "$file" ] || { echo "$0: cannot read $file" >&2; exit 2; }
done
end=$((SECONDS + ${LIMIT:-600}))
if [ -n "${KEEP:-}" ]; then
    out=$KEEP && mkdir -p "$out"
    # An article that stands there already would not be translated again.
    [ -z "$(ls -A "$out")" ] || { echo "$0: KEEP: $out is not empty" >&2; exit 2; }
else
    out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
fi
adapter=(--no-adapter)
[ -z "${ADAPTER:-}" ] || adapter=(--adapter "$ADAPTER")

# step NAME COMMAND…: what it prints goes to $out/NAME.txt, and what it says on the side to $out/NAME.err; $took and $code
# tell how it went.
step() {
    local name=$1 left=$((end - SECONDS)) start=$EPOCHREALTIME
    shift
    [ "$left" -lt "${STEP:-120}" ] || left=${STEP:-120}
    if [ "$left" -le 0 ]; then
        took=- code=124
        : >"$out/$name.txt" && echo "no time was left" >"$out/$name.err"
        return
    fi
    timeout -k 2 "$left" "$@" >"$out/$name.txt" 2>"$out/$name.err" </dev/null
    code=$?
    took=$(awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f s", b - a }')
}

# Why the last step named so failed, for a cell of the table.
reason() {
    [ "$code" != 124 ] || { echo "stopped after $took"; return; }
    local last
    last=$(grep -m 1 -E '^error|panicked|cannot open shared|^off by' "$out/$1.err" || tail -n 1 "$out/$1.err")
    echo "exit $code: ${last:-nothing was said}" | tr '|' '/' | cut -c 1-200
}

row() { printf '| %s | %s | %s | %s |\n' "$@"; }

# A number of a line of JSON.
field() { grep -o "\"$2\":[0-9.]*" "$out/$1.txt" | head -n 1 | awk -F : '{ printf "%.1f", $2 }'; }

# The English of a dispatch, a word on each line, without the notes under it.
words() { sed -n '/<!-- translation -->/,/<!-- \/translation -->/p' "$1"/*.md | tr -s ' ' '\n'; }

articles() {
    local device
    declare -A cell
    for device in cuda cpu; do
        mkdir -p "$out/$device"
        step "article-$device" "$program" translate "$article" --model "$model" "${adapter[@]}" --offline \
            --device "$device" --output "$out/$device"
        # 1 says that sentences need review.
        if [ "$code" -gt 1 ]; then cell[$device]=$(reason "article-$device"); else cell[$device]=$took; fi
    done
    local note="no two texts to compare" total differ
    if compgen -G "$out/cuda/*.md" >/dev/null && compgen -G "$out/cpu/*.md" >/dev/null; then
        words "$out/cuda" >"$out/words-cuda.txt" && words "$out/cpu" >"$out/words-cpu.txt"
        total=$(wc -l <"$out/words-cpu.txt")
        differ=$(diff "$out/words-cpu.txt" "$out/words-cuda.txt" | grep -c '^[<>]')
        note="texts differ: $differ words on either side, of $total"
        [ "$differ" != 0 ] || note="the same text, $total words"
        grep -qs '"device": *"cuda"' "$out"/cuda/*.json || note="$note; the dispatch does not say that it ran on cuda"
    fi
    row "article, $(basename "$article")" "${cell[cpu]}" "${cell[cuda]}" "$note"
}

bench() {
    local batch=$1 device
    declare -A cell
    for device in cuda cpu; do
        local name=bench-$batch-$device
        step "$name" "$program" bench --model "$model" "${adapter[@]}" --offline --device "$device" \
            --batch "$batch" --prompt 64 --generate 32 --format jsonl
        if [ "$code" = 0 ]; then
            cell[$device]="$(field "$name" prompt_tok_s) / $(field "$name" generate_tok_s)"
        else
            cell[$device]=$(reason "$name")
        fi
    done
    row "bench × $batch, prompt / generate tokens a second" "${cell[cpu]}" "${cell[cuda]}" \
        "loaded in $(field "bench-$batch-cpu" load_s) s / $(field "bench-$batch-cuda" load_s) s"
}

parity() {
    step parity "$tests" --test-threads 1 --nocapture cuda::
    local said
    said=$(grep '^test result' "$out/parity.txt" | tail -n 1)
    if grep -q '^skipped' "$out/parity.err"; then
        said=$(grep -m 1 '^skipped' "$out/parity.err")
    elif ! grep -q '^test result: ok. [1-9]' "$out/parity.txt"; then
        said="${said:-no result}; $(reason parity)"
    fi
    said="$said$(sed -n 's/^furthest/; furthest/p' "$out/parity.err" | tr -d '\n')"
    row "parity tests of the decoder" - "$took" "$said"
}

card=$(nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader 2>/dev/null | head -n 1)
processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
printf '%s, %s; card: %s; processor: %s, %s threads; model: %s; adapter: %s\n\n' "$("$program" --version)" \
    "$(uname -sm)" "${card:-none that nvidia-smi sees}" "${processor:-unknown}" "$(nproc)" "$(basename "$model")" \
    "${ADAPTER:-none}"
row what cpu cuda note
row --- --- --- ---
step doctor "$program" doctor --offline --model "$model"
row "doctor, exit $code" - - "$(sed -n 's/^\([a-z]*\) *devices */\1: /p' "$out/doctor.txt")"
[ -z "$tests" ] || parity
[ "$article" = - ] || articles
bench 1
bench 16
# What a reader wants beside the table when something went wrong.
if [ -n "${KEEP:-}" ]; then
    printf '\nEverything that was printed is in %s.\n' "$KEEP"
fi
