//! The streams that a file's objects and text are read from, besides its pages' contents: are they whole?

use super::checksum;
use super::font::FontNames;
use crate::model::{Diagnostic, DiagnosticCode};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use std::collections::{BTreeMap, BTreeSet};

/// Checks each such stream once.
#[derive(Default)]
pub(super) struct UsedStreams {
    seen: BTreeSet<u32>,
    failed: BTreeSet<u32>,
    /// Number of streams that fail, by what they are.
    wrong: BTreeMap<&'static str, usize>,
    names: FontNames,
}

impl UsedStreams {
    /// Looks at an object and at the streams that it is read by.
    pub(super) fn look_at(&mut self, object: &Object<'_>) {
        match object {
            Object::Stream(stream) if is_of_type(stream.dict(), b"ObjStm") => {
                self.check(stream, "对象");
            }
            Object::Stream(stream) if is_of_type(stream.dict(), b"XRef") => {
                self.check(stream, "交叉引用表");
            }
            Object::Dict(dict) if is_of_type(dict, b"Font") => self.font(dict),
            _ => {}
        }
    }

    fn font(&mut self, font: &Dict<'_>) {
        if font.get::<Name<'_>>(b"Subtype".as_slice()).is_some_and(|kind| kind.as_ref().starts_with(b"CIDFont")) {
            // Looked at with the font that it is a part of.
            return;
        }
        // Which characters the codes stand for.
        for key in [b"ToUnicode".as_slice(), b"Encoding"] {
            let Some(stream) = font.get::<Stream<'_>>(key) else { continue };
            let known = self.failed.contains(&stream.obj_id().obj_number);
            if known || self.check(&stream, "字体的文字编码表") {
                self.names.distrusted.extend(base_name(font));
            }
        }
        let descendants = font.get::<Array<'_>>(b"DescendantFonts".as_slice());
        let descendants = descendants.iter().flat_map(Array::iter::<Dict<'_>>);
        for part in std::iter::once(font.clone()).chain(descendants) {
            self.program(font, &part);
        }
    }

    /// The program that draws a font's characters. Their text is read from it only where the font has no words of its own.
    fn program(&mut self, font: &Dict<'_>, part: &Dict<'_>) {
        let Some(descriptor) = part.get::<Dict<'_>>(b"FontDescriptor".as_slice()) else { return };
        let says_itself = font.contains_key(b"ToUnicode".as_slice());
        for key in [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"] {
            if !descriptor.contains_key(key) {
                continue;
            }
            self.names.held.extend(base_name(font).into_iter().chain(base_name(part)));
            if let (Some(stream), false) = (descriptor.get::<Stream<'_>>(key), says_itself) {
                self.check(&stream, "字体");
            }
        }
    }

    /// Checks a stream that was not seen yet; whether it fails.
    fn check(&mut self, stream: &Stream<'_>, what: &'static str) -> bool {
        let number = stream.obj_id().obj_number;
        let fails = self.seen.insert(number) && checksum::fails(stream);
        if fails {
            self.failed.insert(number);
            *self.wrong.entry(what).or_default() += 1;
        }
        fails
    }

    /// What they say of the fonts.
    pub(super) fn into_names(self) -> FontNames {
        self.names
    }

    /// What is to be said of them.
    pub(super) fn findings(&self) -> Vec<Diagnostic> {
        let say = |(what, count): (&&str, &usize)| Diagnostic {
            code: DiagnosticCode::ChecksumWrong,
            place: None,
            message: format!("存放{what}的数据流有 {count} 个校验不符，像是文件受损，文字和数字可能有误"),
        };
        self.wrong.iter().map(say).collect()
    }
}

/// The name that a font goes by, without the mark of a subset.
fn base_name(font: &Dict<'_>) -> Option<String> {
    let name = font.get::<Name<'_>>(b"BaseFont".as_slice())?;
    Some(match name.as_str().split_once('+') {
        Some((mark, rest)) if mark.len() == 6 => rest.to_owned(),
        _ => name.as_str().to_owned(),
    })
}

fn is_of_type(dict: &Dict<'_>, wanted: &[u8]) -> bool {
    dict.get::<Name<'_>>(b"Type".as_slice()).is_some_and(|name| name.as_ref() == wanted)
}
