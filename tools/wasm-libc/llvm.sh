# Sourced by `cc` and `ar`, which hold what is special about each.

# Runs an LLVM tool: the newest that bears its version in its name, or else the one of a
# clang that is new enough and knows WebAssembly (the one that comes with Xcode does not).
#   newest_llvm_tool NAME ARGUMENT…
newest_llvm_tool() {
    name=$1
    shift
    # Homebrew keeps its LLVM out of PATH.
    PATH=$PATH:/opt/homebrew/opt/llvm/bin:/usr/local/opt/llvm/bin
    for version in 22 21 20 19; do
        if command -v "$name-$version" >/dev/null; then
            exec "$name-$version" "$@"
        fi
    done
    old_ifs=$IFS
    IFS=:
    for folder in $PATH; do
        if knows_webassembly "$folder/clang" && [ -x "$folder/$name" ]; then
            IFS=$old_ifs
            exec "$folder/$name" "$@"
        fi
    done
    IFS=$old_ifs
    echo "lockstep: $name 19 or newer is needed to compile PostgreSQL's parser to WebAssembly, and none was found." >&2
    echo "          On Debian or Ubuntu: apt install clang-22 llvm-22 libclang-22-dev; on macOS: brew install llvm" >&2
    exit 127
}

# Whether the clang at that path is at least version 19 and can emit WebAssembly.
knows_webassembly() {
    [ -x "$1" ] || return 1
    major=$("$1" -dumpversion 2>/dev/null) || return 1
    [ "${major%%.*}" -ge 19 ] || return 1
    "$1" -print-targets 2>/dev/null | grep -q wasm32
}
