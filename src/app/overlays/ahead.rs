//! Keys pressed before an answer came, for whatever that answer leads to.

use crate::app::desk::{Deed, Desk};
use crate::app::press::Press;

/// The most keys that are kept.
const MOST: usize = 32;

/// Keys pressed ahead of an answer.
#[derive(Clone, Debug, Default)]
pub struct Ahead(Vec<Press>);

impl Ahead {
    /// Keeps a key.
    pub fn hold(&mut self, press: Press) {
        if self.0.len() < MOST {
            self.0.push(press);
        }
    }

    /// The keys so far, which are then forgotten.
    pub fn take(&mut self) -> Vec<Press> {
        std::mem::take(&mut self.0)
    }

    /// Presses the keys once the overlay is closed.
    pub fn hand_on(&mut self, desk: &mut Desk) {
        for press in self.take() {
            desk.deed(Deed::Press(press));
        }
    }
}
