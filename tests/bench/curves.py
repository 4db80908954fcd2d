"""A curve as SVG: processor time and memory against size."""

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 560, 260, 60, 60, 24, 40


def curve(grows, points, shared=False):
    """Seconds (left, full line) and MiB (right, dashed) against size; the thin line is what a proportional cost would be, or, of
    work that is `shared` among so many, its part."""
    sizes, seconds, mib = zip(*points)
    across = lambda size: LEFT + size / max(sizes) * (WIDTH - LEFT - RIGHT)
    down = lambda value, most: HEIGHT - BOTTOM - value / most * (HEIGHT - TOP - BOTTOM)
    line = lambda values: " ".join(f"{across(s):.1f},{down(v, max(values)):.1f}" for s, v in zip(sizes, values))
    straight = f"{LEFT},{HEIGHT - BOTTOM} {across(sizes[-1]):.1f},{down(seconds[-1], max(seconds)):.1f}"
    parts = " ".join(f"{across(s):.1f},{down(seconds[0] * sizes[0] / s, max(seconds)):.1f}" for s in sizes)
    text = lambda x, y, words, anchor="middle": f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{words}</text>'
    marks = [text(across(s), HEIGHT - BOTTOM + 14, s) for s in sizes]
    marks += [text(LEFT - 6, down(max(seconds), max(seconds)) + 4, f"{max(seconds):.1f} s", "end")]
    marks += [text(WIDTH - RIGHT + 6, down(max(mib), max(mib)) + 4, f"{max(mib):.0f} MiB", "start")]
    marks += [text(WIDTH / 2, HEIGHT - 6, grows)]
    frame = f'<path d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}V{TOP}" fill="none" stroke="#888"/>'
    lines = [
        f'<polyline points="{parts if shared else straight}" fill="none" stroke="#bbb"/>',
        f'<polyline points="{line(seconds)}" fill="none" stroke="#1a5fb4" stroke-width="2"/>',
        f'<polyline points="{line(mib)}" fill="none" stroke="#c64600" stroke-width="2" stroke-dasharray="6 4"/>',
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="11">'
    return "\n".join([head, '<rect width="100%" height="100%" fill="#fff"/>', frame, *lines, *marks, "</svg>", ""])
