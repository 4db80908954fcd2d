//! Any bytes read as an OFD file: no panic, no hang, no memory beyond the limits.

#![no_main]

use libfuzzer_sys::fuzz_target;
use yusuan_extract::fuzzing::read_ofd;

fuzz_target!(|bytes: &[u8]| {
    let _read = read_ofd(bytes);
});
