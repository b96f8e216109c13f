//! What the tests stand on.

pub mod pty;
pub mod server;
