//! See `doleance::fuzzing::text`. Run with `cargo +nightly fuzz run text`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| doleance::fuzzing::text(bytes));
