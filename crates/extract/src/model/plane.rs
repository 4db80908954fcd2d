//! A flat sheet seen from anywhere: where its points stand in a photograph of it.

/// A central projection: points of the flat sheet to points of what is displayed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Plane {
    across: [f64; 3],
    down: [f64; 3],
    depth: [f64; 2],
}

impl Plane {
    /// The projection that takes a sheet's corners to these, from the top left one clockwise; none where they are no quadrangle.
    pub(crate) fn onto(width: f64, height: f64, corners: [(f64, f64); 4]) -> Option<Self> {
        let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = corners;
        let (right, left, sum) = ((x1 - x2, y1 - y2), (x3 - x2, y3 - y2), (x0 - x1 + x2 - x3, y0 - y1 + y2 - y3));
        let area = right.0 * left.1 - left.0 * right.1;
        if area.abs() < 1.0 || width <= 0.0 || height <= 0.0 {
            return None;
        }
        let g = (sum.0 * left.1 - left.0 * sum.1) / area;
        let h = (right.0 * sum.1 - sum.0 * right.1) / area;
        Some(Self {
            across: [(x1 - x0 + g * x1) / width, (x3 - x0 + h * x3) / height, x0],
            down: [(y1 - y0 + g * y1) / width, (y3 - y0 + h * y3) / height, y0],
            depth: [g / width, h / height],
        })
    }

    /// Where a point of the sheet is displayed.
    pub(crate) fn at(&self, x: f64, y: f64) -> (f64, f64) {
        let depth = self.depth[0] * x + self.depth[1] * y + 1.0;
        let on = |axis: &[f64; 3]| (axis[0] * x + axis[1] * y + axis[2]) / depth;
        (on(&self.across), on(&self.down))
    }

    /// The same in units that hold so many of the present ones.
    pub(crate) fn in_units_of(&self, size: f64) -> Self {
        let axis = |[a, b, c]: [f64; 3]| [a, b, c / size];
        Self { across: axis(self.across), down: axis(self.down), depth: self.depth.map(|part| part * size) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_go_to_corners_in_any_unit() {
        let corners = [(3.0, 1.0), (99.0, -2.0), (103.0, 204.0), (-4.0, 199.0)];
        let plane = Plane::onto(100.0, 200.0, corners).unwrap();
        for ((x, y), (ax, ay)) in [(0.0, 0.0), (100.0, 0.0), (100.0, 200.0), (0.0, 200.0)].into_iter().zip(corners) {
            let (bx, by) = plane.at(x, y);
            assert!((ax - bx).abs() < 1e-9 && (ay - by).abs() < 1e-9);
            let (cx, cy) = plane.in_units_of(2.0).at(x / 2.0, y / 2.0);
            assert!((ax - 2.0 * cx).abs() < 1e-9 && (ay - 2.0 * cy).abs() < 1e-9);
        }
        assert_eq!(Plane::onto(100.0, 200.0, [(0.0, 0.0); 4]), None);
    }
}
