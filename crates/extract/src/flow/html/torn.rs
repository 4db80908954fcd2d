//! Marks of a page that lost bytes in its middle: tags that no program writes, and cells that are not closed where all others
//! are. Only those in tables count: around them pages of all sorts are written by hand.

/// Share (in percent) of a table's cells that are closed where whoever wrote it closes cells at all.
const CLOSED: usize = 90;
/// Elements whose content is no markup.
const RAW: [&str; 2] = ["script", "style"];

/// How many broken marks stand in the tables of a page.
pub(super) fn torn(page: &str) -> usize {
    let mut scan = Scan { rest: page, tables: Vec::new(), torn: 0 };
    while scan.step() {}
    scan.torn
}

/// Cells that begin and end in an open table.
#[derive(Default)]
struct Cells {
    begun: usize,
    ended: usize,
}

struct Scan<'a> {
    rest: &'a str,
    tables: Vec<Cells>,
    torn: usize,
}

impl<'a> Scan<'a> {
    /// Goes on behind the next tag; `false` at the end.
    fn step(&mut self) -> bool {
        let Some(at) = self.rest.find('<') else { return false };
        let (text, rest) = (&self.rest[..at], &self.rest[at + 1..]);
        self.count(is_rest_of_tag(text));
        self.rest = rest;
        if let Some(comment) = rest.strip_prefix("!--") {
            self.rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
        } else if rest.starts_with(['!', '?']) {
            self.rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
        } else if let Some(end_tag) = rest.strip_prefix('/') {
            self.count(!end_tag.starts_with(|c: char| c.is_ascii_alphabetic()));
            let tag = self.tag(end_tag);
            self.count(!tag.inside.trim().is_empty() || is_no_name(&tag.name));
            self.end(&tag.name);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let tag = self.tag(rest);
            self.count(is_broken(&tag));
            self.begin(&tag.name);
        } else {
            self.count(rest.starts_with('>'));
        }
        true
    }

    fn count(&mut self, is_torn: bool) {
        self.torn += usize::from(is_torn && !self.tables.is_empty());
    }

    /// The tag that begins here; the scan goes on behind it.
    fn tag(&mut self, from: &'a str) -> Tag<'a> {
        let name_end = from.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(from.len());
        let inside = &from[name_end..];
        let end = end_of_tag(inside);
        self.rest = inside.get(end + 1..).unwrap_or_default();
        Tag { name: from[..name_end].to_ascii_lowercase(), inside: &inside[..end] }
    }

    fn begin(&mut self, name: &str) {
        match name {
            "table" => self.tables.push(Cells::default()),
            "td" | "th" => {
                if let Some(cells) = self.tables.last_mut() {
                    cells.begun += 1;
                }
            }
            name if RAW.contains(&name) => {
                self.rest = &self.rest[end_of_raw(self.rest, name)..];
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "table" => {
                let Some(Cells { begun, ended }) = self.tables.last() else { return };
                let closes = ended * 100 >= begun * CLOSED;
                self.count(closes && begun != ended);
                self.tables.pop();
            }
            "td" | "th" => {
                if let Some(cells) = self.tables.last_mut() {
                    cells.ended += 1;
                }
            }
            _ => {}
        }
    }
}

/// Where the content of an element that holds no markup ends.
fn end_of_raw(content: &str, name: &str) -> usize {
    let is_end =
        |at: &usize| content.get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
    content.match_indices("</").map(|(at, _)| at).find(is_end).unwrap_or(content.len())
}

struct Tag<'a> {
    name: String,
    /// What stands between its name and its end.
    inside: &'a str,
}

/// Where a tag ends: at the first `>` outside quotes, which stand only behind a sign of equality.
fn end_of_tag(inside: &str) -> usize {
    let (mut quote, mut equals) = (None, false);
    for (at, c) in inside.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => (quote, equals) = (None, false),
            (Some(_), _) => {}
            (None, '>') => return at,
            (None, '"' | '\'') if equals => quote = Some(c),
            (None, c) if c.is_whitespace() => {}
            (None, c) => equals = c == '=',
        }
    }
    inside.len()
}

/// Whether a tag holds what no tag holds: another's beginning in its name or outside its quotes, or a quotation that goes on
/// into another tag and ends in the middle of a word there.
fn is_broken(tag: &Tag<'_>) -> bool {
    if is_no_name(&tag.name) {
        return true;
    }
    let (mut quote, mut equals, mut holds_tag, mut ended) = (None, false, false, false);
    for c in tag.inside.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => (quote, equals, ended) = (None, false, true),
            (Some(_), '<') => holds_tag = true,
            (Some(_), _) => {}
            (None, '<') => return true,
            (None, c) if ended && holds_tag && c.is_alphanumeric() => return true,
            (None, '"' | '\'') if equals => (quote, holds_tag) = (Some(c), false),
            (None, c) if c.is_whitespace() => ended = false,
            (None, c) => (equals, ended) = (c == '=', false),
        }
    }
    // The page ends inside the quotation.
    quote.is_some()
}

/// Whether the name of a tag is none: a piece of an attribute, of another tag.
fn is_no_name(name: &str) -> bool {
    name.contains(['<', '"', '\'', '='])
}

/// Whether a text begins with the end of a tag whose beginning is missing: `left'>`, `="1">`.
fn is_rest_of_tag(text: &str) -> bool {
    let Some(at) = text.find('>') else { return false };
    let rest = &text[..at];
    let quotes = rest.chars().filter(|c| matches!(c, '"' | '\'')).count();
    rest.ends_with(['"', '\'']) && (quotes == 1 || rest.contains('='))
}

#[cfg(test)]
mod tests {
    use super::torn;

    #[test]
    fn whole_pages_are_not_torn() {
        let pages = [
            "<table><tr><td class='a' title=\"<b>x</b>\">1</td><td>'2' > 1</td></tr></table>",
            "<table><tr><td>1<td>2<tr><td>3<td width=5>4</table>",
            "<table><tr><td><o:p></o:p><br/><!-- <td --><img alt=\"a\" src='b' /></td></tr></table>",
            "<p <b>x</p><script>if (a<b) { t = '<td' }</script><table><script>'<td>'</script></table>",
        ];
        for page in pages {
            assert_eq!(torn(page), 0, "{page}");
        }
    }

    #[test]
    fn lost_bytes_leave_marks() {
        let pages = [
            "<table><tr><td>686</td><td>566</23.50</td></tr></table>",
            "<table><tr><td><p></p></tyle='a'>1</td></tr></table>",
            "<table><tr><td><p class='Mso\n<tr><td class='b'>1</td></tr></table>",
            "<table><tr><td>1</td><td>2<></td></tr></table>",
            "<table><tr><td>1</td><spanenter'>2</td></tr></table>",
            "<table><tr><td>1</td><td><span>t'><b>2</b></td></tr></table>",
            &format!("<table><tr>{}<td>3</tr></table>", "<td>2</td>".repeat(20)),
        ];
        for page in pages {
            assert!(torn(page) > 0, "{page}");
        }
    }
}
