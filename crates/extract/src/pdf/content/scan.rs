//! Content streams as tokens (ISO 32000-1 §7.2, §7.8.2), strictly: the page reader skips what it does not understand.

/// What kind of operand stands before an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operand {
    Number,
    Name,
    Text,
    Array,
    Dictionary,
    /// `true`, `false`, `null`.
    Other,
}

/// An operator with what stands before it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Instruction<'s, 'a> {
    pub(super) operator: &'a [u8],
    pub(super) operands: &'s [Operand],
    /// The first name among the operands, as written.
    pub(super) name: &'a [u8],
}

/// Bytes that are no content stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Garbled;

/// Arrays and dictionaries inside each other; real ones have two or three levels.
const MOST_NESTED: usize = 32;
/// Bytes behind the end of an inline picture that must be text for it to be the end.
const LOOK_AHEAD: usize = 16;

/// Goes through a content stream.
pub(super) struct Scanner<'a> {
    data: &'a [u8],
    at: usize,
    operands: Vec<Operand>,
    name: &'a [u8],
}

/// One token.
enum Token<'a> {
    Operand(Operand),
    Name(&'a [u8]),
    Word(&'a [u8]),
    Close(&'static [u8]),
    End,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0, operands: Vec::new(), name: &[] }
    }

    /// The next instruction; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Instruction<'_, 'a>>, Garbled> {
        self.operands.clear();
        self.name = &[];
        loop {
            match self.token(0)? {
                Token::Operand(operand) => self.operands.push(operand),
                Token::Name(name) => {
                    if self.name.is_empty() {
                        self.name = name;
                    }
                    self.operands.push(Operand::Name);
                }
                Token::Word(operator) => {
                    if operator == b"BI" {
                        self.skip_picture()?;
                    }
                    return Ok(Some(Instruction { operator, operands: &self.operands, name: self.name }));
                }
                Token::End if self.operands.is_empty() => return Ok(None),
                Token::Close(_) | Token::End => return Err(Garbled),
            }
        }
    }

    fn token(&mut self, depth: usize) -> Result<Token<'a>, Garbled> {
        self.skip_blanks();
        let Some(first) = self.data.get(self.at) else { return Ok(Token::End) };
        let next = self.data.get(self.at + 1);
        self.at += 1;
        match first {
            b'/' => Ok(Token::Name(self.regular(self.at))),
            b'(' => self.skip_text(),
            b'<' if next == Some(&b'<') => self.skip_nested(b">>", depth),
            b'<' => self.skip_hex(),
            b'[' => self.skip_nested(b"]", depth),
            b']' => Ok(Token::Close(b"]")),
            b'>' if next == Some(&b'>') => {
                self.at += 1;
                Ok(Token::Close(b">>"))
            }
            b')' | b'>' | b'{' | b'}' => Err(Garbled),
            _ => word(self.regular(self.at - 1)),
        }
    }

    fn skip_blanks(&mut self) {
        while let Some(byte) = self.data.get(self.at) {
            if *byte == b'%' {
                let line = self.data[self.at..].iter().position(|b| matches!(b, b'\r' | b'\n'));
                self.at = line.map_or(self.data.len(), |length| self.at + length);
            } else if is_blank(*byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// The regular characters from `start`; moves behind them.
    fn regular(&mut self, start: usize) -> &'a [u8] {
        let rest = &self.data[start.min(self.data.len())..];
        let length = rest.iter().position(|b| !is_regular(*b)).unwrap_or(rest.len());
        self.at = start + length;
        &rest[..length]
    }

    /// Moves behind a text in brackets; inner ones are balanced.
    fn skip_text(&mut self) -> Result<Token<'a>, Garbled> {
        let mut open = 1;
        while let Some(byte) = self.data.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            if open == 0 {
                return Ok(Token::Operand(Operand::Text));
            }
        }
        Err(Garbled)
    }

    fn skip_hex(&mut self) -> Result<Token<'a>, Garbled> {
        while let Some(byte) = self.data.get(self.at) {
            self.at += 1;
            match byte {
                b'>' => return Ok(Token::Operand(Operand::Text)),
                b if b.is_ascii_hexdigit() || is_blank(*b) => {}
                _ => return Err(Garbled),
            }
        }
        Err(Garbled)
    }

    /// Moves behind an array or a dictionary.
    fn skip_nested(&mut self, close: &'static [u8], depth: usize) -> Result<Token<'a>, Garbled> {
        if depth >= MOST_NESTED {
            return Err(Garbled);
        }
        self.at += close.len() - 1;
        loop {
            match self.token(depth + 1)? {
                Token::Close(found) if found == close => break,
                Token::Operand(_) | Token::Name(_) => {}
                // A reference (`12 0 R`) may stand in the properties of marked content.
                Token::Word(b"R") if close == b">>" => {}
                _ => return Err(Garbled),
            }
        }
        Ok(Token::Operand(if close == b"]" { Operand::Array } else { Operand::Dictionary }))
    }

    /// Moves behind an inline picture: keys and values, `ID`, bytes, `EI` (§8.9.7). The bytes may hold `EI` by chance; the
    /// real one stands alone and has text behind it.
    fn skip_picture(&mut self) -> Result<(), Garbled> {
        loop {
            match self.token(0)? {
                Token::Word(b"ID") => break,
                Token::Operand(_) | Token::Name(_) => {}
                _ => return Err(Garbled),
            }
        }
        let mut from = self.at;
        while let Some(offset) = self.data.get(from..).and_then(|rest| rest.windows(2).position(|w| w == b"EI")) {
            let end = from + offset + 2;
            let behind = &self.data[end..self.data.len().min(end + LOOK_AHEAD)];
            let alone = behind.first().is_none_or(|b| is_blank(*b));
            if alone && behind.iter().all(|b| is_blank(*b) && *b != 0 || (0x20..0x7F).contains(b)) {
                self.at = end;
                return Ok(());
            }
            from = end - 1;
        }
        Err(Garbled)
    }
}

