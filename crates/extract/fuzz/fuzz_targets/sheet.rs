//! Any bytes read as each of the workbook formats.

#![no_main]

use libfuzzer_sys::fuzz_target;
use yusuan_extract::Format;
use yusuan_extract::fuzzing::read_sheet;

fuzz_target!(|bytes: &[u8]| {
    for format in [Format::Xlsx, Format::Xlsb, Format::Xls, Format::Ods, Format::Csv, Format::SheetXml] {
        let _read = read_sheet(bytes, format);
    }
});
