//! Signing in, signing up, changing a password.

use super::paint::{self, Panel};
use crate::app::overlays::SignIn;
use crate::app::overlays::sign_in::{Mode, Slot};
use crate::ui::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const IN: &[(&str, &str)] = &[("enter", "sign in"), ("ctrl-n", "new account"), ("tab", "next"), ("esc", "back")];
const UP: &[(&str, &str)] = &[("enter", "create"), ("ctrl-n", "sign in instead"), ("tab", "next"), ("esc", "back")];
/// Columns of the labels.
const LABELS: u16 = 18;

const CHANGE: &[(&str, &str)] = &[("enter", "change"), ("tab", "next"), ("esc", "back")];

pub fn draw(buf: &mut Buffer, area: Rect, sign_in: &SignIn, look: &Look) {
    let (title, hints) = match sign_in.mode() {
        Mode::In => ("Sign in".to_owned(), IN),
        Mode::Up => ("Create an account".to_owned(), UP),
        Mode::Password(_, name) => (format!("Password of {name}"), CHANGE),
    };
    let ticks = sign_in.focus() == Slot::Remember;
    let hint = |hint: &(&'static str, &'static str)| if ticks && hint.0 == "tab" { ("space", "tick") } else { *hint };
    let hints: Vec<(&str, &str)> = hints.iter().map(hint).collect();
    let slots = sign_in.slots();
    let cols = area.width.min(66);
    let intro = paint::wrap(intro(sign_in), cols.saturating_sub(4));
    let room = cols.saturating_sub(4 + LABELS + 2);
    let wrong: usize = slots.iter().map(|slot| complaint(sign_in, *slot, room).len()).sum();
    let rows = u16::try_from(intro.len() + slots.len() + wrong + 5).unwrap_or(u16::MAX);
    let inner = Panel { title: &title, hints: &hints, note: "" }.draw(buf, paint::middle(area, cols, rows), look);
    let inner = paint::indent(inner);
    let mut y = inner.y;
    if inner.height as usize >= intro.len() + slots.len() + wrong {
        y = paint::prose(buf, inner, y, &intro.join("\n"), paint::dim(look));
        y += u16::from(inner.bottom().saturating_sub(y) as usize > slots.len() + wrong);
    }
    for slot in slots {
        y = line(buf, inner, y, sign_in, *slot, look);
    }
    status(buf, inner, sign_in, look);
}

fn intro(sign_in: &SignIn) -> &'static str {
    match (sign_in.mode(), sign_in.first(), sign_in.goes_on()) {
        (Mode::Up, true, _) => "The first account: it becomes the curator, who edits the catalogue.",
        (Mode::Up, false, _) => "A name and a password are enough.",
        (Mode::In, _, true) => "This needs an account. Sign in, and it goes on.",
        (Mode::In, ..) => "Favorites and edits belong to an account.",
        (Mode::Password(..), ..) => "Where it is remembered it is asked again.",
    }
}

fn label(mode: &Mode, slot: Slot) -> &'static str {
    match (slot, mode) {
        (Slot::Username, _) => "Username",
        (Slot::Old, _) => "Password so far",
        (Slot::Password, Mode::Password(..)) => "New password",
        (Slot::Password, _) => "Password",
        (Slot::Again, _) => "Once more",
        (Slot::Email, _) => "Email (optional)",
        (Slot::Remember, _) => "Remember me",
    }
}

fn line(buf: &mut Buffer, inner: Rect, y: u16, sign_in: &SignIn, slot: Slot, look: &Look) -> u16 {
    if y >= inner.bottom() {
        return y;
    }
    let focus = sign_in.focus() == slot && !sign_in.checking();
    let row = Rect { y, height: 1, ..inner };
    let area = paint::labelled(buf, row, LABELS, label(sign_in.mode(), slot), focus, look);
    if let Some(field) = sign_in.field(slot) {
        paint::field(buf, area, field, focus, look);
    } else if let Some(count) = sign_in.hidden(slot) {
        paint::hidden(buf, area, count, focus, look);
    } else {
        let text = if sign_in.remember() { "[x] on this machine" } else { "[ ] on this machine" };
        paint::put(buf, area.x, y, area, text, if focus { paint::strong(look) } else { paint::plain(look) });
    }
    let complaint = complaint(sign_in, slot, area.width);
    for (y, says) in (y + 1..inner.bottom()).zip(&complaint) {
        paint::put(buf, area.x, y, inner, says, paint::fault(look));
    }
    y + 1 + u16::try_from(complaint.len()).unwrap_or(0)
}

/// What is wrong with a line, in lines.
fn complaint(sign_in: &SignIn, slot: Slot, cols: u16) -> Vec<String> {
    sign_in.wrong(slot).map(|says| paint::wrap(&format!("! {says}"), cols)).unwrap_or_default()
}

fn status(buf: &mut Buffer, inner: Rect, sign_in: &SignIn, look: &Look) {
    let y = inner.bottom().saturating_sub(1);
    if sign_in.checking() {
        paint::put(buf, inner.x, y, inner, &look.plain("checking…"), paint::strong(look));
    } else if let Some(says) = sign_in.says() {
        paint::put(buf, inner.x, y, inner, &format!("! {says}"), paint::fault(look));
    }
}
