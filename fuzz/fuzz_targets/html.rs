//! See `doleance::fuzzing::html`. Run with `cargo +nightly fuzz run html`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| doleance::fuzzing::html(bytes));
