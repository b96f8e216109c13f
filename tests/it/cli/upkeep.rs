//! Checking, copying and compacting.
