//! Any bytes read as each of the formats without pages.

#![no_main]

use libfuzzer_sys::fuzz_target;
use yusuan_extract::Format;
use yusuan_extract::fuzzing::read_flow;

fuzz_target!(|bytes: &[u8]| {
    for format in [Format::Docx, Format::Doc, Format::Odt, Format::Rtf, Format::Html, Format::Mhtml] {
        let _read = read_flow(bytes, format);
    }
});
