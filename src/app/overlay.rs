//! What can lie over the screens: the front one gets every key first.

/// An overlay.
#[derive(Clone, Debug)]
pub enum Overlay {}
