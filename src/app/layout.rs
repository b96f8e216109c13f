//! Where everything stands. The same rectangles serve drawing and paging.

use ratatui::layout::Rect;

/// A part of a screen that can have the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The filters, left.
    Filter,
    /// The list, middle.
    List,
    /// The detail, right.
    Detail,
}

/// How many panes stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// One.
    Narrow,
    /// List and detail; filters lie over the detail, so that the list is seen to follow them.
    Middle,
    /// Three.
    Wide,
}

impl Class {
    /// The class of a width.
    #[must_use]
    pub fn of(cols: u16) -> Self {
        match cols {
            0..60 => Class::Narrow,
            60..110 => Class::Middle,
            _ => Class::Wide,
        }
    }
}

/// What there is to lay out.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts about a screen")]
pub struct Shape {
    /// The screen has filters.
    pub filter: bool,
    /// The filters are put away, on a wide terminal.
    pub filter_hidden: bool,
    /// The screen has a list.
    pub list: bool,
    /// Which pane has the focus.
    pub focus: Pane,
    /// The focused pane takes all.
    pub enlarged: bool,
    /// The list's share of what it and the detail have, in hundredths.
    pub share: u8,
}

/// The rectangles of a screen; a pane without one is not on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The head line; empty where there is no room.
    pub header: Rect,
    /// All panes.
    pub body: Rect,
    /// The filter pane.
    pub filter: Option<Rect>,
    /// The list.
    pub list: Option<Rect>,
    /// The detail.
    pub detail: Option<Rect>,
    /// The last line; empty where there is no room.
    pub footer: Rect,
}

const FILTER_COLS: u16 = 26;

/// Lays a screen out.
#[must_use]
pub fn layout(cols: u16, rows: u16, shape: Shape) -> Layout {
    let head = u16::from(rows >= 4);
    let foot = u16::from(rows >= 2);
    let body = Rect::new(0, head, cols, rows - head - foot);
    let mut layout = Layout {
        header: Rect::new(0, 0, cols, head),
        body,
        footer: Rect::new(0, rows - foot, cols, foot),
        ..Layout::default()
    };
    let class = Class::of(cols);
    if shape.enlarged || class == Class::Narrow || !shape.list {
        layout.place(shape.focus, body);
    } else if class == Class::Wide && shape.filter && !shape.filter_hidden {
        let (filter, rest) = split(body, FILTER_COLS);
        layout.place(Pane::Filter, filter);
        layout.list_and_detail(rest, shape.share);
    } else {
        layout.list_and_detail(body, shape.share);
        if shape.filter && shape.focus == Pane::Filter {
            layout.filter = layout.detail.take();
        }
    }
    layout
}

impl Layout {
    /// The rectangle of a pane.
    #[must_use]
    pub fn pane(&self, pane: Pane) -> Option<Rect> {
        match pane {
            Pane::Filter => self.filter,
            Pane::List => self.list,
            Pane::Detail => self.detail,
        }
    }

    fn place(&mut self, pane: Pane, rect: Rect) {
        *match pane {
            Pane::Filter => &mut self.filter,
            Pane::List => &mut self.list,
            Pane::Detail => &mut self.detail,
        } = Some(rect);
    }

    fn list_and_detail(&mut self, rect: Rect, share: u8) {
        let (list, detail) = split(rect, (u32::from(rect.width) * u32::from(share) / 100) as u16);
        self.place(Pane::List, list);
        self.place(Pane::Detail, detail);
    }
}

fn split(rect: Rect, left: u16) -> (Rect, Rect) {
    let left = left.min(rect.width);
    let right = Rect { x: rect.x + left, width: rect.width - left, ..rect };
    (Rect { width: left, ..rect }, right)
}

/// Whether a rectangle has room for a frame around its content.
#[must_use]
pub fn framed(rect: Rect) -> bool {
    rect.width >= 6 && rect.height >= 4
}

/// The room inside the frame.
#[must_use]
pub fn inside(rect: Rect) -> Rect {
    if framed(rect) { Rect::new(rect.x + 1, rect.y + 1, rect.width - 2, rect.height - 2) } else { rect }
}

/// The rows of a list inside its pane, below the column heads where there is room for them.
#[must_use]
pub fn list_rows(rect: Rect) -> Rect {
    let inner = inside(rect);
    let head = u16::from(inner.height >= 5);
    Rect { y: inner.y + head, height: inner.height - head, ..inner }
}
