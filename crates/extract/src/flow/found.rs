//! What was found in a document beside its blocks, and what is said of it: the same words for every format.

use super::written::Written;
use crate::image::{self, Shown};
use crate::model::DiagnosticCode;

/// What a walk found beside blocks.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Characters that nobody sees: hidden, struck out.
    pub(super) unseen: usize,
    /// Large pictures that can be read, in their order.
    pub(super) shown: Vec<Shown>,
    /// Large pictures that are not there, or of a kind that is not read.
    pub(super) pictures: usize,
    /// Embedded workbooks, and other files that stand in the text.
    pub(super) objects: usize,
    /// Cells beyond the limits.
    pub(super) left_out: usize,
    /// Rows that hold more or fewer cells than they say.
    pub(super) uneven: usize,
    /// Places where bytes are nought that can't be.
    pub(super) noughts: usize,
    /// What else shows that the document is damaged, in sentences.
    pub(super) damage: Vec<String>,
}

impl Found {
    /// Takes a large picture, and how large (points) it is shown.
    pub(super) fn picture(&mut self, bytes: Option<&[u8]>, size: (f64, f64)) {
        match bytes.filter(|bytes| image::format_of(bytes).is_some()) {
            Some(bytes) => self.shown.push(Shown { bytes: bytes.to_vec(), size: Some(size) }),
            None => self.pictures += 1,
        }
    }

    /// Takes in what was found in another part.
    pub(super) fn add(&mut self, other: Self) {
        self.shown.extend(other.shown);
        self.unseen += other.unseen;
        self.pictures += other.pictures;
        self.objects += other.objects;
        self.left_out += other.left_out;
        self.uneven += other.uneven;
        self.noughts += other.noughts;
        self.damage.extend(other.damage);
    }

    /// Says what of the document is not in the result.
    pub(super) fn report(self, written: &mut Written) {
        let Self { unseen, shown, pictures, objects, left_out, uneven, noughts, damage } = self;
        written.pictures.extend(shown);
        let mut say = |count: usize, code: DiagnosticCode, message: String| {
            if count > 0 {
                written.say(code, message);
            }
        };
        for sentence in damage {
            say(1, DiagnosticCode::CutOff, sentence);
        }
        let message = format!("文档内部受损，有 {noughts} 处成了空字节，附近的内容可能缺失");
        say(noughts, DiagnosticCode::CutOff, message);
        let message = format!("文档内部受损，有 {uneven} 行表格的单元格数与它自己说明的不符，其中的内容可能缺失或错位");
        say(uneven, DiagnosticCode::CutOff, message);
        say(unseen, DiagnosticCode::HiddenLeftOut, format!("文档有 {unseen} 个字是隐藏的或已划去，未读取"));
        let message = format!("文档里有 {pictures} 幅大图，图中若有文字，须另存为图片（PNG、JPEG）后单独转换");
        say(pictures, DiagnosticCode::AttachmentLeftOut, message);
        let message = format!("文档里嵌有 {objects} 个其他文件（如 Excel 工作表），其中的内容未读取");
        say(objects, DiagnosticCode::AttachmentLeftOut, message);
        say(left_out, DiagnosticCode::Truncated, format!("表格超出大小上限，有 {left_out} 个单元格未读取"));
    }
}

/// Pictures of this size (points) may show a table: ten by five centimetres.
const LARGE_PICTURE: (f64, f64) = (283.0, 141.0);

/// Whether a picture of a size (points) may show a table.
pub(super) fn is_large(size: (f64, f64)) -> bool {
    size.0 >= LARGE_PICTURE.0 && size.1 >= LARGE_PICTURE.1
}

/// Bytes of nought beside each other that no text holds.
const NOUGHTS: usize = 4;

/// How many runs of noughts stand in the bytes of a text: the mark of a block that was lost. A text of two bytes for each
/// character has single ones.
pub(super) fn noughts(text: &[u8]) -> usize {
    text.split(|byte| *byte != 0).filter(|run| run.len() >= NOUGHTS).count()
}
