//! Results as they are stored and sent between processes: JSON, compressed, with a checksum.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{BufWriter, Read, Write};

/// Fast to write, since it is done for every file; higher levels save a tenth of the bytes at twice the time.
const LEVEL: i32 = 3;

/// Largest result read back: far above what `Limits` lets a document grow to, far below what a made frame may claim.
const LARGEST: u64 = 4 << 30;

/// Text gathered before it is compressed: JSON comes in words of some bytes, and each call costs more than they do.
const GATHERED: usize = 1 << 16;

/// A value as bytes.
pub(crate) fn pack<T: Serialize>(value: &T) -> std::io::Result<Vec<u8>> {
    let mut writer = zstd::Encoder::new(Vec::new(), LEVEL)?;
    writer.include_checksum(true)?;
    let mut gathered = BufWriter::with_capacity(GATHERED, &mut writer);
    serde_json::to_writer(&mut gathered, value)?;
    gathered.flush()?;
    drop(gathered);
    writer.finish()
}

/// The value again. Cut or changed bytes are an error: the frame carries a checksum.
pub(crate) fn unpack<T: DeserializeOwned>(packed: &[u8]) -> std::io::Result<T> {
    let mut text = Vec::new();
    zstd::Decoder::new(packed)?.take(LARGEST).read_to_end(&mut text)?;
    Ok(serde_json::from_slice(&text)?)
}

#[cfg(test)]
mod tests {
    use super::super::record::unreadable;
    use super::*;
    use yusuan_export::DocumentRecord;

    #[test]
    fn a_damaged_result_is_an_error_wherever_it_is_cut_or_changed() {
        let unpack = |bytes: &[u8]| unpack::<DocumentRecord>(bytes);
        let whole = pack(&unreadable("a.pdf", "文件已加密".to_owned())).unwrap();
        assert!(unpack(&whole).is_ok());
        for length in 0..whole.len() {
            assert!(unpack(&whole[..length]).is_err(), "cut at {length} of {}", whole.len());
        }
        let mut noticed = 0;
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            noticed += usize::from(unpack(&changed).is_err());
        }
        // A bit of the frame header may carry no meaning; every other one is covered by the checksum.
        assert!(noticed + 4 >= whole.len(), "{noticed} of {}", whole.len());
    }
}
