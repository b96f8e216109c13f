//! Key macros on the state machine.
