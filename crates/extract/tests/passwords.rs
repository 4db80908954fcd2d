//! Encrypted files and the passwords that open them, on small fixtures.
#![allow(clippy::unwrap_used, reason = "a test that can't be set up must fail, in its helpers too")]

use yusuan_extract::{ExtractError, Limits, decrypted, from_bytes};

const PASSWORD: &str = "open sesame";

#[test]
fn a_password_opens_what_it_closes_and_no_other_does() {
    let files: [&[u8]; 2] = [include_bytes!("fixtures/password.pdf"), include_bytes!("fixtures/password.xlsx")];
    let limits = Limits::default();
    for bytes in files {
        assert!(matches!(from_bytes(bytes, &limits), Err(ExtractError::Encrypted)));
        assert_eq!(decrypted(bytes, "open", &limits), None);
        let plain = decrypted(bytes, PASSWORD, &limits).unwrap();
        let table = &from_bytes(&plain, &limits).unwrap().tables[0];
        let texts: Vec<&str> = table.cells.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(texts[..3], ["Item", "Amount", "Office"]);
        assert!(matches!(texts[3], "1,234.50" | "1234.5"), "{texts:?}");
        assert_eq!(decrypted(&plain, PASSWORD, &limits), None, "nothing to open");
    }
}
