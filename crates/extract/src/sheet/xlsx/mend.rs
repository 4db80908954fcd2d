//! Claims of a workbook's parts that calamine would believe.

use crate::sheet::package::Package;

/// calamine reserves memory for as many strings as the table claims to have, so the claim is cut off.
pub(super) fn mend_shared_strings(package: &mut Package) {
    const NAME: &str = "xl/sharedStrings.xml";
    let Ok(part) = package.part(NAME) else { return };
    let head = &part[..part.len().min(4096)];
    let Some(start) = head.windows(4).position(|w| w == b"<sst" || w == b":sst") else { return };
    let Some(length) = head[start..].iter().position(|b| *b == b'>') else { return };
    let empty = head[start..start + length].ends_with(b"/");
    let Ok(root) = std::str::from_utf8(&head[start..start + length]) else { return };
    let kept: Vec<&str> =
        root.split_ascii_whitespace().filter(|a| !a.starts_with("count=") && !a.starts_with("uniqueCount=")).collect();
    let mut mended = part[..start].to_vec();
    mended.extend_from_slice(kept.join(" ").as_bytes());
    if empty && !mended.ends_with(b"/") {
        mended.push(b'/');
    }
    mended.extend_from_slice(&part[start + length..]);
    package.replace(NAME, mended);
}

/// A sheet's declared size is of no use, but calamine panics over an odd one; under another name it skips it.
pub(super) fn mend_dimension(package: &mut Package, name: &str) {
    const ELEMENT: &[u8] = b"<dimension ";
    let Ok(part) = package.part(name) else { return };
    let head = &part[..part.len().min(4096)];
    let Some(start) = head.windows(ELEMENT.len()).position(|w| w == ELEMENT) else { return };
    let end = head[start..].iter().position(|b| *b == b'>').map_or(start, |length| start + length);
    if !head[..end].ends_with(b"/") {
        return;
    }
    let mut mended = part.to_vec();
    mended[start + 1] = b'x';
    package.replace(name, mended);
}
