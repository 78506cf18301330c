//! See `doleance::fuzzing::json_lines`. Run with `cargo +nightly fuzz run json_lines`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| doleance::fuzzing::json_lines(bytes));
