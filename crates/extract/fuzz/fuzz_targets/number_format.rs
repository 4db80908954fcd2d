//! Any number in any number format.

#![no_main]

use libfuzzer_sys::fuzz_target;
use yusuan_extract::fuzzing::shown_number;

fuzz_target!(|input: (&str, f64)| {
    let (code, value) = input;
    let _shown = shown_number(code, value);
});
