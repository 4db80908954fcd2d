//! Transparency groups in force while a page is drawn.

use hayro_interpret::BlendMode;

/// What each group does to what is drawn in it, with all groups around it.
pub(super) struct Groups(Vec<Group>);

#[derive(Clone, Copy)]
struct Group {
    opacity: f32,
    /// Whether what is drawn in it hides what is below: it is blended in no special way and not masked.
    plain: bool,
}

impl Groups {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    fn current(&self) -> Group {
        self.0.last().copied().unwrap_or(Group { opacity: 1.0, plain: true })
    }

    pub(super) fn push(&mut self, opacity: f32, masked: bool, blend: BlendMode) {
        let around = self.current();
        let plain = around.plain && !masked && blend == BlendMode::Normal;
        self.0.push(Group { opacity: around.opacity * opacity, plain });
    }

    pub(super) fn pop(&mut self) {
        self.0.pop();
    }

    pub(super) fn opacity(&self) -> f32 {
        self.current().opacity
    }

    pub(super) fn is_plain(&self) -> bool {
        self.current().plain
    }
}
