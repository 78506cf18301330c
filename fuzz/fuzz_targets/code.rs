//! See `doleance::fuzzing::code`. Run with `cargo +nightly fuzz run code`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| doleance::fuzzing::code(bytes));
