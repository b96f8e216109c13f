//! What lies over the screens: who summons it, who hears what first.

use super::action::Action;
use super::desk::{Deed, Desk, Fate, Target};
use super::overlay::Overlay;
use super::press::Press;
use super::session::App;
use crate::domain::{Entity, Key};

impl App {
    pub(super) fn press_overlay(&mut self, _press: Press) {}
    pub(super) fn paste(&mut self, _text: &str) {}
    pub(super) fn offer(&mut self, _tell: impl FnMut(&mut Overlay, &mut Desk) -> Fate) {}
    pub(super) fn welcome(&mut self, _path: String) {}
    pub(super) fn summon(&mut self, _action: Action) {}
    pub(super) fn sign_in(&mut self, _then: Option<Deed>) {}
    pub(super) fn add(&mut self, _entity: Entity, _context: Option<Key>) {}
    pub(super) fn menu(&mut self, _title: &str, _items: Vec<(char, Entity, Target)>) {}
}