/// What a run of regular characters is.
fn word(text: &[u8]) -> Result<Token<'_>, Garbled> {
    if matches!(text, b"true" | b"false" | b"null") {
        return Ok(Token::Operand(Operand::Other));
    }
    match text.first() {
        Some(b'0'..=b'9' | b'+' | b'-' | b'.') if is_number(text) => Ok(Token::Operand(Operand::Number)),
        Some(b'0'..=b'9' | b'+' | b'-' | b'.') | None => Err(Garbled),
        Some(_) => Ok(Token::Word(text)),
    }
}

/// Digits, one point, signs: `--5` and `5-` come from programs that print differences, and readers take them.
fn is_number(text: &[u8]) -> bool {
    text.iter().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.'))
        && text.splitn(3, |b| *b == b'.').count() <= 2
}

/// White space (§7.2.2, table 1).
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C' | 0)
}

/// Neither white space nor a delimiter (§7.2.2, table 2).
fn is_regular(byte: u8) -> bool {
    !is_blank(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Operators of a stream, or nothing where it is garbled.
    fn operators(data: &[u8]) -> Option<Vec<String>> {
        let mut scanner = Scanner::new(data);
        let mut found = Vec::new();
        loop {
            match scanner.next() {
                Ok(Some(i)) => found.push(String::from_utf8_lossy(i.operator).into_owned()),
                Ok(None) => return Some(found),
                Err(Garbled) => return None,
            }
        }
    }

    #[test]
    fn sound_streams_are_taken_apart() {
        let cases: [(&[u8], &[&str]); 6] = [
            (b"BT /F#31 10 Tf (a\\)(b)) Tj <00 A>Tj ET", &["BT", "Tf", "Tj", "Tj", "ET"]),
            (b"[(1)-20.5(2)]TJ % note\n/P<</MCID 0/A[1 2]/R 3 0 R>>BDC", &["TJ", "BDC"]),
            (b"q 1 0 0 1 -.5 +3 cm --2 5- m Q", &["q", "cm", "m", "Q"]),
            (b"BI /W 2 /H 1 ID \x01EI\xFF\x80 EI\nQ", &["BI", "Q"]),
            (b"T* W* ' \"", &["T*", "W*", "'", "\""]),
            (b"  \n", &[]),
        ];
        for (data, wanted) in cases {
            assert_eq!(
                operators(data).as_deref(),
                Some(wanted.iter().map(ToString::to_string).collect::<Vec<_>>().as_slice())
            );
        }
    }

    #[test]
    fn garbled_streams_are_refused() {
        let cases: [&[u8]; 9] = [
            b"(12",
            b"<12G4> Tj",
            b"[(1) TJ",
            b"(1) > Tj",
            b"1.2.3 w",
            b"12x w",
            b"<< /A 1",
            b"10 20",
            b"BI /W 1 ID abc",
        ];
        for data in cases {
            assert_eq!(operators(data), None, "{}", String::from_utf8_lossy(data));
        }
        assert_eq!(operators("[".repeat(100_000).as_bytes()), None);
    }
}
